package dev.nightjar.features.config;

import com.typesafe.config.Config;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Settings under {@code shop}: what holds for the shop as a whole.
 *
 * @param zone IANA zone in which the shop's days begin and end
 * @param opened first day that an event can be of; empty where nobody says
 * @param consentByDefault whether a user whose consent the shop does not state may be sent pushes
 */
public record ShopConfig(ZoneId zone, Optional<LocalDate> opened, boolean consentByDefault) {

  /**
   * Reads {@code shop}.
   *
   * @throws ConfigProblems naming everything that is wrong
   */
  public static ShopConfig from(Config shop) {
    Problems problems = new Problems();
    ZoneId zone = zone(shop.getString("zone"), problems);
    Optional<LocalDate> opened =
        shop.hasPath("opened") ? day(shop.getString("opened"), problems) : Optional.empty();
    problems.throwIfAny();
    return new ShopConfig(zone, opened, shop.getBoolean("consent_by_default"));
  }

  private static ZoneId zone(String text, Problems problems) {
    boolean known = ZoneId.getAvailableZoneIds().contains(text);
    problems.require(known, "shop.zone must be an IANA zone such as Europe/London, got " + text);
    return known ? ZoneId.of(text) : ZoneId.of("UTC");
  }

  private static Optional<LocalDate> day(String text, Problems problems) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException unreadable) {
      problems.add("shop.opened must be a day such as 2020-01-31, got " + text);
      return Optional.empty();
    }
  }
}
