package dev.nightjar.export.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.nightjar.features.table.Table;
import org.apache.spark.sql.types.StructType;

/** Table {@code ranked_items}: one item of a user's list for tomorrow, best first. */
public final class RankedItems {
  /** Whose list. */
  public static final String USER_ID = "user_id";

  /** 1 is best. */
  public static final String RANK = "rank";

  /** Which item. */
  public static final String ITEM_ID = "item_id";

  /** Calibrated chance that the user buys the item within the intent horizon. */
  public static final String PURCHASE_PROBABILITY = "purchase_probability";

  /** What the list is sorted by. */
  public static final String SCORE = "score";

  /** Candidate sources that proposed the item. */
  public static final String SOURCES = "sources";

  /** Why, in words a shop can show. */
  public static final String REASON = "reason";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(USER_ID, StringType, false)
          .add(RANK, IntegerType, false)
          .add(ITEM_ID, StringType, false)
          .add(PURCHASE_PROBABILITY, DoubleType, false)
          .add(SCORE, DoubleType, false)
          .add(SOURCES, createArrayType(StringType), false)
          .add(REASON, StringType, false);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("ranked_items", 1, SCHEMA);

  private RankedItems() {}
}
