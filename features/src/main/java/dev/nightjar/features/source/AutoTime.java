package dev.nightjar.features.source;

import org.apache.spark.sql.SparkSession;

/**
 * The SQL function {@code timestamp_auto} of mappings: a count since 1970 UTC of seconds,
 * milliseconds, microseconds or nanoseconds, told apart by its size. The ranges do not overlap
 * between 1973 and 5138.
 */
final class AutoTime {
  private static final String NAME = "timestamp_auto";
  private static final String FUNCTION =
      """
      CREATE OR REPLACE TEMPORARY FUNCTION timestamp_auto(count STRING) RETURNS TIMESTAMP RETURN
        timestamp_micros(CAST(CASE
          WHEN abs(CAST(count AS DECIMAL(25, 6))) < 1e11 THEN CAST(count AS DECIMAL(25, 6)) * 1000000
          WHEN abs(CAST(count AS DECIMAL(25, 6))) < 1e14 THEN CAST(count AS DECIMAL(25, 6)) * 1000
          WHEN abs(CAST(count AS DECIMAL(25, 6))) < 1e17 THEN CAST(count AS DECIMAL(25, 6))
          ELSE CAST(count AS DECIMAL(25, 6)) / 1000 END AS BIGINT))
      """;

  private AutoTime() {}

  /** Makes the function known to the session where a mapping uses it. */
  static void register(SparkSession spark, SourceConfig config) {
    if (config.columns().values().stream().anyMatch(sql -> sql.contains(NAME))) {
      spark.sql(FUNCTION);
    }
  }
}
