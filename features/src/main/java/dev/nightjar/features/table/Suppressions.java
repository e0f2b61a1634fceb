package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.Input.OPTIONAL;
import static dev.nightjar.features.table.TableColumn.Input.REQUIRED;
import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import java.util.List;
import org.apache.spark.sql.types.StructType;

/** Table {@code suppressions}: one user who must not be contacted as of the end of the day. */
public final class Suppressions {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String USER_ID =
      COLUMNS.add(required("user_id", StringType, "shop's id").filledBy(REQUIRED));

  public static final String REASON =
      COLUMNS.add(
          optional("reason", StringType, "complaint, bounce, unsubscribed, ...")
              .filledBy(OPTIONAL));

  public static final String SINCE =
      COLUMNS.add(
          optional("since", TimestampType, "UTC").missing("null means always").filledBy(OPTIONAL));

  public static final String RELEASED_AT =
      COLUMNS.addInput(
          optional("released_at", TimestampType, "UTC, when the suppression was lifted")
              .filledBy(OPTIONAL));

  /** What a mapping of the shop can fill. */
  public static final List<TableColumn> INPUT = COLUMNS.inputs();

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table("suppressions", 1, "one user who must not be contacted", Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private Suppressions() {}
}
