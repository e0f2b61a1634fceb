package dev.nightjar.features.query;

import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A value that differs from moment to moment, for queries that are otherwise the same. Spark writes
 * a literal into the code that it generates, so that the query of each moment would be compiled
 * anew, which takes longer than to run it; a parameter is handed to the code that all moments
 * share.
 */
public final class Parameter {
  /**
   * One column for equal values, so that Spark sees that two expressions are equal. A night has a
   * few dozen.
   */
  private static final Map<Serializable, Column> HELD = new ConcurrentHashMap<>();

  private Parameter() {}

  /** A UTC timestamp, never null. */
  public static Column of(Instant moment) {
    return timestamp_micros(
        held(ChronoUnit.MICROS.between(Instant.EPOCH, moment), DataTypes.LongType));
  }

  /** A date, never null. */
  public static Column of(LocalDate date) {
    return date_from_unix_date(held(Math.toIntExact(date.toEpochDay()), DataTypes.IntegerType));
  }

  /** A number, never null. */
  public static Column of(double number) {
    return held(number, DataTypes.DoubleType);
  }

  /** A whole number, never null. */
  public static Column of(int number) {
    return held(number, DataTypes.IntegerType);
  }

  private static <T extends Serializable> Column held(T value, DataType type) {
    UDF0<T> given = () -> value;
    return HELD.computeIfAbsent(value, key -> udf(given, type).asNonNullable().apply());
  }
}
