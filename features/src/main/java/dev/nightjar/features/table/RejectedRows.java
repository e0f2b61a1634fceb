package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import java.util.Map;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code rejected_rows}: one row of an input that broke a rule. It is stored in two parts,
 * {@code rejected_events} and {@code rejected_inputs}, since the stages that read them write at
 * different times.
 */
public final class RejectedRows {
  private static final String OTHERS = "rejected_inputs";

  private static final TableColumns COLUMNS = new TableColumns();

  public static final String INPUT =
      COLUMNS.add(
          required("input", StringType, "`events`, `items`, `users`, `pushes` or `suppressions`"));

  public static final String REASON =
      COLUMNS.add(
          required(
              "reason",
              StringType,
              "the rule it broke, see docs/sources.md; some refuse only a value"));

  public static final String FILE =
      COLUMNS.add(
          optional("file", StringType, "file it was read from").missing("null where not known"));

  public static final String RAW =
      COLUMNS.add(
          required(
              "raw",
              StringType,
              "the source row: its text where it could not be split, else its columns as JSON"));

  public static final String EVENT_TIME =
      COLUMNS.add(
          optional("event_time", TimestampType, "UTC, when the event happened")
              .missing("null where no time could be read, and in other inputs than events"));

  public static final String USER_ID =
      COLUMNS.add(
          optional("user_id", StringType, "shop's id").missing("null where none could be read"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS
          .table(
              "rejected_rows",
              1,
              "one row of an input that was refused, in whole or in one value",
              "of the events, what was refused for that day of the shop's zone; of the other inputs, what was refused that night")
          .inParts(
              Map.of(
                  "events", "rejected_events",
                  "items", OTHERS,
                  "users", OTHERS,
                  "pushes", OTHERS,
                  "suppressions", OTHERS));

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private RejectedRows() {}
}
