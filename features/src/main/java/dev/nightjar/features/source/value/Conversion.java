package dev.nightjar.features.source.value;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.make_valid_utf8;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.TableColumn;
import java.text.Normalizer;
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
  private static final String PLAIN_BLANKS = " \t\n\u000b\f\r";

  /** Every blank of Unicode, and the characters without width that editors and exports leave. */
  private static final String BLANKS =
      PLAIN_BLANKS
          + "\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
          + "\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
          + Conversion.UNSEEN;

  private static final String UNSEEN =
      "\0\u034f\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\ufeff";

  private static final String BARE_OFFSET = "(?<=:\\d{2}[.\\d]{0,10})([+-]\\d{2})(\\d{2})$";
  private static final int LONGEST_TIME = 100;
  private static final String BEGINS_WITH_DAY = "^\\d{4}-\\d{1,2}-\\d{1,2}($|[T ])";

  /** The zone of a time is an offset, UTC, or the whole name of a place: BST is Dhaka to Spark. */
  private static final String ZONE_LETTERS = "[A-Za-z]{2,}$";

  private static final String KNOWN_ZONE = "( |(?<=\\d))(UTC|GMT|Z)$|[A-Za-z]+/[A-Za-z_/+-]+$";

  /** What databases and exports write for no time: MySQL, .NET, Hive, pandas. */
  private static final String NO_TIME =
      "^(0000-00-00.*|0001-01-01.*|\\\\N|(?i:null|none|nan|nat))$";

  private static final String EARLIEST = "1990-01-01 00:00:00 UTC";

  /** Events have a rule of their own for what was before the shop. */
  private static final String EARLIEST_EVENT = "1900-01-01 00:00:00 UTC";

  private static final String LATEST = "2099-12-31 23:59:59.999999 UTC";

  /** Whole numbers up to here are exact in a column of floats. */
  private static final double EXACT = 9_007_199_254_740_992.0;

  private static final double EXACT_FLOAT = 16_777_216.0;

  /** An id as people see it: phones and chats paste marks of direction, disks decompose letters. */
  private static final UserDefinedFunction SEEN =
      udf((UDF1<String, String>) Conversion::seen, DataTypes.StringType);

  private Conversion() {}

  private static String seen(String id) {
    if (id == null) {
      return null;
    }
    StringBuilder seen = new StringBuilder();
    Normalizer.normalize(id, Normalizer.Form.NFC)
        .codePoints()
        .filter(sign -> Character.getType(sign) != Character.FORMAT && UNSEEN.indexOf(sign) < 0)
        .forEach(seen::appendCodePoint);
    return seen.toString();
  }

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
    // A text of as many bytes as characters has none of these, and most have.
    Column isPlain = octet_length(value).equalTo(length(value)).and(not(value.contains("\0")));
    Column seen = isId(to) ? SEEN.apply(value) : value;
    Column whole = trim(seen, BLANKS);
    if (isId(to) && quote.isPresent()) {
      whole = trim(quote.get().without(value, whole), BLANKS);
    }
    return nullif(when(isPlain, trim(value, PLAIN_BLANKS)).otherwise(whole), lit(""));
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
      Column number = value.cast(to);
      Column finite = not(isnan(number)).and(number.between(-Double.MAX_VALUE, Double.MAX_VALUE));
      return when(finite, number);
    }
    if (to instanceof TimestampType) {
      Column time = isText ? time(value) : value.cast(to);
      String earliest = column.name().equals(CleanEvents.EVENT_TIME) ? EARLIEST_EVENT : EARLIEST;
      return when(time.between(lit(earliest).cast(to), lit(LATEST).cast(to)), time);
    }
    if (to instanceof BooleanType) {
      return yesOrNo(value, from);
    }
    if (to instanceof MapType) {
      return map(value, from, to, isText);
    }
    Column exact = value.cast(DataTypes.createDecimalType(30, 6));
    return when(exact.equalTo(exact.cast(to)), exact.cast(to));
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

  /** Spark reads {@code +01:00}; logs also write {@code +0100}. */
  private static Column time(Column text) {
    Column offset = when(text.rlike(BARE_OFFSET), regexp_replace(text, BARE_OFFSET, "$1:$2"));
    Column endsInFigure = substring(text, -1, 1).between("0", "9");
    Column isPlain = endsInFigure.or(not(text.rlike(ZONE_LETTERS))).or(text.rlike(KNOWN_ZONE));
    Column isDay = octet_length(text).leq(LONGEST_TIME).and(text.rlike(BEGINS_WITH_DAY));
    return when(isDay.and(isPlain), coalesce(offset, text).cast(DataTypes.TimestampType));
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
