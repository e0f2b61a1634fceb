package dev.nightjar.training.candidate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.pow;

import dev.nightjar.features.table.PairFeatures;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Source {@code repeat}: what the user bought before. Score = ln(1 + purchase days) times how due
 * it is: with a rhythm, exp(-0.5 ln²((since + 1) / (gap + 1))), which is 1 when the usual gap has
 * just passed; bought once, halved every {@code repeat_half_life_days}.
 */
final class RepeatCandidates {
  static final String NAME = "repeat";

  private RepeatCandidates() {}

  /** Proposals for the pairs of {@code pairFeatures} that were bought, net of returns. */
  static Dataset<Row> propose(Dataset<Row> pairFeatures, CandidateConfig config) {
    Dataset<Row> bought =
        pairFeatures.where(
            col(PairFeatures.PURCHASES)
                .gt(0)
                .and(col(PairFeatures.PURCHASE_RECENCY_DAYS).isNotNull()));
    Column score = log1p(col(PairFeatures.PURCHASES)).multiply(due(config.repeatHalfLifeDays()));
    return Proposals.best(bought, NAME, score, config.repeat());
  }

  private static Column due(double halfLifeDays) {
    Column since = col(PairFeatures.PURCHASE_RECENCY_DAYS);
    Column ratio = log(since.plus(1).divide(col(PairFeatures.PURCHASE_GAP_DAYS).plus(1)));
    Column rhythm = exp(pow(ratio, 2).multiply(-0.5));
    return coalesce(rhythm, pow(lit(0.5), since.divide(halfLifeDays)));
  }
}
