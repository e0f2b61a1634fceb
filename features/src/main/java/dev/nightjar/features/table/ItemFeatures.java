package dev.nightjar.features.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import org.apache.spark.sql.types.StructType;

/**
 * Table {@code item_features}: one item with at least one event before the end of the day, or
 * listed by the shop.
 */
public final class ItemFeatures {
  /** Which. */
  public static final String ITEM_ID = "item_id";

  /** First step of the category path. */
  public static final String TOP_CATEGORY = "top_category";

  /** Price of one unit. */
  public static final String PRICE = "price";

  /** 0 (cheapest fifth of the shop's items) to 4; null without a price. */
  public static final String PRICE_BAND = "price_band";

  /** Sum of event weights, halved every half-life. */
  public static final String POPULARITY = "popularity";

  /** Views in the last 7 days. */
  public static final String VIEWS_7D = "views_7d";

  /** Views in the last 30 days. */
  public static final String VIEWS_30D = "views_30d";

  /** Purchase lines, net of returns, in the last 7 days. */
  public static final String PURCHASES_7D = "purchases_7d";

  /** Purchase lines, net of returns, in the last 30 days. */
  public static final String PURCHASES_30D = "purchases_30d";

  /** Purchase lines, net of returns, in the last 90 days. */
  public static final String PURCHASES_90D = "purchases_90d";

  /** Different buyers in the last 30 days. */
  public static final String BUYERS_30D = "buyers_30d";

  /** Different buyers in the last 90 days. */
  public static final String BUYERS_90D = "buyers_90d";

  /** Different buyers over all history. */
  public static final String BUYERS = "buyers";

  /** Buyers of the last 30 days who had never bought it before. */
  public static final String NEW_BUYERS_30D = "new_buyers_30d";

  /** Mean units of a day on which a user bought it, net of returns; null without one. */
  public static final String MEAN_QUANTITY = "mean_quantity";

  /** Days since the last purchase by anybody; null without one. */
  public static final String PURCHASE_RECENCY_DAYS = "purchase_recency_days";

  /** Purchases over views of 90 days, both smoothed by the shop's rate. */
  public static final String CONVERSION = "conversion";

  /**
   * Log ratio of the daily rate of the last 7 days to that of the 28 before, smoothed; 0 is level.
   */
  public static final String TREND = "trend";

  /**
   * Log ratio of the daily purchases of the last 30 days to those of the last 90, smoothed; 0 is
   * level.
   */
  public static final String SEASON_TREND = "season_trend";

  /** Share of buyers who bought it on two days or more, smoothed. */
  public static final String REPEAT_RATE = "repeat_rate";

  /** Days since it was first offered or seen. */
  public static final String AGE_DAYS = "age_days";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(ITEM_ID, StringType, false)
          .add(TOP_CATEGORY, StringType, true)
          .add(PRICE, DoubleType, true)
          .add(PRICE_BAND, IntegerType, true)
          .add(POPULARITY, DoubleType, false)
          .add(VIEWS_7D, LongType, false)
          .add(VIEWS_30D, LongType, false)
          .add(PURCHASES_7D, LongType, false)
          .add(PURCHASES_30D, LongType, false)
          .add(PURCHASES_90D, LongType, false)
          .add(BUYERS_30D, LongType, false)
          .add(BUYERS_90D, LongType, false)
          .add(BUYERS, LongType, false)
          .add(NEW_BUYERS_30D, LongType, false)
          .add(MEAN_QUANTITY, DoubleType, true)
          .add(PURCHASE_RECENCY_DAYS, DoubleType, true)
          .add(CONVERSION, DoubleType, false)
          .add(TREND, DoubleType, false)
          .add(SEASON_TREND, DoubleType, false)
          .add(REPEAT_RATE, DoubleType, false)
          .add(AGE_DAYS, DoubleType, true);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("item_features", 2, SCHEMA);

  private ItemFeatures() {}
}
