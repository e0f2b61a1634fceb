package dev.nightjar.export.table;

import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.TableColumns;
import org.apache.spark.sql.types.StructType;

/** Table {@code push_schedule}: one planned push. */
public final class PushSchedule {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String PUSH_ID =
      COLUMNS.add(required("push_id", StringType, "a function of date, user and slot"));

  public static final String USER_ID = COLUMNS.add(required("user_id", StringType, "shop's id"));

  public static final String ITEMS =
      COLUMNS.add(required("items", createArrayType(StringType), "item ids, best first"));

  public static final String SEND_AT = COLUMNS.add(required("send_at", TimestampType, "UTC"));

  public static final String LOCAL_HOUR =
      COLUMNS.add(
          required("local_hour", IntegerType, "0 to 23, hour of day in `zone` at `send_at`"));

  public static final String ZONE =
      COLUMNS.add(required("zone", StringType, "IANA zone in which the quiet hours were applied"));

  public static final String OPEN_PROBABILITY =
      COLUMNS.add(required("open_probability", DoubleType, "0 to 1"));

  public static final String EXPECTED_VALUE =
      COLUMNS.add(
          required("expected_value", DoubleType, "shop's currency where prices are known")
              .normalised("open probability times the summed value of the items"));

  public static final String ARM = COLUMNS.add(required("arm", StringType, "`best` or `explore`"));

  public static final String PROPENSITY =
      COLUMNS.add(
          required(
              "propensity",
              DoubleType,
              "above 0, at most 1: chance that this policy would have made exactly this decision"));

  public static final String PLANNED_AT =
      COLUMNS.add(
          required(
              "planned_at",
              TimestampType,
              "UTC, the moment up to which consent, suppressions and stock were known"));

  public static final String VALID_UNTIL =
      COLUMNS.add(
          required(
              "valid_until", TimestampType, "UTC; what could not be sent before it is dropped"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table("push_schedule", 1, "one planned push", Table.PLAN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private PushSchedule() {}
}
