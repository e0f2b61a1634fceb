package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
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
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String ITEM_ID = COLUMNS.add(required("item_id", StringType, "shop's id"));

  public static final String TOP_CATEGORY =
      COLUMNS.add(
          optional("top_category", StringType, "first step of the category path")
              .missing("null without a category")
              .normalised("trimmed"));

  public static final String PRICE =
      COLUMNS.add(
          optional("price", DoubleType, "of one unit, shop's currency")
              .missing(
                  "the last one seen in an event before the moment (the highest of one moment; returns do not count), else the listed one, else null")
              .normalised("raw; to a ten-thousandth where seen in an event"));

  public static final String PRICE_BAND =
      COLUMNS.add(
          optional("price_band", IntegerType, "0 (cheapest fifth of the shop's items) to 4")
              .missing("null without a price")
              .normalised("exact fifths of `price`; items of one price share a band"));

  public static final String POPULARITY =
      COLUMNS.add(
          required("popularity", DoubleType, "event weights, at least 0")
              .missing("0 without events")
              .normalised(
                  "halved every `features.popularity_half_life_days`; wholly returned purchases weigh 0"));

  public static final String VIEWS_7D =
      COLUMNS.add(required("views_7d", LongType, "views, 7 days").missing("0 without any"));

  public static final String VIEWS_30D =
      COLUMNS.add(required("views_30d", LongType, "views, 30 days").missing("0 without any"));

  public static final String PURCHASES_7D =
      COLUMNS.add(
          required("purchases_7d", LongType, "purchase lines, 7 days")
              .missing("0 without any")
              .normalised("net of returns"));

  public static final String PURCHASES_30D =
      COLUMNS.add(
          required("purchases_30d", LongType, "purchase lines, 30 days")
              .missing("0 without any")
              .normalised("net of returns"));

  public static final String PURCHASES_90D =
      COLUMNS.add(
          required("purchases_90d", LongType, "purchase lines, 90 days")
              .missing("0 without any")
              .normalised("net of returns"));

  public static final String BUYERS_30D =
      COLUMNS.add(
          required("buyers_30d", LongType, "different users with a purchase, 30 days")
              .missing("0 without any")
              .normalised("net of returns"));

  public static final String BUYERS_90D =
      COLUMNS.add(
          required("buyers_90d", LongType, "different users with a purchase, 90 days")
              .missing("0 without any")
              .normalised("net of returns"));

  public static final String BUYERS =
      COLUMNS.add(
          required("buyers", LongType, "different users with a purchase, all history")
              .missing("0 without any")
              .normalised("net of returns"));

  public static final String NEW_BUYERS_30D =
      COLUMNS.add(
          required(
                  "new_buyers_30d",
                  LongType,
                  "users whose first purchase of it lies in the last 30 days")
              .missing("0 without any")
              .normalised("net of returns"));

  public static final String MEAN_QUANTITY =
      COLUMNS.add(
          optional(
                  "mean_quantity",
                  DoubleType,
                  "units of a day on which a user bought it, all history")
              .missing("null without one")
              .normalised("net of returns"));

  public static final String PURCHASE_RECENCY_DAYS =
      COLUMNS.add(
          optional("purchase_recency_days", DoubleType, "days since anybody's last purchase")
              .missing("null without one")
              .normalised("net of returns"));

  public static final String CONVERSION =
      COLUMNS.add(
          required("conversion", DoubleType, "0 to 1, 90 days")
              .missing("the shop's rate without events")
              .normalised(
                  "purchases over views, both with `features.conversion_smoothing` views at the shop's rate added, clipped at 1; in a shop without a view in 90 days the item's share of all purchases, smoothed alike towards one over the number of items"));

  public static final String TREND =
      COLUMNS.add(
          required("trend", DoubleType, "natural logarithm; 0 is level, above 0 rises")
              .missing("0 without events")
              .normalised(
                  "weight a day of the last 7 days over that of the 28 before, with `features.trend_smoothing` added to both; not decayed"));

  public static final String SEASON_TREND =
      COLUMNS.add(
          required("season_trend", DoubleType, "natural logarithm; 0 is level, above 0 rises")
              .missing("0 without purchases")
              .normalised(
                  "purchase lines a day of the last 30 days over those of the last 90, with `features.trend_smoothing` over the weight of a purchase added to both"));

  public static final String REPEAT_RATE =
      COLUMNS.add(
          required("repeat_rate", DoubleType, "0 to 1, all history")
              .missing("the shop's rate without buyers")
              .normalised(
                  "buyers on two days or more over buyers, with `features.repeat_smoothing` buyers at the shop's rate added; net of returns"));

  public static final String AGE_DAYS =
      COLUMNS.add(
          optional("age_days", DoubleType, "days since first offered or seen, the earlier")
              .missing("null for a listed item without a date and without events"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table(
          "item_features",
          2,
          "one item with an event before the moment, or listed by the shop before it",
          Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private ItemFeatures() {}
}
