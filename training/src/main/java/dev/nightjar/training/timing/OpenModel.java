package dev.nightjar.training.timing;

import java.io.Serializable;

/**
 * {@code P(open | sent to the user in that hour)}. The prior's odds are {@code exp(intercept) *
 * relative activity ^ slope * lift of the hour * lift of the segment * lift of the user}; the
 * user's own pushes near the hour, weighed by 1/propensity, then make it a Beta posterior.
 */
final class OpenModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double intercept;
  private final double slope;
  private final double[] hourLifts;
  private final double[] segmentLifts;
  private final double userStrength;
  private final double hourStrength;
  private final double weightScale;

  OpenModel(
      double intercept,
      double slope,
      double[] hourLifts,
      double[] segmentLifts,
      double userStrength,
      double hourStrength,
      double weightScale) {
    this.intercept = intercept;
    this.slope = slope;
    this.hourLifts = hourLifts;
    this.segmentLifts = segmentLifts;
    this.userStrength = userStrength;
    this.hourStrength = hourStrength;
    this.weightScale = weightScale;
  }

  /** Log odds at an average hour. */
  double intercept() {
    return intercept;
  }

  /** How far opens follow activity; 0 where activity tells nothing. */
  double slope() {
    return slope;
  }

  /** By cell: what the shop's pushes say beyond activity. */
  double[] hourLifts() {
    return hourLifts;
  }

  /** By segment, the shop last with 1. */
  double[] segmentLifts() {
    return segmentLifts;
  }

  /** Expected opens that a user's lift of 1 is worth. */
  double userStrength() {
    return userStrength;
  }

  /** Pushes that the prior of a user's hour is worth. */
  double hourStrength() {
    return hourStrength;
  }

  /** Brings the mean push weight to 1. */
  double weightScale() {
    return weightScale;
  }

  /** Activity beyond exp(5) or under exp(-5) times the average counts as that. */
  static final double LOG_LIMIT = 5;

  private static final double PROBABILITY_LIMIT = 1e-6;

  OpenModel withHourLifts(double[] lifts) {
    return new OpenModel(
        intercept, slope, lifts, segmentLifts, userStrength, hourStrength, weightScale);
  }

  OpenModel withSegmentLifts(double[] lifts) {
    return new OpenModel(
        intercept, slope, hourLifts, lifts, userStrength, hourStrength, weightScale);
  }

  OpenModel withUserStrength(double strength) {
    return new OpenModel(
        intercept, slope, hourLifts, segmentLifts, strength, hourStrength, weightScale);
  }

  OpenModel withHourStrength(double strength) {
    return new OpenModel(
        intercept, slope, hourLifts, segmentLifts, userStrength, strength, weightScale);
  }

  /** Natural logarithm of relative activity, within limits. */
  static double logActivity(double relative) {
    return Math.max(-LOG_LIMIT, Math.min(LOG_LIMIT, Math.log(relative)));
  }

  /** Chance of an open before anything is known of the user's own opens. */
  double prior(double relative, int segment, int cell) {
    double lift =
        hourLifts[cell] * segmentLifts[segment == Regions.SHOP ? segmentLifts.length - 1 : segment];
    return probability(Math.exp(intercept + slope * logActivity(relative)) * lift);
  }

  /** Multiplies the odds of {@code prior}. */
  static double lifted(double prior, double lift) {
    return probability(prior / (1 - prior) * lift);
  }

  private static double probability(double odds) {
    double probability = odds / (1 + odds);
    return Math.max(PROBABILITY_LIMIT, Math.min(1 - PROBABILITY_LIMIT, probability));
  }
}
