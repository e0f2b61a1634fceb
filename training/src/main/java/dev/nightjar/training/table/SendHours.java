package dev.nightjar.training.table;

import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.TableColumns;
import org.apache.spark.sql.types.StructType;

/** Table {@code send_hours}: one local hour of week of a user, 168 rows a user. */
public final class SendHours {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String USER_ID = COLUMNS.add(required("user_id", StringType, "shop's id"));

  public static final String HOUR_OF_WEEK =
      COLUMNS.add(
          required("hour_of_week", IntegerType, "0 to 167, 0 is Monday 00h, in the user's zone"));

  public static final String OPEN_PROBABILITY =
      COLUMNS.add(
          required("open_probability", DoubleType, "0 to 1")
              .missing("the segment's or the shop's curve for a user without history")
              .normalised("shrunk, smoothed over neighbouring hours"));

  /** The user was sent pushes whose outcome is known. */
  public static final String USER_PUSHES = "user_pushes";

  /** The user has sessions but no such pushes. */
  public static final String USER_ACTIVITY = "user_activity";

  /** The user has no data, users of the same region have. */
  public static final String SEGMENT = "segment";

  /** Neither the user nor the region has data. */
  public static final String SHOP = "shop";

  public static final String EVIDENCE =
      COLUMNS.add(
          required(
              "evidence",
              StringType,
              "deepest level that had data: `user_pushes`, `user_activity`, `segment` or `shop`"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table(
          "send_hours", 1, "one local hour of week of a user, 168 rows a user", Table.PLAN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private SendHours() {}
}
