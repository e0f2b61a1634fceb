package dev.nightjar.features.refuse;

import static dev.nightjar.features.refuse.Checked.BROKEN;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.source.InputTable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rules for the rows of one input.
 *
 * <p>A row is refused for the first rule that refuses it. One that no rule refuses is kept, without
 * the values that its other rules blank, and the first of those is its reason.
 *
 * @param input whose rows they are for
 * @param rules in the order in which they are checked
 */
public record Rules(InputTable input, List<Rule> rules) {
  static final String MALFORMED = "malformed_row";

  /** The reason of a row that {@link #wrongEncoding} refuses. */
  public static final String WRONG_ENCODING = "wrong_encoding";

  /** The reason of a row that {@link #reordered} refuses. */
  static final String REORDERED = "reordered_header";

  public Rules {
    rules = List.copyOf(rules);
  }

  /**
   * The rule that every input has first: what is below such a row would be read by the wrong
   * columns.
   */
  public static Rule reordered() {
    return Rule.refuse(
        REORDERED,
        "a header in mid-file whose columns are in another order than those of the file",
        coalesce(col(InputTable.REORDERED), lit(false)));
  }

  /** The rule for rows that cannot be split into the columns of their file. */
  public static Rule malformed() {
    return Rule.refuse(
        MALFORMED,
        "more or fewer columns than its file, or not a JSON object; is the file truncated?",
        col(InputTable.MALFORMED));
  }

  /**
   * The rule for rows one of whose ids was read in another encoding than it was written in: each
   * foreign letter is the same sign then, so that two people become one.
   */
  public static Rule wrongEncoding(InputTable input) {
    Column broken = lit(false);
    for (String column : input.columns()) {
      if (column.endsWith("_id")) {
        broken = broken.or(coalesce(col(column).contains("\uFFFD"), lit(false)));
      }
    }
    return Rule.refuse(
        WRONG_ENCODING,
        "an id has letters that are not in the file's encoding; is it Latin-1? set options.encoding",
        broken);
  }

  /** True where the value of a mapped column was present but not of the column's type. */
  public static Column isUnreadable(String column) {
    return array_contains(col(InputTable.UNREADABLE), column);
  }

  /** The rule of a reason. */
  public Optional<Rule> rule(String reason) {
    return rules.stream().filter(rule -> rule.reason().equals(reason)).findFirst();
  }

  /**
   * Applies the rules. Rows that other rules refused stay refused.
   *
   * @return the rows with {@link Checked#BROKEN}, and null where a value is blanked
   */
  public Dataset<Row> check(Dataset<Row> rows) {
    Column refusal = first(Effect.REFUSES_ROW);
    Column blank = first(Effect.BLANKS_VALUE);
    boolean isChecked = Arrays.asList(rows.columns()).contains(BROKEN);
    Column broken =
        isChecked
            ? coalesce(when(not(Checked.isKept()), col(BROKEN)), refusal, col(BROKEN), blank)
            : coalesce(refusal, blank);
    Map<String, Column> columns = new HashMap<>();
    for (Rule rule : rules) {
      rule.blanked()
          .ifPresent(
              name -> {
                Column sofar = columns.getOrDefault(name, col(name));
                columns.put(name, when(rule.breaks(), lit(null)).otherwise(sofar));
              });
    }
    columns.put(BROKEN, broken);
    return rows.withColumns(columns);
  }

  /** The first rule of an effect that a row breaks, as {@link Checked#BROKEN} has it. */
  private Column first(Effect effect) {
    Column found = when(lit(false), broken("", effect));
    for (Rule rule : rules) {
      if (rule.effect() == effect) {
        found = found.when(rule.breaks(), broken(rule.reason(), effect));
      }
    }
    return found;
  }

  private static Column broken(String reason, Effect effect) {
    return struct(
        lit(reason).as(Checked.REASON), lit(effect == Effect.REFUSES_ROW).as(Checked.IS_REFUSED));
  }
}
