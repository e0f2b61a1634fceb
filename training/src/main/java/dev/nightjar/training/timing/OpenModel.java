package dev.nightjar.training.timing;

import dev.nightjar.training.statistics.Logistic;
import dev.nightjar.training.statistics.LogisticFit;
import java.io.Serializable;

/**
 * {@code P(open | sent to the user in that hour)}. The prior's odds are {@code exp(intercept) *
 * relative activity ^ slope * lift of the hour * lift of the region * lift of the user}; the user's
 * own pushes near the hour, weighed by 1/propensity, then make it a Beta posterior.
 *
 * @param intercept log odds at an average hour
 * @param slope how closely opens follow activity; 0 where activity says nothing about opens
 * @param hourLifts by cell: what the shop's pushes add to activity
 * @param regionLifts by region, the shop last with 1
 * @param userStrength expected opens that a user's lift of 1 is worth
 * @param hourStrength pushes that the prior of a user's hour is worth
 * @param weightScale brings the mean push weight to 1
 */
record OpenModel(
    double intercept,
    double slope,
    double[] hourLifts,
    double[] regionLifts,
    double userStrength,
    double hourStrength,
    double weightScale)
    implements Serializable {

  /** Activity above exp(5) or below exp(-5) times the average is clipped. */
  static final double LOG_LIMIT = 5;

  private static final double PROBABILITY_LIMIT = 1e-6;

  OpenModel withLine(LogisticFit.Line line, double scale) {
    return new OpenModel(
        line.intercept(), line.slope(), hourLifts, regionLifts, userStrength, hourStrength, scale);
  }

  OpenModel withHourLifts(double[] lifts) {
    return new OpenModel(
        intercept, slope, lifts, regionLifts, userStrength, hourStrength, weightScale);
  }

  OpenModel withRegionLifts(double[] lifts) {
    return new OpenModel(
        intercept, slope, hourLifts, lifts, userStrength, hourStrength, weightScale);
  }

  OpenModel withUserStrength(double strength) {
    return new OpenModel(
        intercept, slope, hourLifts, regionLifts, strength, hourStrength, weightScale);
  }

  OpenModel withHourStrength(double strength) {
    return new OpenModel(
        intercept, slope, hourLifts, regionLifts, userStrength, strength, weightScale);
  }

  /** Natural logarithm of relative activity, within limits. */
  static double logActivity(double relative) {
    return Math.max(-LOG_LIMIT, Math.min(LOG_LIMIT, Math.log(relative)));
  }

  /** Chance of an open before anything is known about the user's own opens. */
  double prior(double relative, int region, int cell) {
    double lift = hourLifts[cell] * regionLifts[Regions.place(region, regionLifts.length)];
    return probability(Math.exp(intercept + slope * logActivity(relative)) * lift);
  }

  /** Multiplies the odds of {@code prior}. */
  static double lifted(double prior, double lift) {
    return probability(Logistic.odds(prior) * lift);
  }

  private static double probability(double odds) {
    double probability = Logistic.probabilityOfOdds(odds);
    return Math.max(PROBABILITY_LIMIT, Math.min(1 - PROBABILITY_LIMIT, probability));
  }
}
