package dev.nightjar.training.intent.model;

import dev.nightjar.training.statistics.Logistic;
import dev.nightjar.training.statistics.LogisticFit;
import java.util.Arrays;
import org.apache.spark.sql.Column;

/**
 * Turns a raw score into a probability: 1 / (1 + exp(-(slope * raw + intercept))), Platt (1999).
 * Strictly increasing, so that it never changes an order.
 *
 * @param slope positive
 * @param intercept log odds at raw 0
 */
public record Calibration(double slope, double intercept) {
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
    LogisticFit.Examples examples = new LogisticFit.Examples(raw, labels, weights);
    LogisticFit.Line line = LogisticFit.toExamples(examples);
    boolean isUsable =
        line.slope() > 0 && Double.isFinite(line.slope()) && Double.isFinite(line.intercept());
    return isUsable
        ? new Calibration(line.slope(), line.intercept())
        : new Calibration(1.0, LogisticFit.interceptToExamples(examples).intercept());
  }

  /** The same slope with the likeliest intercept of other examples. */
  public Calibration moved(double[] raw, double[] labels, double[] weights) {
    double[] odds = Arrays.stream(raw).map(score -> slope * score).toArray();
    return new Calibration(
        slope,
        LogisticFit.interceptToExamples(new LogisticFit.Examples(odds, labels, weights))
            .intercept());
  }

  /** The probability of a raw score. */
  public double apply(double raw) {
    return Logistic.probability(slope * raw + intercept);
  }

  /** The probability of a column of raw scores. */
  public Column apply(Column raw) {
    return Logistic.probability(raw.multiply(slope).plus(intercept));
  }
}
