package dev.nightjar.features.table;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import org.apache.spark.sql.types.StructType;

/**
 * Table {@code user_features}: one user with at least one event or push before the end of the day,
 * or listed by the shop.
 */
public final class UserFeatures {
  /** Whose. */
  public static final String USER_ID = "user_id";

  /** Days since registration or the first event. */
  public static final String AGE_DAYS = "age_days";

  /** Days since the last event. */
  public static final String RECENCY_DAYS = "recency_days";

  /** Days since the last purchase. */
  public static final String PURCHASE_RECENCY_DAYS = "purchase_recency_days";

  /** Events of any type in the last 30 days. */
  public static final String EVENTS_30D = "events_30d";

  /** Sessions in the last 30 days. */
  public static final String SESSIONS_30D = "sessions_30d";

  /** Views in the last 1 days. */
  public static final String VIEWS_1D = "views_1d";

  /** Views in the last 7 days. */
  public static final String VIEWS_7D = "views_7d";

  /** Views in the last 30 days. */
  public static final String VIEWS_30D = "views_30d";

  /** Views in the last 90 days. */
  public static final String VIEWS_90D = "views_90d";

  /** Additions to the cart in the last 1 days. */
  public static final String CARTS_1D = "carts_1d";

  /** Additions to the cart in the last 7 days. */
  public static final String CARTS_7D = "carts_7d";

  /** Additions to the cart in the last 30 days. */
  public static final String CARTS_30D = "carts_30d";

  /** Additions to the cart in the last 90 days. */
  public static final String CARTS_90D = "carts_90d";

  /** Purchase lines, net of returns in the last 1 days. */
  public static final String PURCHASES_1D = "purchases_1d";

  /** Purchase lines, net of returns in the last 7 days. */
  public static final String PURCHASES_7D = "purchases_7d";

  /** Purchase lines, net of returns in the last 30 days. */
  public static final String PURCHASES_30D = "purchases_30d";

  /** Purchase lines, net of returns in the last 90 days. */
  public static final String PURCHASES_90D = "purchases_90d";

  /** Price times quantity of purchases, net of returns in the last 1 days. */
  public static final String SPEND_1D = "spend_1d";

  /** Price times quantity of purchases, net of returns in the last 7 days. */
  public static final String SPEND_7D = "spend_7d";

  /** Price times quantity of purchases, net of returns in the last 30 days. */
  public static final String SPEND_30D = "spend_30d";

  /** Price times quantity of purchases, net of returns in the last 90 days. */
  public static final String SPEND_90D = "spend_90d";

  /** Sessions with a purchase in the last 90 days. */
  public static final String BASKETS_90D = "baskets_90d";

  /** Local days with a purchase, net of returns, over all history, ascending. */
  public static final String PURCHASE_DATES = "purchase_dates";

  /** Mean purchase lines of a basket over all history; null without one. */
  public static final String MEAN_BASKET_LINES = "mean_basket_lines";

  /** Different items bought over all history. */
  public static final String ITEMS_BOUGHT = "items_bought";

  /**
   * Share of the days on which an item was bought that came after the item's first; null without
   * any.
   */
  public static final String REPEAT_SHARE = "repeat_share";

  /** Different items touched in the last 90 days. */
  public static final String DISTINCT_ITEMS_90D = "distinct_items_90d";

  /** Mean spend of a basket over all history; null without one. */
  public static final String MEAN_BASKET_VALUE = "mean_basket_value";

  /** Share of decayed strength by top category, largest first kept; sums to at most 1. */
  public static final String CATEGORY_TASTE = "category_taste";

  /** Share of decayed strength by price band, 5 numbers; zeros without history. */
  public static final String PRICE_BAND_TASTE = "price_band_taste";

  /** Share of events by local hour, 24 numbers; zeros without history. */
  public static final String HOUR_HISTOGRAM = "hour_histogram";

  /** Share of events by local weekday, Monday first, 7 numbers; zeros without history. */
  public static final String WEEKDAY_HISTOGRAM = "weekday_histogram";

  /** Pushes sent in the last 7 days. */
  public static final String PUSHES_7D = "pushes_7d";

  /** Pushes sent in the last 30 days. */
  public static final String PUSHES_30D = "pushes_30d";

  /** Opened pushes over sent ones, shrunk to the shop's rate; null where the shop has sent none. */
  public static final String OPEN_RATE = "open_rate";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(USER_ID, StringType, false)
          .add(AGE_DAYS, DoubleType, true)
          .add(RECENCY_DAYS, DoubleType, true)
          .add(PURCHASE_RECENCY_DAYS, DoubleType, true)
          .add(EVENTS_30D, LongType, false)
          .add(SESSIONS_30D, LongType, false)
          .add(VIEWS_1D, LongType, false)
          .add(VIEWS_7D, LongType, false)
          .add(VIEWS_30D, LongType, false)
          .add(VIEWS_90D, LongType, false)
          .add(CARTS_1D, LongType, false)
          .add(CARTS_7D, LongType, false)
          .add(CARTS_30D, LongType, false)
          .add(CARTS_90D, LongType, false)
          .add(PURCHASES_1D, LongType, false)
          .add(PURCHASES_7D, LongType, false)
          .add(PURCHASES_30D, LongType, false)
          .add(PURCHASES_90D, LongType, false)
          .add(SPEND_1D, DoubleType, false)
          .add(SPEND_7D, DoubleType, false)
          .add(SPEND_30D, DoubleType, false)
          .add(SPEND_90D, DoubleType, false)
          .add(BASKETS_90D, LongType, false)
          .add(PURCHASE_DATES, createArrayType(DateType), false)
          .add(MEAN_BASKET_LINES, DoubleType, true)
          .add(ITEMS_BOUGHT, LongType, false)
          .add(REPEAT_SHARE, DoubleType, true)
          .add(DISTINCT_ITEMS_90D, LongType, false)
          .add(MEAN_BASKET_VALUE, DoubleType, true)
          .add(CATEGORY_TASTE, createMapType(StringType, DoubleType), false)
          .add(PRICE_BAND_TASTE, createArrayType(DoubleType), false)
          .add(HOUR_HISTOGRAM, createArrayType(DoubleType), false)
          .add(WEEKDAY_HISTOGRAM, createArrayType(DoubleType), false)
          .add(PUSHES_7D, LongType, false)
          .add(PUSHES_30D, LongType, false)
          .add(OPEN_RATE, DoubleType, true);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("user_features", 2, SCHEMA);

  private UserFeatures() {}
}
