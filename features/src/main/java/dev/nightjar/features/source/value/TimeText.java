package dev.nightjar.features.source.value;

import java.util.regex.Pattern;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Text of a time as Spark reads it; null where Spark would take something else for a time. It must
 * begin with a whole day, since Spark reads a bare {@code 12:30} as today's.
 */
final class TimeText implements UDF1<String, String> {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 100;
  private static final Pattern BEGINS_WITH_DAY =
      Pattern.compile("^\\d{4}-\\d{1,2}-\\d{1,2}($|[T ])");

  /** Spark reads {@code +01:00}; logs also write {@code +0100}. */
  private static final Pattern BARE_OFFSET =
      Pattern.compile("(?<=:\\d{2}[.\\d]{0,10})([+-]\\d{2})(\\d{2})$");

  private static final int OFFSET_LENGTH = 5;

  /** The zone of a time is an offset, UTC, or the whole name of a place: BST is Dhaka to Spark. */
  private static final Pattern ZONE_LETTERS = Pattern.compile("[A-Za-z]{2,}$");

  private static final Pattern KNOWN_ZONE =
      Pattern.compile("( |(?<=\\d))(UTC|GMT|Z)$|[A-Za-z]+/[A-Za-z_/+-]+$");

  @Override
  public String call(String text) {
    boolean isTime =
        text != null
            && text.length() <= LONGEST
            && BEGINS_WITH_DAY.matcher(text).find()
            && hasPlainZone(text);
    return isTime ? withColon(text) : null;
  }

  private static boolean hasPlainZone(String text) {
    char last = text.charAt(text.length() - 1);
    return (last >= '0' && last <= '9')
        || !ZONE_LETTERS.matcher(text).find()
        || KNOWN_ZONE.matcher(text).find();
  }

  private static String withColon(String text) {
    int sign = text.length() - OFFSET_LENGTH;
    return sign >= 0 && (text.charAt(sign) == '+' || text.charAt(sign) == '-')
        ? BARE_OFFSET.matcher(text).replaceFirst("$1:$2")
        : text;
  }
}
