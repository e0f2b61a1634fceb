package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
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
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String USER_ID = COLUMNS.add(required("user_id", StringType, "shop's id"));

  public static final String AGE_DAYS =
      COLUMNS.add(
          optional(
                  "age_days", DoubleType, "days since registration or the first event, the earlier")
              .missing("null for a user without a date and without events"));

  public static final String RECENCY_DAYS =
      COLUMNS.add(
          optional("recency_days", DoubleType, "days since the last event, above 0")
              .missing("null without one"));

  public static final String PURCHASE_RECENCY_DAYS =
      COLUMNS.add(
          optional("purchase_recency_days", DoubleType, "days since the last purchase")
              .missing("null without one")
              .normalised("net of returns"));

  public static final String EVENTS_30D =
      COLUMNS.add(
          required("events_30d", LongType, "events of any type, 30 days").missing("0 without any"));

  public static final String SESSIONS_30D =
      COLUMNS.add(
          required("sessions_30d", LongType, "sessions with an event, 30 days")
              .missing("0 without any"));

  public static final String VIEWS_1D =
      COLUMNS.add(required("views_1d", LongType, "views, 1 day").missing("0 without any"));

  public static final String VIEWS_7D =
      COLUMNS.add(required("views_7d", LongType, "views, 7 days").missing("0 without any"));

  public static final String VIEWS_30D =
      COLUMNS.add(required("views_30d", LongType, "views, 30 days").missing("0 without any"));

  public static final String VIEWS_90D =
      COLUMNS.add(required("views_90d", LongType, "views, 90 days").missing("0 without any"));

  public static final String CARTS_1D =
      COLUMNS.add(
          required("carts_1d", LongType, "additions to the cart, 1 day").missing("0 without any"));

  public static final String CARTS_7D =
      COLUMNS.add(
          required("carts_7d", LongType, "additions to the cart, 7 days").missing("0 without any"));

  public static final String CARTS_30D =
      COLUMNS.add(
          required("carts_30d", LongType, "additions to the cart, 30 days")
              .missing("0 without any"));

  public static final String CARTS_90D =
      COLUMNS.add(
          required("carts_90d", LongType, "additions to the cart, 90 days")
              .missing("0 without any"));

  public static final String PURCHASES_1D =
      COLUMNS.add(
          required("purchases_1d", LongType, "purchase lines, 1 day")
              .missing("0 without any")
              .normalised("net of returns"));

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

  public static final String SPEND_1D =
      COLUMNS.add(
          required("spend_1d", DoubleType, "price times quantity, shop's currency, 1 day")
              .missing("0 without any; a purchase without a price adds 0")
              .normalised("net of returns; not scaled"));

  public static final String SPEND_7D =
      COLUMNS.add(
          required("spend_7d", DoubleType, "price times quantity, shop's currency, 7 days")
              .missing("0 without any; a purchase without a price adds 0")
              .normalised("net of returns; not scaled"));

  public static final String SPEND_30D =
      COLUMNS.add(
          required("spend_30d", DoubleType, "price times quantity, shop's currency, 30 days")
              .missing("0 without any; a purchase without a price adds 0")
              .normalised("net of returns; not scaled"));

  public static final String SPEND_90D =
      COLUMNS.add(
          required("spend_90d", DoubleType, "price times quantity, shop's currency, 90 days")
              .missing("0 without any; a purchase without a price adds 0")
              .normalised("net of returns; not scaled"));

  public static final String BASKETS_90D =
      COLUMNS.add(
          required("baskets_90d", LongType, "sessions with a purchase, 90 days")
              .missing("0 without any")
              .normalised("net of returns"));

  public static final String PURCHASE_DATES =
      COLUMNS.add(
          required(
                  "purchase_dates",
                  createArrayType(DateType),
                  "days with a purchase in the user's zone, all history, ascending")
              .missing("empty without any")
              .normalised("net of returns"));

  public static final String MEAN_BASKET_LINES =
      COLUMNS.add(
          optional("mean_basket_lines", DoubleType, "purchase lines of a basket, all history")
              .missing("null without a basket")
              .normalised("net of returns"));

  public static final String ITEMS_BOUGHT =
      COLUMNS.add(
          required("items_bought", LongType, "different items bought, all history")
              .missing("0 without any")
              .normalised("net of returns"));

  public static final String REPEAT_SHARE =
      COLUMNS.add(
          optional(
                  "repeat_share",
                  DoubleType,
                  "0 to 1: of the days on which an item was bought, summed over items, those after the item's first")
              .missing("null without a purchase")
              .normalised("net of returns"));

  public static final String DISTINCT_ITEMS_90D =
      COLUMNS.add(
          required("distinct_items_90d", LongType, "different items with an event, 90 days")
              .missing("0 without any"));

  public static final String MEAN_BASKET_VALUE =
      COLUMNS.add(
          optional(
                  "mean_basket_value",
                  DoubleType,
                  "spend of a session with a purchase, shop's currency, all history")
              .missing("null without a purchase that has a price")
              .normalised("net of returns"));

  public static final String CATEGORY_TASTE =
      COLUMNS.add(
          required(
                  "category_taste",
                  createMapType(StringType, DoubleType),
                  "0 to 1 by top category, strongest first")
              .missing("empty without history")
              .normalised(
                  "share of the user's strength, items without a category in the whole; the `features.top_categories` strongest kept, so it sums to at most 1"));

  public static final String PRICE_BAND_TASTE =
      COLUMNS.add(
          required(
                  "price_band_taste",
                  createArrayType(DoubleType),
                  "5 numbers, 0 to 1, cheapest first")
              .missing("zeros without history")
              .normalised("share of the strength in items with a price; sums to 1"));

  public static final String HOUR_HISTOGRAM =
      COLUMNS.add(
          required(
                  "hour_histogram",
                  createArrayType(DoubleType),
                  "24 numbers, 0 to 1, local hour of day")
              .missing("zeros without history")
              .normalised("share of all events, not decayed, not smoothed; sums to 1"));

  public static final String WEEKDAY_HISTOGRAM =
      COLUMNS.add(
          required(
                  "weekday_histogram",
                  createArrayType(DoubleType),
                  "7 numbers, 0 to 1, local weekday, Monday first")
              .missing("zeros without history")
              .normalised("share of all events, not decayed, not smoothed; sums to 1"));

  public static final String PUSHES_7D =
      COLUMNS.add(required("pushes_7d", LongType, "pushes sent, 7 days").missing("0 without any"));

  public static final String PUSHES_30D =
      COLUMNS.add(
          required("pushes_30d", LongType, "pushes sent, 30 days").missing("0 without any"));

  public static final String OPEN_RATE =
      COLUMNS.add(
          optional("open_rate", DoubleType, "0 to 1, all history")
              .missing(
                  "null where the shop has sent none; the shop's rate for a user without pushes")
              .normalised(
                  "opened over sent, with `features.open_rate_smoothing` pushes at the shop's rate added; a push sent just before the moment counts as not opened yet"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table(
          "user_features",
          2,
          "one user with an event or a push before the moment, or listed by the shop before it",
          Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private UserFeatures() {}
}
