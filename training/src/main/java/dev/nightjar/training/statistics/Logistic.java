package dev.nightjar.training.statistics;

import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;

import org.apache.spark.sql.Column;

/**
 * Probabilities and log odds: {@code p = 1 / (1 + exp(-log odds))}.
 *
 * <p>With the platform's {@code exp}: that of commons-math's {@code Sigmoid} differs from it in the
 * last digit, and so would the fitted lines.
 */
public final class Logistic {
  private Logistic() {}

  /** The probability of log odds. */
  public static double probability(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }

  /** The probability of a column of log odds. */
  public static Column probability(Column logOdds) {
    return lit(1.0).divide(exp(negate(logOdds)).plus(1));
  }

  /** The probability of odds. */
  public static double probabilityOfOdds(double odds) {
    return odds / (1 + odds);
  }

  /** The odds of a probability below 1. */
  public static double odds(double probability) {
    return probability / (1 - probability);
  }

  /** The log odds of a probability between 0 and 1. */
  public static double logOdds(double probability) {
    return Math.log(odds(probability));
  }

  /** {@code ln(probability(logOdds))}, also where the probability itself would be 0. */
  public static double logProbability(double logOdds) {
    return Math.min(logOdds, 0) - Math.log1p(Math.exp(-Math.abs(logOdds)));
  }
}
