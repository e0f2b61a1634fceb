package dev.nightjar.features.table;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import org.apache.spark.sql.types.StructType;

/**
 * Table {@code pair_features}: one (user, item) with at least one event before the end of the day.
 */
public final class PairFeatures {
  /** Who. */
  public static final String USER_ID = "user_id";

  /** Which item. */
  public static final String ITEM_ID = "item_id";

  /** Sum of event weights, halved every half-life, net of returns; at least 0. */
  public static final String STRENGTH = "strength";

  /** Views over all history. */
  public static final String VIEWS = "views";

  /** Favourites over all history. */
  public static final String FAVORITES = "favorites";

  /** Additions to the cart over all history. */
  public static final String CARTS = "carts";

  /** Days with a purchase, net of returns. */
  public static final String PURCHASES = "purchases";

  /** Purchase lines in the last 30 days, net of returns. */
  public static final String PURCHASES_30D = "purchases_30d";

  /** Purchase lines in the last 90 days, net of returns. */
  public static final String PURCHASES_90D = "purchases_90d";

  /** Units bought, net of returns. */
  public static final String QUANTITY = "quantity";

  /** Views in the last 7 days. */
  public static final String VIEWS_7D = "views_7d";

  /** Days since the last event of the pair. */
  public static final String RECENCY_DAYS = "recency_days";

  /** Days since the last purchase of the pair. */
  public static final String PURCHASE_RECENCY_DAYS = "purchase_recency_days";

  /** Mean days between purchase days of the pair; null below two. */
  public static final String PURCHASE_GAP_DAYS = "purchase_gap_days";

  /** Local date of the first purchase of the pair. */
  public static final String FIRST_PURCHASE_DATE = "first_purchase_date";

  /** Local date of the last purchase of the pair. */
  public static final String LAST_PURCHASE_DATE = "last_purchase_date";

  /** In the cart with no purchase after. */
  public static final String IS_CART_OPEN = "is_cart_open";

  /** The user's share of strength in the item's top category. */
  public static final String CATEGORY_AFFINITY = "category_affinity";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(USER_ID, StringType, false)
          .add(ITEM_ID, StringType, false)
          .add(STRENGTH, DoubleType, false)
          .add(VIEWS, LongType, false)
          .add(FAVORITES, LongType, false)
          .add(CARTS, LongType, false)
          .add(PURCHASES, LongType, false)
          .add(PURCHASES_30D, LongType, false)
          .add(PURCHASES_90D, LongType, false)
          .add(QUANTITY, LongType, false)
          .add(VIEWS_7D, LongType, false)
          .add(RECENCY_DAYS, DoubleType, false)
          .add(PURCHASE_RECENCY_DAYS, DoubleType, true)
          .add(PURCHASE_GAP_DAYS, DoubleType, true)
          .add(FIRST_PURCHASE_DATE, DateType, true)
          .add(LAST_PURCHASE_DATE, DateType, true)
          .add(IS_CART_OPEN, BooleanType, false)
          .add(CATEGORY_AFFINITY, DoubleType, false);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("pair_features", 2, SCHEMA);

  private PairFeatures() {}
}
