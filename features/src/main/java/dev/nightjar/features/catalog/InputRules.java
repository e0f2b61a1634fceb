package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.nightjar.features.refuse.Rule;
import dev.nightjar.features.refuse.Rules;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.TableColumn;
import dev.nightjar.features.table.Users;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;

/** The rules for the inputs other than events. */
public final class InputRules {
  private static final String CLOCK = "^([01]?[0-9]|2[0-3]):[0-5][0-9]$";

  private InputRules() {}

  /** The rules of an input: those of its columns, then those of this input alone. */
  public static Rules of(InputTable input) {
    List<Rule> rules = new ArrayList<>(List.of(Rules.malformed()));
    input.inputs().forEach(column -> rules.addAll(ofColumn(column)));
    rules.addAll(own(input));
    return new Rules(input, rules);
  }

  private static List<Rule> own(InputTable input) {
    return input == InputTable.USERS
        ? List.of(
            Rule.ignore(
                "unknown_zone",
                "zone is not the exact name of an IANA zone; the shop's zone is used",
                col(Users.ZONE).isNotNull().and(not(Zones.valid(col(Users.ZONE))))),
            quietHours(Users.QUIET_FROM),
            quietHours(Users.QUIET_TO))
        : List.of();
  }

  private static Rule quietHours(String column) {
    return Rule.ignore(
            "invalid_quiet_hours",
            "quiet_from or quiet_to is not HH:mm; it is treated as missing",
            col(column).isNotNull().and(not(col(column).rlike(CLOCK))))
        .blanking(column);
  }

  /** A required value must be present; a value that is present must be of the column's type. */
  private static List<Rule> ofColumn(TableColumn column) {
    boolean isRequired = column.input() == TableColumn.Input.REQUIRED;
    List<Rule> rules = new ArrayList<>();
    if (!(column.type() instanceof StringType)) {
      String reason = "unreadable_" + column.name();
      String words = column.name() + " is present but " + wrong(column.type());
      Column breaks = Rules.isUnreadable(column.name());
      rules.add(
          isRequired
              ? Rule.refuse(reason, words, breaks)
              : Rule.ignore(reason, words + "; the rest of the row is used", breaks));
    }
    if (isRequired) {
      rules.add(
          Rule.refuse(
              "missing_" + column.name(), "no " + column.name(), col(column.name()).isNull()));
    }
    return rules;
  }

  private static String wrong(DataType type) {
    if (type instanceof TimestampType) {
      return "is not a time";
    }
    if (type instanceof BooleanType) {
      return "is neither true nor false";
    }
    return type instanceof MapType ? "is not a map" : "is not a number";
  }
}
