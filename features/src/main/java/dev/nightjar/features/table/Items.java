package dev.nightjar.features.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import org.apache.spark.sql.types.StructType;

/** Table {@code items}: one item the shop knows at the end of the day. */
public final class Items {
  /** Shop's id. */
  public static final String ITEM_ID = "item_id";

  /** Name shown to people. */
  public static final String TITLE = "title";

  /** Path from wide to narrow, {@code a/b/c}. */
  public static final String CATEGORY = "category";

  /** Maker. */
  public static final String BRAND = "brand";

  /** Price of one unit in the shop's currency: as listed, else the last one seen in an event. */
  public static final String PRICE = "price";

  /** Units left; null where the shop does not say. */
  public static final String STOCK = "stock";

  /** UTC time it was first offered, else first seen. */
  public static final String CREATED_AT = "created_at";

  /** Whatever else the shop tells. */
  public static final String ATTRIBUTES = "attributes";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(ITEM_ID, StringType, false)
          .add(TITLE, StringType, true)
          .add(CATEGORY, StringType, true)
          .add(BRAND, StringType, true)
          .add(PRICE, DoubleType, true)
          .add(STOCK, LongType, true)
          .add(CREATED_AT, TimestampType, true)
          .add(ATTRIBUTES, createMapType(StringType, StringType), true);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("items", 1, SCHEMA);

  private Items() {}
}
