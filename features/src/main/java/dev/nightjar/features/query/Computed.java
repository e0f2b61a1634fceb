package dev.nightjar.features.query;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows that are computed once and kept by the executors, without the plan that made them. */
public final class Computed {
  private Computed() {}

  /**
   * Computes the rows now. Their columns get identities of their own: Spark keeps those of the
   * plan, and without adaptive execution cannot tell the two sides apart where the rows are joined
   * with what they were made from.
   */
  public static Dataset<Row> now(Dataset<Row> rows) {
    Dataset<Row> kept = rows.localCheckpoint(true);
    return kept.select(
        Arrays.stream(kept.columns()).map(name -> kept.col(name).as(name)).toArray(Column[]::new));
  }
}
