package dev.nightjar.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.LocalEvents;
import dev.nightjar.features.table.PairFeatures;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The history of each (user, item) pair: the one aggregation of the events by pair, from which the
 * features of pairs and items and the tastes of users are computed. One row per pair with at least
 * one event.
 */
final class PairHistory {
  static final String STRENGTH = PairFeatures.STRENGTH;
  static final String POPULARITY = ItemFeatures.POPULARITY;
  static final String WEIGHT_LAST_7D = "weight_last_7d";
  static final String WEIGHT_28D_BEFORE = "weight_28d_before";
  static final String VIEWS = PairFeatures.VIEWS;
  static final String VIEWS_7D = PairFeatures.VIEWS_7D;
  static final String VIEWS_30D = ItemFeatures.VIEWS_30D;
  static final String VIEWS_90D = "views_90d";
  static final String FAVORITES = PairFeatures.FAVORITES;
  static final String CARTS = PairFeatures.CARTS;
  static final String PURCHASES_7D = ItemFeatures.PURCHASES_7D;
  static final String PURCHASES_30D = PairFeatures.PURCHASES_30D;
  static final String PURCHASES_90D = PairFeatures.PURCHASES_90D;
  static final String PURCHASE_DAYS = "purchase_days";
  static final String QUANTITY = PairFeatures.QUANTITY;
  static final String FIRST_AT = "first_at";
  static final String LAST_AT = "last_at";
  static final String LAST_CART_AT = "last_cart_at";

  /** Last purchase, returned or not: either closes a cart. */
  static final String LAST_CHECKOUT_AT = "last_checkout_at";

  /** First purchase that was kept. */
  static final String FIRST_PURCHASE_AT = "first_purchase_at";

  /** Last purchase that was kept. */
  static final String LAST_PURCHASE_AT = "last_purchase_at";

  static final String FIRST_PURCHASE_DATE = PairFeatures.FIRST_PURCHASE_DATE;
  static final String LAST_PURCHASE_DATE = PairFeatures.LAST_PURCHASE_DATE;

  private PairHistory() {}

  /**
   * Aggregates the events of each pair.
   *
   * @param events {@link LocalEvents} before {@code asOf.end()} with {@link Returns#KEPT}
   */
  static Dataset<Row> compute(Dataset<Row> events, AsOf asOf, FeatureConfig config) {
    Column time = col(CleanEvents.EVENT_TIME);
    Column isView = isType(EventTypes.VIEW);
    Column isPurchase = Returns.isKeptPurchase();
    Column purchaseDate = when(isPurchase, col(LocalEvents.LOCAL_DATE));
    Column weight = when(Returns.isKept(), Strength.weight(config.weights())).otherwise(0.0);
    Column isLast7 = asOf.within(time, 7);
    Column isBefore7 = asOf.within(time, 35).and(not(isLast7));
    return events
        .where(col(CleanEvents.ITEM_ID).isNotNull())
        .groupBy(CleanEvents.USER_ID, CleanEvents.ITEM_ID)
        .agg(
            Strength.total(weight.multiply(Strength.decay(asOf, config.halfLifeDays())))
                .as(STRENGTH),
            Strength.total(weight.multiply(Strength.decay(asOf, config.popularityHalfLifeDays())))
                .as(POPULARITY),
            Strength.total(when(isLast7, weight)).as(WEIGHT_LAST_7D),
            Strength.total(when(isBefore7, weight)).as(WEIGHT_28D_BEFORE),
            Counts.where(isView).as(VIEWS),
            Counts.where(isView.and(isLast7)).as(VIEWS_7D),
            Counts.where(isView.and(asOf.within(time, 30))).as(VIEWS_30D),
            Counts.where(isView.and(asOf.within(time, 90))).as(VIEWS_90D),
            Counts.where(isType(EventTypes.FAVORITE)).as(FAVORITES),
            Counts.where(isType(EventTypes.CART)).as(CARTS),
            Counts.where(isPurchase.and(isLast7)).as(PURCHASES_7D),
            Counts.where(isPurchase.and(asOf.within(time, 30))).as(PURCHASES_30D),
            Counts.where(isPurchase.and(asOf.within(time, 90))).as(PURCHASES_90D),
            count_distinct(purchaseDate).as(PURCHASE_DAYS),
            sum(when(isPurchase, col(Returns.KEPT)).otherwise(lit(0L))).as(QUANTITY),
            min(time).as(FIRST_AT),
            max(time).as(LAST_AT),
            max(when(isType(EventTypes.CART), time)).as(LAST_CART_AT),
            max(when(isType(EventTypes.PURCHASE), time)).as(LAST_CHECKOUT_AT),
            min(when(isPurchase, time)).as(FIRST_PURCHASE_AT),
            max(when(isPurchase, time)).as(LAST_PURCHASE_AT),
            min(purchaseDate).as(FIRST_PURCHASE_DATE),
            max(purchaseDate).as(LAST_PURCHASE_DATE));
  }

  private static Column isType(String type) {
    return col(CleanEvents.EVENT_TYPE).equalTo(type);
  }
}
