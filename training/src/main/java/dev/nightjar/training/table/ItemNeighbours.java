package dev.nightjar.training.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.nightjar.features.table.Table;
import org.apache.spark.sql.types.StructType;

/** Table {@code item_neighbours}: one item that goes with another, by one kind of evidence. */
public final class ItemNeighbours {
  /** Source that the evidence serves: {@code item_item}, {@code complement} or {@code content}. */
  public static final String KIND = "kind";

  /** From which item. */
  public static final String ITEM_ID = "item_id";

  /** To which. */
  public static final String NEIGHBOUR_ID = "neighbour_id";

  /** Larger is better; compare within a kind. */
  public static final String SIMILARITY = "similarity";

  /** 1 is the nearest. */
  public static final String POSITION = "position";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(KIND, StringType, false)
          .add(ITEM_ID, StringType, false)
          .add(NEIGHBOUR_ID, StringType, false)
          .add(SIMILARITY, DoubleType, false)
          .add(POSITION, IntegerType, false);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("item_neighbours", 1, SCHEMA);

  private ItemNeighbours() {}
}
