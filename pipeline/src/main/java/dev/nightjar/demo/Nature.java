package dev.nightjar.demo;

import dev.nightjar.demo.chance.HourCurve;

/**
 * The behaviour of a user, which the shop does not know: planted truth.
 *
 * @param taste a unit vector
 * @param pickiness factor of the taste
 * @param thrift how much a price above the typical one deters
 * @param sessionsPerDay mean sessions in a day; 0 for a user who never comes
 * @param openBase chance of an open at the best hour
 * @param curve hours at which the user is active
 */
record Nature(
    double[] taste,
    double pickiness,
    double thrift,
    double sessionsPerDay,
    double openBase,
    HourCurve curve,
    String device) {

  boolean isCold() {
    return sessionsPerDay == 0;
  }

  /** Chance that a push sent in that local hour is opened. */
  double openProbability(int hourOfWeek) {
    return openBase * (0.2 + 0.8 * curve.relative(hourOfWeek));
  }
}
