package dev.nightjar.features.source.value;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.when;

import java.util.regex.Pattern;
import org.apache.spark.sql.Column;

/**
 * What is around a quoted cell of CSV, and before such a sign within it. The parser knows it only
 * at the very ends of a cell: a BOM before it makes it a part of the text.
 *
 * @param quote one character
 * @param escape one character, or none
 */
public record CellQuote(String quote, String escape) {

  /**
   * The text as the parser would have read it.
   *
   * @param cell as the parser read it
   * @param seen the same without what nobody sees
   */
  Column without(Column cell, Column seen) {
    String escaped = (escape.isEmpty() ? "\0" : escape) + quote;
    String quoted =
        "(?s)^%1$s((?:%2$s|(?!%1$s).)*+)%1$s$"
            .formatted(Pattern.quote(quote), Pattern.quote(escaped));
    Column wasKnown = cell.startsWith(quote).and(cell.endsWith(quote));
    Column content = replace(regexp_extract(seen, quoted, 1), lit(escaped), lit(quote));
    return when(not(wasKnown).and(seen.rlike(quoted)), content).otherwise(seen);
  }
}
