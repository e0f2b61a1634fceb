package dev.nightjar.training.candidate.matrix;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The Spark context behind a dataset, to share things with its tasks. */
public final class Sharing {
  private Sharing() {}

  public static JavaSparkContext of(Dataset<Row> rows) {
    return JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
  }
}
