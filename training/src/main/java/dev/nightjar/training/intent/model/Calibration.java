package dev.nightjar.training.intent.model;

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

  /** Newton's method; a step that lowers the likelihood is halved until it does not. */
  private static double[] newton(
      double[] raw, double[] labels, double[] weights, boolean isSlopeFree) {
    double[] at = {isSlopeFree ? 0 : 1, isSlopeFree ? logOdds(labels, weights) : 0};
    double likelihood = logLikelihood(raw, labels, weights, at);
    for (int round = 0; round < MOST_STEPS; round++) {
      double[] step = step(raw, labels, weights, at, isSlopeFree);
      double size = 1;
      double[] next = {at[0] + step[0], at[1] + step[1]};
      double reached = logLikelihood(raw, labels, weights, next);
      while (!(reached >= likelihood) && size > SMALL_STEP) {
        size /= 2;
        next = new double[] {at[0] + size * step[0], at[1] + size * step[1]};
        reached = logLikelihood(raw, labels, weights, next);
      }
      if (!(reached >= likelihood)) {
        break;
      }
      double moved = Math.abs(next[0] - at[0]) + Math.abs(next[1] - at[1]);
      at = next;
      likelihood = reached;
      if (moved < SMALL_STEP) {
        break;
      }
    }
    return at;
  }

  private static double[] step(
      double[] raw, double[] labels, double[] weights, double[] at, boolean isSlopeFree) {
    double slopeGradient = 0;
    double interceptGradient = 0;
    double slopeSlope = DAMPING;
    double slopeIntercept = 0;
    double interceptIntercept = DAMPING;
    for (int example = 0; example < raw.length; example++) {
      double probability = 1 / (1 + Math.exp(-(at[0] * raw[example] + at[1])));
      double miss = weights[example] * (labels[example] - probability);
      double curvature = weights[example] * probability * (1 - probability);
      slopeGradient += miss * raw[example];
      interceptGradient += miss;
      slopeSlope += curvature * raw[example] * raw[example];
      slopeIntercept += curvature * raw[example];
      interceptIntercept += curvature;
    }
    double determinant = slopeSlope * interceptIntercept - slopeIntercept * slopeIntercept;
    if (!isSlopeFree || !(determinant > 0)) {
      return new double[] {0, interceptGradient / interceptIntercept};
    }
    return new double[] {
      (interceptIntercept * slopeGradient - slopeIntercept * interceptGradient) / determinant,
      (slopeSlope * interceptGradient - slopeIntercept * slopeGradient) / determinant
    };
  }

  private static double logLikelihood(
      double[] raw, double[] labels, double[] weights, double[] at) {
    double sum = 0;
    for (int example = 0; example < raw.length; example++) {
      double odds = at[0] * raw[example] + at[1];
      double signed = labels[example] > 0 ? odds : -odds;
      // ln(1 / (1 + exp(-signed))) without overflow
      sum += weights[example] * (Math.min(signed, 0) - Math.log1p(Math.exp(-Math.abs(signed))));
    }
    return sum;
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
