package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
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
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String USER_ID = COLUMNS.add(required("user_id", StringType, "shop's id"));

  public static final String ITEM_ID = COLUMNS.add(required("item_id", StringType, "shop's id"));

  public static final String STRENGTH =
      COLUMNS.add(
          required("strength", DoubleType, "event weights, at least 0")
              .normalised(
                  "halved every `features.half_life_days`; by event, not by unit; wholly returned purchases weigh 0; not scaled by user or item"));

  public static final String VIEWS =
      COLUMNS.add(required("views", LongType, "views, all history").missing("0 without any"));

  public static final String FAVORITES =
      COLUMNS.add(
          required("favorites", LongType, "favourites, all history").missing("0 without any"));

  public static final String CARTS =
      COLUMNS.add(
          required("carts", LongType, "additions to the cart, all history")
              .missing("0 without any"));

  public static final String PURCHASES =
      COLUMNS.add(
          required("purchases", LongType, "days with a purchase, all history, in the user's zone")
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

  public static final String QUANTITY =
      COLUMNS.add(
          required("quantity", LongType, "units bought, all history")
              .missing("0 without any")
              .normalised("net of returns"));

  public static final String VIEWS_7D =
      COLUMNS.add(required("views_7d", LongType, "views, 7 days").missing("0 without any"));

  public static final String RECENCY_DAYS =
      COLUMNS.add(
          required("recency_days", DoubleType, "days since the last event of the pair, above 0"));

  public static final String PURCHASE_RECENCY_DAYS =
      COLUMNS.add(
          optional("purchase_recency_days", DoubleType, "days since the last purchase")
              .missing("null without one")
              .normalised("net of returns"));

  public static final String PURCHASE_GAP_DAYS =
      COLUMNS.add(
          optional("purchase_gap_days", DoubleType, "mean days between purchase days")
              .missing("null with fewer than two")
              .normalised("net of returns"));

  public static final String FIRST_PURCHASE_DATE =
      COLUMNS.add(
          optional("first_purchase_date", DateType, "first day with a purchase, in the user's zone")
              .missing("null without one")
              .normalised("net of returns"));

  public static final String LAST_PURCHASE_DATE =
      COLUMNS.add(
          optional("last_purchase_date", DateType, "last day with a purchase, in the user's zone")
              .missing("null without one")
              .normalised("net of returns"));

  public static final String IS_CART_OPEN =
      COLUMNS.add(
          required("is_cart_open", BooleanType, "in the cart and no purchase since, at any age")
              .missing("false without a cart")
              .normalised(
                  "a purchase closes the cart even if it is returned later, and at the same moment too"));

  public static final String CATEGORY_AFFINITY =
      COLUMNS.add(
          required(
                  "category_affinity",
                  DoubleType,
                  "0 to 1: the user's share of strength in the item's top category")
              .missing(
                  "0 where the item has no category, or it is none of the `features.top_categories` strongest")
              .normalised("the same number as `category_taste` of the user"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table(
          "pair_features", 2, "one (user, item) with an event before the moment", Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private PairFeatures() {}
}
