package dev.nightjar.training.intent.train;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.nightjar.training.intent.Examples;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many candidates there are to learn from.
 *
 * @param candidates all of them
 * @param positives the bought ones among them
 */
public record LabelCounts(long candidates, long positives) {
  private static final String CANDIDATES = "candidates";
  private static final String POSITIVES = "positives";

  /** Counts rows that have a label; an action. */
  public static LabelCounts of(Dataset<Row> labelled) {
    Row counts =
        labelled
            .agg(
                count(lit(1)).as(CANDIDATES),
                coalesce(sum(Examples.LABEL), lit(0.0)).cast("long").as(POSITIVES))
            .first();
    return new LabelCounts(counts.<Long>getAs(CANDIDATES), counts.<Long>getAs(POSITIVES));
  }
}
