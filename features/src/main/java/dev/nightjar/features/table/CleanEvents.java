package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.Input.OPTIONAL;
import static dev.nightjar.features.table.TableColumn.Input.REQUIRED;
import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code clean_events}: one row per shop event that passed cleaning; a partition holds the
 * events of one shop-local day.
 */
public final class CleanEvents {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String EVENT_ID =
      COLUMNS.add(
          required("event_id", StringType, "shop's id")
              .missing("a digest of the row where the shop gives none")
              .filledBy(OPTIONAL));

  public static final String USER_ID =
      COLUMNS.add(
          required("user_id", StringType, "shop's id")
              .missing("a row without one is rejected")
              .normalised("trimmed")
              .filledBy(REQUIRED));

  public static final String ITEM_ID =
      COLUMNS.add(
          optional("item_id", StringType, "shop's id")
              .missing("null where the event has no item, such as `app_open`")
              .normalised("trimmed")
              .filledBy(OPTIONAL));

  public static final String EVENT_TYPE =
      COLUMNS.add(
          required(
                  "event_type",
                  StringType,
                  "`view`, `search`, `favorite`, `cart`, `purchase`, `return`, `rating`, `app_open`")
              .missing("an unknown type is rejected")
              .filledBy(REQUIRED));

  public static final String EVENT_TIME =
      COLUMNS.add(
          required("event_time", TimestampType, "UTC, when it happened")
              .missing("an unparsable time is rejected")
              .normalised("converted to UTC")
              .filledBy(REQUIRED));

  public static final String SESSION_ID =
      COLUMNS.add(
          required("session_id", StringType, "shop's id")
              .missing("cut by a gap without events of the user where the shop gives none")
              .filledBy(OPTIONAL));

  public static final String PRICE =
      COLUMNS.add(
          optional("price", DoubleType, "of one unit, shop's currency, at least 0")
              .missing("null where the shop does not say")
              .filledBy(OPTIONAL));

  public static final String QUANTITY =
      COLUMNS.add(
          required("quantity", IntegerType, "units, at least 1")
              .missing("1 where the shop does not say")
              .filledBy(OPTIONAL));

  public static final String RATING =
      COLUMNS.add(
          optional("rating", DoubleType, "the shop's scale")
              .missing("null unless the event is a rating")
              .filledBy(OPTIONAL));

  public static final String QUERY =
      COLUMNS.add(optional("query", StringType, "search words").filledBy(OPTIONAL));

  public static final String DEVICE =
      COLUMNS.add(optional("device", StringType, "device or platform").filledBy(OPTIONAL));

  public static final String SCENE =
      COLUMNS.add(optional("scene", StringType, "page or placement").filledBy(OPTIONAL));

  /** What a mapping of the shop can fill. */
  public static final List<TableColumn> INPUT = COLUMNS.inputs();

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table(
          "clean_events",
          2,
          "one shop event that passed cleaning",
          "the events that happened on that day of the shop's zone");

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private CleanEvents() {}
}
