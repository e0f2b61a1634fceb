package dev.nightjar.demo;

import java.time.ZoneId;

/**
 * What the shop's files say about a user.
 *
 * @param number from 0
 * @param zone the true one
 * @param statedZone as in the file: not always a valid zone
 * @param consent as in the file: {@code true}, {@code false} or blank
 * @param isContradicted whether a second row of the file says no where the first says yes
 * @param suppressedSince UTC second of the suppression, {@link #ALWAYS} or {@link #NEVER}
 */
record Person(
    int number,
    ZoneId zone,
    String statedZone,
    String locale,
    long createdSecond,
    String consent,
    boolean isContradicted,
    String quietFrom,
    String quietTo,
    long suppressedSince) {
  /** Suppressed at all times. */
  static final long ALWAYS = Long.MIN_VALUE;

  /** Suppressed at no time. */
  static final long NEVER = Long.MAX_VALUE;

  String id() {
    return "u" + (1_000_000 + number);
  }

  /** Whether all that the file says of the user is yes. */
  boolean hasConsent() {
    return consent.equals("true") && !isContradicted;
  }

  boolean isSuppressed() {
    return suppressedSince < NEVER;
  }
}
