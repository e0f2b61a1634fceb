package dev.nightjar.features.source.value;

import static org.apache.spark.sql.functions.expr;

import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/**
 * The SQL functions of mappings that make a time of a count since 1970 UTC. What is no count, or
 * one that no calendar has, gives a time that cannot be read: null would be a user who never left.
 */
public final class AutoTime {
  private static final String UNREADABLE = "TIMESTAMP '9999-12-31 00:00:00 UTC'";

  /** Spark's own functions of these names end the night on a count that overflows. */
  private static final Pattern SPARKS = Pattern.compile("(?i)\\btimestamp_(seconds|millis)\\s*\\(");

  private static final String OF_UNIT =
      "timestamp_micros(CAST(CASE WHEN abs(CAST(count AS DECIMAL(38, 6))) < %s"
          + " THEN CAST(count AS DECIMAL(38, 6)) * %s END AS BIGINT))";

  /**
   * {@code timestamp_auto} tells seconds, milliseconds, microseconds and nanoseconds apart by their
   * size; the ranges do not overlap between 1973 and 5138.
   */
  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "timestamp_auto",
          """
          timestamp_micros(CAST(CASE
            WHEN abs(CAST(count AS DECIMAL(25, 6))) < 1e11 THEN CAST(count AS DECIMAL(25, 6)) * 1000000
            WHEN abs(CAST(count AS DECIMAL(25, 6))) < 1e14 THEN CAST(count AS DECIMAL(25, 6)) * 1000
            WHEN abs(CAST(count AS DECIMAL(25, 6))) < 1e17 THEN CAST(count AS DECIMAL(25, 6))
            ELSE CAST(count AS DECIMAL(25, 6)) / 1000 END AS BIGINT))
          """,
          "count_of_seconds",
          OF_UNIT.formatted("9e12", "1000000"),
          "count_of_millis",
          OF_UNIT.formatted("9e15", "1000"));

  private AutoTime() {}

  /** Makes the functions known to the session. */
  public static void register(SparkSession spark) {
    FUNCTIONS.forEach(
        (name, time) ->
            spark.sql(
                "CREATE OR REPLACE TEMPORARY FUNCTION %s(count STRING) RETURNS TIMESTAMP RETURN CASE WHEN trim(count) <> '' AND NOT %s THEN coalesce(%s, %s) END"
                    .formatted(name, Conversion.isNoTime("count"), time, UNREADABLE)));
  }

  /** The expression of a mapping, in which counts that overflow are times that cannot be read. */
  public static Column expression(String sql) {
    return expr(SPARKS.matcher(sql).replaceAll("count_of_$1("));
  }

  /** Whether any expression of a mapping makes times of counts. */
  public static boolean isIn(Collection<String> mapping) {
    return mapping.stream()
        .anyMatch(sql -> sql.contains("timestamp_auto") || SPARKS.matcher(sql).find());
  }
}
