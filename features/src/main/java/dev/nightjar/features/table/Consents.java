package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import org.apache.spark.sql.types.StructType;

/**
 * Table {@code consents}: when a user last said no, yes or nothing about pushes. Each night adds to
 * that of the night before, so that what a lost or rotated file said still holds.
 */
public final class Consents {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String USER_ID = COLUMNS.add(required("user_id", StringType, "shop's id"));

  public static final String REFUSED_AT =
      COLUMNS.add(
          optional("refused_at", TimestampType, "UTC, newest row with a no, or one unreadable")
              .missing("null where there is none"));

  public static final String AGREED_AT =
      COLUMNS.add(
          optional("agreed_at", TimestampType, "UTC, newest row with a yes")
              .missing("null where there is none"));

  public static final String STATED_AT =
      COLUMNS.add(
          optional("stated_at", TimestampType, "UTC, newest row, whatever it says")
              .missing("null where only a no is known"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table("consents", 1, "what one user said about pushes", Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private Consents() {}
}
