package dev.nightjar.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.stream.IntStream;
import org.apache.spark.sql.Column;

/** Aggregates of rows under a condition, so that one pass serves every window. */
final class Counts {
  private Counts() {}

  /** Rows where {@code condition} holds; 0 for no rows. */
  static Column where(Column condition) {
    return count(when(condition, lit(1)));
  }

  /** {@code (part + strength * rate) / (whole + strength)}: shrunk to the rate. */
  static Column shrunk(Column part, Column whole, Column rate, double strength) {
    return part.plus(rate.multiply(strength)).divide(whole.plus(strength));
  }

  /** {@code part / whole}; null where the whole is 0 or null. */
  static Column ratio(Column part, Column whole) {
    return when(whole.gt(0), part.divide(whole));
  }

  /** {@code part / whole}, and {@code otherwise} where the whole is 0 or null. */
  static Column share(Column part, Column whole, Column otherwise) {
    return ratio(part, whole).otherwise(otherwise);
  }

  /** Each of {@code parts} over {@code whole}; zeros where the whole is 0 or null. */
  static Column shares(String[] parts, Column whole) {
    Column[] shares = new Column[parts.length];
    for (int i = 0; i < parts.length; i++) {
      shares[i] = share(col(parts[i]), whole, lit(0.0));
    }
    return array(shares);
  }

  /** The prefix followed by each index from 0. */
  static String[] names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
  }
}
