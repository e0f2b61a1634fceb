package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.Input.OPTIONAL;
import static dev.nightjar.features.table.TableColumn.Input.REQUIRED;
import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import java.util.List;
import org.apache.spark.sql.types.StructType;

/** Table {@code items}: one item the shop knows at the end of the day. */
public final class Items {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String ITEM_ID =
      COLUMNS.add(required("item_id", StringType, "shop's id").filledBy(REQUIRED));

  public static final String TITLE =
      COLUMNS.add(optional("title", StringType, "shown to people").filledBy(OPTIONAL));

  public static final String CATEGORY =
      COLUMNS.add(
          optional("category", StringType, "path from wide to narrow, `a/b/c`").filledBy(OPTIONAL));

  public static final String BRAND =
      COLUMNS.add(optional("brand", StringType, "maker").filledBy(OPTIONAL));

  public static final String PRICE =
      COLUMNS.add(
          optional("price", DoubleType, "of one unit, shop's currency")
              .missing("as listed, else the last one seen in an event, else null")
              .filledBy(OPTIONAL));

  public static final String STOCK =
      COLUMNS.add(
          optional("stock", LongType, "units left")
              .missing("null where the shop does not say")
              .filledBy(OPTIONAL));

  public static final String CREATED_AT =
      COLUMNS.add(
          optional("created_at", TimestampType, "UTC, first offered, else first seen")
              .missing("null where neither is known: assumed to have always been there")
              .filledBy(OPTIONAL));

  public static final String ATTRIBUTES =
      COLUMNS.add(
          optional(
                  "attributes",
                  createMapType(StringType, StringType),
                  "whatever else the shop reports")
              .filledBy(OPTIONAL));

  public static final String IS_ACTIVE =
      COLUMNS.add(
          optional("is_active", BooleanType, "whether the shop sells it")
              .missing("null where the shop does not say: it does")
              .filledBy(OPTIONAL));

  public static final String IS_LISTED =
      COLUMNS.add(required("is_listed", BooleanType, "false where it is known from events alone"));

  public static final String UPDATED_AT =
      COLUMNS.addInput(
          optional(
                  "updated_at",
                  TimestampType,
                  "UTC, when the row became known, else the day of its file")
              .filledBy(OPTIONAL));

  /** What a mapping of the shop can fill. */
  public static final List<TableColumn> INPUT = COLUMNS.inputs();

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table("items", 2, "one item the shop knows", Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private Items() {}
}
