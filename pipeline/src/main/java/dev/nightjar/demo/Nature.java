package dev.nightjar.demo;

/**
 * What a user is like, which the shop does not know: planted truth. {@code taste} is a unit vector
 * that {@code pickiness} multiplies; {@code thrift} is how much a price above the usual deters;
 * {@code openBase} is the chance of an open at the best hour.
 */
final class Nature {
  final double[] taste;
  final double pickiness;
  final double thrift;
  final double sessionsPerDay;
  final double openBase;
  final HourCurve curve;
  final String device;

  Nature(
      double[] taste,
      double pickiness,
      double thrift,
      double sessionsPerDay,
      double openBase,
      HourCurve curve,
      String device) {
    this.taste = taste;
    this.pickiness = pickiness;
    this.thrift = thrift;
    this.sessionsPerDay = sessionsPerDay;
    this.openBase = openBase;
    this.curve = curve;
    this.device = device;
  }

  boolean isCold() {
    return sessionsPerDay == 0;
  }

  /** Chance that a push sent in that local hour is opened. */
  double openProbability(int hourOfWeek) {
    return openBase * (0.2 + 0.8 * curve.relative(hourOfWeek));
  }
}
