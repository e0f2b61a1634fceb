package dev.nightjar.training.candidate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;

import dev.nightjar.training.table.Candidates;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** The shape in which every source proposes: one (user_id, item_id, source, score). */
final class Proposals {
  static final String SOURCE = "source";
  static final String SCORE = "score";
  private static final int DECIMALS = 6;
  private static final String POSITION = "position";

  private Proposals() {}

  /** The best {@code most} pairs of each user by {@code score}, ties by item. */
  static Dataset<Row> best(Dataset<Row> pairs, String source, Column score, int most) {
    return pairs
        .select(
            col(Candidates.USER_ID),
            col(Candidates.ITEM_ID),
            lit(source).as(SOURCE),
            round(score, DECIMALS).as(SCORE))
        .withColumn(
            POSITION,
            row_number()
                .over(
                    Window.partitionBy(Candidates.USER_ID)
                        .orderBy(col(SCORE).desc(), col(Candidates.ITEM_ID))))
        .where(col(POSITION).leq(most))
        .drop(POSITION);
  }
}
