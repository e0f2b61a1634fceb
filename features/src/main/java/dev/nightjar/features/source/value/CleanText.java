package dev.nightjar.features.source.value;

import java.text.Normalizer;
import java.util.Optional;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Text without blanks around it, null where nothing is left; an id also without what nobody sees:
 * phones and chats paste marks of direction, disks decompose letters. Plain Java, since the same in
 * columns is a page of generated code for each column of each source.
 */
final class CleanText implements UDF1<String, String> {
  private static final long serialVersionUID = 1L;

  private static final String PLAIN_BLANKS = " \t\n\u000b\f\r";

  private static final String UNSEEN =
      "\0\u034f\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\ufeff";

  /** Every blank of Unicode, and the characters without width that editors and exports leave. */
  private static final String BLANKS =
      PLAIN_BLANKS
          + "\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
          + "\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
          + UNSEEN;

  private final boolean isId;
  private final CellQuote quote;

  /**
   * @param isId whether texts that look the same are to be the same
   * @param quote around quoted cells; empty where values are no cells of CSV
   */
  CleanText(boolean isId, Optional<CellQuote> quote) {
    this.isId = isId;
    this.quote = quote.orElse(null);
  }

  @Override
  public String call(String text) {
    if (text == null) {
      return null;
    }
    String clean = isPlain(text) ? trimmed(text, PLAIN_BLANKS) : whole(text);
    return clean.isEmpty() ? null : clean;
  }

  /** Whether it has none of the characters that {@link #whole} is about. Most have none. */
  private static boolean isPlain(String text) {
    return text.chars().allMatch(sign -> sign > 0 && sign < 128);
  }

  private String whole(String text) {
    if (!isId) {
      return trimmed(text, BLANKS);
    }
    String whole = trimmed(seen(text), BLANKS);
    return quote == null ? whole : trimmed(quote.without(text, whole), BLANKS);
  }

  private static String seen(String id) {
    StringBuilder seen = new StringBuilder();
    Normalizer.normalize(id, Normalizer.Form.NFC)
        .codePoints()
        .filter(sign -> Character.getType(sign) != Character.FORMAT && UNSEEN.indexOf(sign) < 0)
        .forEach(seen::appendCodePoint);
    return seen.toString();
  }

  private static String trimmed(String text, String blanks) {
    int start = 0;
    int end = text.length();
    while (start < end && blanks.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && blanks.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(start, end);
  }
}
