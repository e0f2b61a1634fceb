package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;

import org.apache.spark.sql.types.StructType;

/**
 * Clean events with the user's local time: what features and models are made from. Never stored: a
 * night applies the zones known at its moment to all the events that it reads.
 */
public final class LocalEvents {
  private static final TableColumns COLUMNS = new TableColumns();

  static {
    CleanEvents.TABLE.declared().forEach(COLUMNS::add);
  }

  public static final String LOCAL_DATE =
      COLUMNS.add(required("local_date", DateType, "day in the user's zone"));

  public static final String LOCAL_HOUR =
      COLUMNS.add(required("local_hour", IntegerType, "0 to 23, hour of day in the user's zone"));

  public static final String HOUR_OF_WEEK =
      COLUMNS.add(
          required("hour_of_week", IntegerType, "0 to 167, 0 is Monday 00h, in the user's zone"));

  /** Columns in their order. */
  public static final Table TABLE =
      COLUMNS.table(
          "local_events",
          1,
          "one clean event with the user's local time",
          "not stored: computed from clean_events and users");

  /** The columns of {@link CleanEvents}, and the local time. */
  public static final StructType SCHEMA = TABLE.schema();

  private LocalEvents() {}
}
