package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import org.apache.spark.sql.types.StructType;

/**
 * Table {@code releases}: one user whose suppressions of before a moment no longer apply, or will
 * not once it has come. Each night adds to that of the night before.
 */
public final class Releases {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String USER_ID = COLUMNS.add(required("user_id", StringType, "shop's id"));

  public static final String RELEASED_AT =
      COLUMNS.add(
          required(
              "released_at",
              TimestampType,
              "UTC; suppressions that began before it are lifted, once it has come"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table("releases", 1, "a release of one user from suppressions", Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private Releases() {}
}
