package dev.nightjar.features.config;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Settings under {@code shop}: what holds for the shop as a whole.
 *
 * @param zone IANA zone in which the shop's days begin and end
 * @param opened first day that an event can be of; empty where the shop does not say
 * @param consentByDefault whether a user whose consent the shop does not state may be sent pushes
 * @param consentReleases whether a later yes of a user lifts a suppression
 */
public record ShopConfig(
    ZoneId zone, Optional<LocalDate> opened, boolean consentByDefault, boolean consentReleases) {}
