package dev.nightjar.export.table;

import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.TableColumns;
import org.apache.spark.sql.types.StructType;

/** Table {@code ranked_items}: one item of a user's list for tomorrow, best first. */
public final class RankedItems {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String USER_ID = COLUMNS.add(required("user_id", StringType, "shop's id"));

  public static final String RANK = COLUMNS.add(required("rank", IntegerType, "1 is best"));

  public static final String ITEM_ID = COLUMNS.add(required("item_id", StringType, "shop's id"));

  public static final String PURCHASE_PROBABILITY =
      COLUMNS.add(
          required("purchase_probability", DoubleType, "0 to 1: bought within the intent horizon")
              .normalised("calibrated"));

  public static final String SCORE =
      COLUMNS.add(
          required(
              "score",
              DoubleType,
              "what the list is sorted by, except for the first places where diversity is configured"));

  public static final String SOURCES =
      COLUMNS.add(
          required(
              "sources", createArrayType(StringType), "candidate sources that proposed the item"));

  public static final String REASON =
      COLUMNS.add(required("reason", StringType, "in words a shop can show"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table("ranked_items", 1, "one item of a user's list, best first", Table.PLAN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private RankedItems() {}
}
