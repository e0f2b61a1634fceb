package dev.nightjar.training.table;

import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.TableColumns;
import org.apache.spark.sql.types.StructType;

/** Table {@code item_neighbours}: one item that goes with another, by one kind of evidence. */
public final class ItemNeighbours {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String KIND =
      COLUMNS.add(required("kind", StringType, "`item_item`, `complement` or `content`"));

  public static final String ITEM_ID =
      COLUMNS.add(required("item_id", StringType, "the item: shop's id"));

  public static final String NEIGHBOUR_ID =
      COLUMNS.add(required("neighbour_id", StringType, "its neighbour: shop's id"));

  public static final String SIMILARITY =
      COLUMNS.add(
          required("similarity", DoubleType, "above 0, larger is nearer; compare within a kind")
              .normalised(
                  "cosine for `content` and, by default, `item_item`; for `complement` the excess rate of later purchases over the root of the base rate, which one buyer's share is added to"));

  public static final String POSITION =
      COLUMNS.add(required("position", IntegerType, "1 is the nearest"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table(
          "item_neighbours",
          1,
          "one of the up to 20 items that go best with another, by one kind of evidence",
          Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private ItemNeighbours() {}
}
