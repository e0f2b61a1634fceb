package dev.nightjar.training.intent.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.query.Parameter;
import dev.nightjar.training.intent.Examples;
import dev.nightjar.training.intent.IntentConfig;
import org.apache.spark.sql.Column;

/**
 * How many candidates trees learn from: all bought ones that {@code intent.max_rows} allows, and
 * {@code intent.negatives_per_positive} others for each.
 *
 * @param positives share of the bought candidates that is kept, 0 to 1
 * @param negatives share of the others
 */
public record SampleShares(double positives, double negatives) {

  /** Bought pairs of which at least one is a candidate. */
  private static final double BOUGHT_PER_CANDIDATE = 4;

  /**
   * The share of users whose candidates are made at all: where every fourth pair that they buy is a
   * candidate, they have all the bought candidates that {@code intent.max_rows} allows.
   *
   * @param bought pairs of a user and an item that were bought within the horizon
   */
  static double ofUsers(long bought, IntentConfig intent) {
    return Math.min(1.0, BOUGHT_PER_CANDIDATE * mostPositives(intent) / Math.max(1, bought));
  }

  private static double mostPositives(IntentConfig intent) {
    return intent.maxRows() / (1 + intent.negativesPerPositive());
  }

  /** The shares for so many candidates. */
  public static SampleShares of(LabelCounts counts, IntentConfig intent) {
    long positives = counts.positives();
    double positiveShare = Math.min(1.0, mostPositives(intent) / Math.max(1, positives));
    double wanted = Math.max(1, positives) * positiveShare * intent.negativesPerPositive();
    return new SampleShares(
        positiveShare, Math.min(1.0, wanted / Math.max(1, counts.candidates() - positives)));
  }

  /** The share of the row's label. */
  public Column column() {
    return when(col(Examples.LABEL).gt(0), Parameter.of(positives))
        .otherwise(Parameter.of(negatives));
  }
}
