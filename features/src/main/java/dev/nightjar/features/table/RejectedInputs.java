package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.StringType;

import org.apache.spark.sql.types.StructType;

/**
 * Table {@code rejected_inputs}: one row of the items, users, pushes or suppressions that was
 * refused, in whole or in one column, with the reason.
 */
public final class RejectedInputs {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String INPUT =
      COLUMNS.add(required("input", StringType, "`items`, `users`, `pushes` or `suppressions`"));

  public static final String REASON =
      COLUMNS.add(
          required(
              "reason",
              StringType,
              "why, in snake_case; of `unknown_zone` and `invalid_quiet_hours` only the value was refused"));

  public static final String RAW =
      COLUMNS.add(
          required(
              "raw",
              StringType,
              "the source row: its text where it could not be split, else its columns as JSON"));

  public static final String SOURCE_PATH =
      COLUMNS.add(
          optional("source_path", StringType, "file it was read from")
              .missing("null where not known"));

  public static final String USER_ID =
      COLUMNS.add(
          optional("user_id", StringType, "shop's id").missing("null where none could be read"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table(
          "rejected_inputs",
          1,
          "one row of the items, users, pushes or suppressions that was refused, in whole or in one column",
          "what was refused that night");

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private RejectedInputs() {}
}
