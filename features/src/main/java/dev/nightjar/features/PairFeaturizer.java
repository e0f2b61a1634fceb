package dev.nightjar.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.table.LocalEvents;
import dev.nightjar.features.table.PairFeatures;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Features of (user, item) pairs with history. */
public final class PairFeaturizer {
  private PairFeaturizer() {}

  /**
   * Computes {@code pair_features} of a moment.
   *
   * @param events {@link LocalEvents} with their returns; what is later than the moment is ignored
   * @param items {@code items}; those created later are ignored
   * @return {@code pair_features}: one row per (user, item) with an event, unordered
   */
  public static Dataset<Row> compute(
      Dataset<Row> events, Dataset<Row> items, AsOf asOf, FeatureConfig config) {
    Dataset<Row> known = Known.events(events, asOf);
    Dataset<Row> history = PairHistory.compute(Returns.withKept(known), asOf, config);
    Dataset<Row> kinds = ItemFeaturizer.kinds(known, Known.items(items, asOf));
    return fromTastes(Taste.ofPairs(history, kinds, config), asOf);
  }

  /**
   * A user's share of strength in the category of an item, for pairs with and without history
   * alike.
   *
   * @param taste {@code category_taste} of the user; null for a user without features
   * @param topCategory {@code top_category} of the item; may be null
   * @return 0 to 1; 0 where the category is none of the user's strongest
   */
  public static Column categoryAffinity(Column taste, Column topCategory) {
    return coalesce(taste.getItem(topCategory), lit(0.0));
  }

  /** Features of the pairs of {@link Taste#ofPairs}. */
  static Dataset<Row> fromTastes(Dataset<Row> tastes, AsOf asOf) {
    Column days = col(PairHistory.PURCHASE_DAYS);
    Column span =
        datediff(col(PairHistory.LAST_PURCHASE_DATE), col(PairHistory.FIRST_PURCHASE_DATE));
    Column lastCart = col(PairHistory.LAST_CART_AT);
    Column lastCheckout = col(PairHistory.LAST_CHECKOUT_AT);
    Column isCartOpen =
        lastCart.isNotNull().and(lastCheckout.isNull().or(lastCheckout.lt(lastCart)));
    return PairFeatures.TABLE
        .values()
        .set(PairFeatures.PURCHASES, days)
        .set(PairFeatures.RECENCY_DAYS, asOf.ageDays(col(PairHistory.LAST_AT)))
        .set(PairFeatures.PURCHASE_RECENCY_DAYS, asOf.ageDays(col(PairHistory.LAST_PURCHASE_AT)))
        .set(PairFeatures.PURCHASE_GAP_DAYS, when(days.geq(2), span.divide(days.minus(1))))
        .set(PairFeatures.IS_CART_OPEN, isCartOpen)
        .set(PairFeatures.CATEGORY_AFFINITY, coalesce(Taste.share(), lit(0.0)))
        .select(tastes);
  }
}
