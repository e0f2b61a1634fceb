package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import org.apache.spark.sql.types.StructType;

/**
 * Table {@code rejected_events}: one row of a source that was refused, with the reason; a partition
 * holds what was refused for one shop-local day.
 */
public final class RejectedEvents {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String REASON =
      COLUMNS.add(required("reason", StringType, "why, in snake_case"));

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

  public static final String EVENT_TIME =
      COLUMNS.add(
          optional("event_time", TimestampType, "UTC").missing("null where no time could be read"));

  public static final String USER_ID =
      COLUMNS.add(
          optional("user_id", StringType, "shop's id").missing("null where none could be read"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table(
          "rejected_events",
          1,
          "one row of the events source that was refused",
          "what was refused for that day of the shop's zone");

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private RejectedEvents() {}
}
