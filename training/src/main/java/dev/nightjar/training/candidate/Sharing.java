package dev.nightjar.training.candidate;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The Spark context behind a dataset, to share things with its tasks. */
final class Sharing {
  private Sharing() {}

  static JavaSparkContext of(Dataset<Row> rows) {
    return JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
  }
}
