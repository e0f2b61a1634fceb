package dev.nightjar.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.table.PairFeatures;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Features of (user, item) pairs with history. */
final class PairFeaturizer {
  private PairFeaturizer() {}

  /** Table {@code pair_features}: one row per pair of {@link Taste#ofPairs}, unordered. */
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
