package dev.nightjar.training.als;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Factors by dense index.
 *
 * @param users {@link #INDEX}, {@link #FACTORS}: one user
 * @param items the same of one item
 */
record IndexedFactors(Dataset<Row> users, Dataset<Row> items) {
  static final String INDEX = "id";
  static final String FACTORS = "features";
}
