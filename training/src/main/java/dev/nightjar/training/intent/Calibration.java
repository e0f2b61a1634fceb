package dev.nightjar.training.intent;

import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;

/**
 * Turns a raw score into a probability: 1 / (1 + exp(-(slope * raw + intercept))), Platt (1999).
 * Strictly increasing, so that it never changes an order.
 *
 * @param slope positive
 * @param intercept log odds at raw 0
 */
public record Calibration(double slope, double intercept) {
  private static final int MOST_STEPS = 50;
  private static final double DAMPING = 1e-9;
  private static final double SMALL_STEP = 1e-10;
  private static final double SMALLEST_SHARE = 1e-9;

  public Calibration {
    if (!(slope > 0) || !Double.isFinite(intercept)) {
      throw new IllegalArgumentException(
          "calibration needs a positive slope and a finite intercept, got "
              + slope
              + " and "
              + intercept);
    }
  }

  /**
   * Fits slope and intercept by maximum likelihood (Newton's method); afterwards the weighted mean
   * of the probabilities equals the weighted share of positives. Where raw scores do not order the
   * labels at all, the slope stays 1 and only the intercept is fitted.
   */
  public static Calibration fit(double[] raw, double[] labels, double[] weights) {
    double[] both = newton(raw, labels, weights, true);
    if (both[0] > 0 && Double.isFinite(both[0]) && Double.isFinite(both[1])) {
      return new Calibration(both[0], both[1]);
    }
    return new Calibration(1.0, newton(raw, labels, weights, false)[1]);
  }

  /** The probability of a raw score. */
  public double apply(double raw) {
    return 1 / (1 + Math.exp(-(slope * raw + intercept)));
  }

  /** The probability of a column of raw scores. */
  public Column apply(Column raw) {
    return lit(1.0).divide(exp(raw.multiply(-slope).minus(intercept)).plus(1));
  }

  private static double[] newton(
      double[] raw, double[] labels, double[] weights, boolean isSlopeFree) {
    double slope = isSlopeFree ? 0 : 1;
    double intercept = isSlopeFree ? logOdds(labels, weights) : 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      double slopeGradient = 0;
      double interceptGradient = 0;
      double slopeSlope = DAMPING;
      double slopeIntercept = 0;
      double interceptIntercept = DAMPING;
      for (int example = 0; example < raw.length; example++) {
        double probability = 1 / (1 + Math.exp(-(slope * raw[example] + intercept)));
        double miss = weights[example] * (labels[example] - probability);
        double curvature = weights[example] * probability * (1 - probability);
        slopeGradient += miss * raw[example];
        interceptGradient += miss;
        slopeSlope += curvature * raw[example] * raw[example];
        slopeIntercept += curvature * raw[example];
        interceptIntercept += curvature;
      }
      double slopeStep = 0;
      double interceptStep = interceptGradient / interceptIntercept;
      if (isSlopeFree) {
        double determinant = slopeSlope * interceptIntercept - slopeIntercept * slopeIntercept;
        slopeStep =
            (interceptIntercept * slopeGradient - slopeIntercept * interceptGradient) / determinant;
        interceptStep =
            (slopeSlope * interceptGradient - slopeIntercept * slopeGradient) / determinant;
      }
      slope += slopeStep;
      intercept += interceptStep;
      if (Math.abs(slopeStep) + Math.abs(interceptStep) < SMALL_STEP) {
        break;
      }
    }
    return new double[] {slope, intercept};
  }

  private static double logOdds(double[] labels, double[] weights) {
    double positives = 0;
    double total = 0;
    for (int example = 0; example < labels.length; example++) {
      positives += weights[example] * labels[example];
      total += weights[example];
    }
    double share = Math.min(1 - SMALLEST_SHARE, Math.max(SMALLEST_SHARE, positives / total));
    return Math.log(share / (1 - share));
  }
}
