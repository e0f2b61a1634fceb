package dev.nightjar.features.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Turns the value of a mapping expression into its target type; null where it cannot.
 *
 * <p>Text is trimmed and blank is null. A number must be finite, a whole number without a fraction.
 * Text is a time only if it begins with a whole day, since Spark reads a bare {@code 12:30} as
 * today's; a number is seconds since 1970 UTC.
 */
final class Conversion {
  private static final String BLANKS = " \t\r\n\u00a0";
  private static final String BARE_OFFSET = "(?<=:\\d{2}[.\\d]{0,10})([+-]\\d{2})(\\d{2})$";
  private static final String BEGINS_WITH_DAY = "^\\d{4}-\\d{1,2}-\\d{1,2}($|[T ])";

  private Conversion() {}

  /** Trimmed text with blank as null; other types unchanged. */
  static Column clean(Column value, DataType type) {
    if (!(type instanceof StringType)) {
      return value;
    }
    Column trimmed = trim(value, BLANKS);
    return when(trimmed.notEqual(""), trimmed);
  }

  static Column convert(Column value, DataType from, DataType to) {
    boolean isText = from instanceof StringType;
    if (to instanceof StringType) {
      return isNested(from) ? to_json(value) : value.cast(to);
    }
    if (to instanceof DoubleType) {
      Column number = value.cast(to);
      Column finite = not(isnan(number)).and(number.between(-Double.MAX_VALUE, Double.MAX_VALUE));
      return when(finite, number);
    }
    if (to instanceof TimestampType) {
      return isText ? time(value) : value.cast(to);
    }
    if (to instanceof BooleanType) {
      return value.cast(to);
    }
    if (to instanceof MapType) {
      return map(value, from, to, isText);
    }
    Column exact = value.cast(DataTypes.createDecimalType(30, 6));
    return when(exact.equalTo(exact.cast(to)), exact.cast(to));
  }

  /** Spark reads {@code +01:00}; logs also write {@code +0100}. */
  private static Column time(Column text) {
    Column offset = when(text.rlike(BARE_OFFSET), regexp_replace(text, BARE_OFFSET, "$1:$2"));
    return when(text.rlike(BEGINS_WITH_DAY), coalesce(offset, text).cast(DataTypes.TimestampType));
  }

  private static Column map(Column value, DataType from, DataType to, boolean isText) {
    if (isText) {
      return from_json(value, to);
    }
    if (from instanceof StructType) {
      return from_json(to_json(value), to);
    }
    return from instanceof MapType ? value.cast(to) : lit(null).cast(to);
  }

  private static boolean isNested(DataType type) {
    return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
  }
}
