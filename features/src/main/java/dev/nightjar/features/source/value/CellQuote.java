package dev.nightjar.features.source.value;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is around a quoted cell of CSV, and before such a sign within it. The parser knows it only
 * at the very ends of a cell: a BOM before it makes it a part of the text.
 */
public final class CellQuote implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String quote;
  private final String escaped;
  private final Pattern quoted;

  /**
   * @param quote one character
   * @param escape one character, or none
   */
  public CellQuote(String quote, String escape) {
    this.quote = quote;
    this.escaped = (escape.isEmpty() ? "\0" : escape) + quote;
    this.quoted =
        Pattern.compile(
            "(?s)^%1$s((?:%2$s|(?!%1$s).)*+)%1$s$"
                .formatted(Pattern.quote(quote), Pattern.quote(escaped)));
  }

  /**
   * The text as the parser would have read it.
   *
   * @param cell as the parser read it
   * @param seen the same without what nobody sees
   */
  String without(String cell, String seen) {
    if (cell.startsWith(quote) && cell.endsWith(quote)) {
      return seen;
    }
    Matcher matcher = quoted.matcher(seen);
    return matcher.find() ? matcher.group(1).replace(escaped, quote) : seen;
  }
}
