package dev.nightjar.features.source.value;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.make_valid_utf8;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.TableColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Turns the value of a mapping expression into its target type; null where it cannot.
 *
 * <p>Text is trimmed and blank is null; an id loses the characters that nobody sees, too. A number
 * must be finite, a whole number without a fraction. Text is a time only if it begins with a whole
 * day, since Spark reads a bare {@code 12:30} as today's; a number is seconds since 1970 UTC. A
 * time must be one of 1990 to 2099: others come of seconds that were taken for milliseconds, or the
 * other way round.
 */
public final class Conversion {
  /** What databases and exports write for no time: MySQL, .NET, Hive, pandas. */
  private static final String NO_TIME =
      "^(0000-00-00.*|0001-01-01.*|\\\\N|(?i:null|none|nan|nat))$";

  private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

  /** Events have a rule of their own for what was before the shop. */
  private static final Instant EARLIEST_EVENT = Instant.parse("1900-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2099-12-31T23:59:59.999999Z");

  /** Whole numbers up to here are exact in a column of floats. */
  private static final double EXACT = 9_007_199_254_740_992.0;

  private static final double EXACT_FLOAT = 16_777_216.0;

  private static final UserDefinedFunction TIME_TEXT = udf(new TimeText(), DataTypes.StringType);

  private static final UserDefinedFunction FINITE =
      udf((UDF1<Double, Double>) Conversion::finite, DataTypes.DoubleType);

  private Conversion() {}

  /** SQL that is true for a text that stands for no time. */
  static String isNoTime(String text) {
    return "trim(%s) RLIKE r'%s'".formatted(text, NO_TIME);
  }

  /** Columns of bytes, as Impala and old Hive write texts, are text. */
  public static Column decoded(Column value, DataType from) {
    return from instanceof BinaryType ? make_valid_utf8(value.cast("string")) : value;
  }

  /** The type of {@link #decoded}. */
  public static DataType decoded(DataType from) {
    return from instanceof BinaryType ? DataTypes.StringType : from;
  }

  /**
   * Text without blanks around it, an id without what nobody sees; other types unchanged.
   *
   * @param quote around quoted cells; empty where values are no cells of CSV
   */
  public static Column clean(
      Column value, DataType from, TableColumn to, Optional<CellQuote> quote) {
    if (!(from instanceof StringType)) {
      return value;
    }
    return udf(new CleanText(isId(to), quote), DataTypes.StringType).apply(value);
  }

  /** True where a value that gives no time stands for none; false for other columns. */
  public static Column isNoTime(Column value, DataType from, TableColumn to) {
    if (!(to.type() instanceof TimestampType)) {
      return lit(false);
    }
    if (from instanceof StringType) {
      return value.rlike(NO_TIME);
    }
    boolean isTime = from instanceof TimestampType || from instanceof DateType;
    return isTime ? year(value.cast(to.type())).leq(1) : lit(false);
  }

  private static boolean isId(TableColumn column) {
    return column.name().endsWith("_id");
  }

  public static Column convert(Column value, DataType from, TableColumn column) {
    DataType to = column.type();
    boolean isText = from instanceof StringType;
    if (to instanceof StringType) {
      return text(value, from, column);
    }
    if (to instanceof DoubleType) {
      return FINITE.apply(value.cast(to));
    }
    if (to instanceof TimestampType) {
      Column time = (isText ? TIME_TEXT.apply(value) : value).cast(to);
      Instant earliest = column.name().equals(CleanEvents.EVENT_TIME) ? EARLIEST_EVENT : EARLIEST;
      return timestamp_micros(between(earliest, LATEST).apply(unix_micros(time)));
    }
    if (to instanceof BooleanType) {
      return yesOrNo(value, from);
    }
    if (to instanceof MapType) {
      return map(value, from, to, isText);
    }
    return whole(to instanceof LongType ? Long.SIZE : Integer.SIZE)
        .apply(value.cast(DataTypes.createDecimalType(30, 6)))
        .cast(to);
  }

  // Functions, each of which takes its value once: a condition over a plain expression makes the
  // expression anew, in text that is compiled anew, for each of its comparisons.

  private static UserDefinedFunction between(Instant earliest, Instant latest) {
    long from = micros(earliest);
    long to = micros(latest);
    UDF1<Long, Long> within = time -> time == null || time < from || time > to ? null : time;
    return udf(within, DataTypes.LongType);
  }

  private static long micros(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  private static Double finite(Double number) {
    return number == null || !Double.isFinite(number) ? null : number;
  }

  /** Gives null for a number with a fraction, or one that needs more bits. */
  private static UserDefinedFunction whole(int bits) {
    UDF1<BigDecimal, Long> whole =
        number ->
            number != null
                    && number.stripTrailingZeros().scale() <= 0
                    && number.toBigInteger().bitLength() < bits
                ? number.longValueExact()
                : null;
    return udf(whole, DataTypes.LongType);
  }

  /** A whole number of a float column is written as one: 7, not 7.0; 12345678, not 1.2345678E7. */
  private static Column text(Column value, DataType from, TableColumn column) {
    if (isId(column) && from instanceof StructType object && object.length() == 1) {
      return value.getField(object.fieldNames()[0]).cast("string"); // mongoexport's $oid
    }
    if (isNested(from)) {
      return to_json(value);
    }
    if (from instanceof DoubleType || from instanceof FloatType) {
      Column number = value.cast(DataTypes.DoubleType);
      Column isWhole =
          number
              .equalTo(floor(number))
              .and(abs(number).lt(from instanceof FloatType ? EXACT_FLOAT : EXACT));
      return when(isWhole, number.cast("bigint").cast("string"))
          .when(not(isnan(number)), value.cast("string"));
    }
    return value.cast("string");
  }

  /** Whatever the column's type: true/false, yes/no, y/n, 1/0, 1.0/0.0. A status of 3 is no yes. */
  private static Column yesOrNo(Column value, DataType from) {
    if (from instanceof BooleanType) {
      return value;
    }
    if (isNested(from)) {
      return lit(null).cast(DataTypes.BooleanType);
    }
    if (from instanceof StringType) {
      Column word = lower(value);
      return when(word.isin("true", "yes", "y", "1", "1.0"), true)
          .when(word.isin("false", "no", "n", "0", "0.0"), false);
    }
    Column number = value.cast("double");
    return when(number.equalTo(1), true).when(number.equalTo(0), false);
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
