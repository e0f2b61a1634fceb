package dev.nightjar.features.refuse;

import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * One rule for the rows of an input.
 *
 * @param reason its name in {@code rejected_rows.reason}, snake_case
 * @param effect what happens to a row that breaks it
 * @param words what is wrong with such a row and what follows from it, for messages and
 *     docs/sources.md
 * @param breaks true in a row that breaks it; null is false
 * @param blanked the column that is set to null in such a row; empty where the value is null
 *     already, or where its reader handles it
 */
public record Rule(
    String reason, Effect effect, String words, Column breaks, Optional<String> blanked) {

  /** A rule that refuses a row. */
  public static Rule refuse(String reason, String words, Column breaks) {
    return new Rule(reason, Effect.REFUSES_ROW, words, breaks, Optional.empty());
  }

  /** A rule that leaves out a value. */
  public static Rule ignore(String reason, String words, Column breaks) {
    return new Rule(reason, Effect.BLANKS_VALUE, words, breaks, Optional.empty());
  }

  /** The same, which sets a column to null. */
  public Rule blanking(String column) {
    return new Rule(reason, effect, words, breaks, Optional.of(column));
  }
}
