package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.refuse.Rule;
import dev.nightjar.features.refuse.Rules;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.TableColumn;
import dev.nightjar.features.table.Users;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;

/** The rules for the inputs other than events. */
public final class InputRules {
  /** A number as a spreadsheet or a column of floats writes it. */
  private static final String ALTERED = "^-?[0-9]+([.,][0-9]+)?[eE][+]?[0-9]+$|^-?[0-9]+[.,]0+$";

  /** The reason of a row that may hold others, and what they say. */
  static final String SWALLOWS = "unclosed_quote";

  private static final String UNREADABLE = "unreadable_";
  private static final String ALTERED_ID = "altered_id";

  /** What counts as a no where it cannot be read. */
  private static final Set<String> DECISIVE =
      Set.of(
          UNREADABLE + Users.CONSENT,
          UNREADABLE + Pushes.UNSUBSCRIBED_AT,
          UNREADABLE + Pushes.BOUNCED_AT);

  private InputRules() {}

  /**
   * The rules of an input: those of its columns, then those of this input alone. A row is counted
   * for the first that it breaks, so of the rules of values those that decide about a permission
   * come first, and an odd id, which costs nothing, comes last.
   */
  public static Rules of(InputTable input, CleanConfig clean) {
    List<Rule> ofValues = new ArrayList<>();
    input.inputs().forEach(column -> ofValues.addAll(ofColumn(input, column, clean)));
    ofValues.addAll(own(input));
    ofValues.sort(Comparator.comparing(rule -> place(rule.reason())));
    List<Rule> rules = new ArrayList<>();
    rules.add(Rules.reordered());
    rules.add(
        Rule.refuse(
            SWALLOWS,
            "a row that cannot be split goes on over lines, which may be rows of their own; is a quote not closed?",
            col(InputTable.MALFORMED).and(col(InputTable.RAW).rlike("[\\r\\n]"))));
    rules.add(Rules.malformed());
    rules.add(Rules.wrongEncoding(input));
    rules.addAll(ofValues);
    return new Rules(input, rules);
  }

  private static int place(String reason) {
    if (reason.equals(ALTERED_ID)) {
      return 2;
    }
    return DECISIVE.contains(reason) ? 0 : 1;
  }

  private static List<Rule> own(InputTable input) {
    return input == InputTable.USERS
        ? List.of(
            Rule.ignore(
                "unknown_zone",
                "zone is not the exact name of an IANA zone; the shop's zone is used",
                col(Users.ZONE).isNotNull().and(not(Zones.valid(col(Users.ZONE))))),
            Rule.ignore(
                "invalid_quiet_hours",
                "quiet_from and quiet_to are not two different times HH:mm; the policy's quiet hours are used",
                QuietPair.isInvalid()))
        : List.of();
  }

  /** A required value must be present; a value that is present must be of the column's type. */
  private static List<Rule> ofColumn(InputTable input, TableColumn column, CleanConfig clean) {
    boolean isRequired = column.input() == TableColumn.Input.REQUIRED;
    List<Rule> rules = new ArrayList<>();
    if (!(column.type() instanceof StringType)) {
      String reason = UNREADABLE + column.name();
      String words = column.name() + " is present but " + wrong(column.type());
      Column breaks = Rules.isUnreadable(column.name());
      rules.add(
          isRequired
              ? Rule.refuse(reason, words, breaks)
              : Rule.ignore(reason, words + "; the rest of the row is used", breaks));
    }
    if (isRequired) {
      rules.add(missing(input, column, clean));
    }
    if (column.name().endsWith("_id")) {
      rules.add(
          Rule.ignore(
              ALTERED_ID,
              "an id is a number that a spreadsheet or a column of floats has changed; it is used as it is",
              col(column.name()).rlike(ALTERED)));
    }
    return rules;
  }

  private static Rule missing(InputTable input, TableColumn column, CleanConfig clean) {
    Column value = col(column.name());
    if (column.name().equals(Users.USER_ID)) {
      return Rule.refuse(
          "missing_user_id",
          "no user_id, or a word of clean.not_a_user",
          value.isNull().or(clean.isNobody(value)));
    }
    Column isMissing = value.isNull();
    return Rule.refuse(
        "missing_" + column.name(),
        "no " + column.name(),
        input == InputTable.PUSHES ? isMissing.and(not(isReport(column))) : isMissing);
  }

  /**
   * A report of its own: who left needs no push, and what became of a push not when it was sent.
   */
  private static Column isReport(TableColumn missing) {
    Column left = states(Pushes.UNSUBSCRIBED_AT).or(states(Pushes.BOUNCED_AT));
    Column isOfAPush =
        col(Pushes.PUSH_ID)
            .isNotNull()
            .and(
                states(Pushes.DROPPED_AT)
                    .or(states(Pushes.DELIVERED_AT))
                    .or(states(Pushes.OPENED_AT))
                    .or(states(Pushes.CLICKED_AT)));
    return missing.name().equals(Pushes.SENT_AT) ? left.or(isOfAPush) : left;
  }

  private static Column states(String column) {
    return col(column).isNotNull().or(Rules.isUnreadable(column));
  }

  private static String wrong(DataType type) {
    if (type instanceof TimestampType) {
      return "is not a time";
    }
    if (type instanceof BooleanType) {
      return "is none of true, false, yes, no, y, n, 1, 0";
    }
    return type instanceof MapType ? "is not a map" : "is not a number";
  }
}
