package dev.nightjar.export.rank;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.table.PairFeatures;
import org.apache.spark.sql.Column;

/**
 * Why an item is on a user's list, in words a shop can show to that user on the day of the push.
 * The strongest reason wins: open cart, bought before, viewed lately, favourite, viewed once, then
 * the source that proposed it. Days are counted to the day of the push, so the day that was closed
 * is yesterday.
 */
final class Reasons {
  private Reasons() {}

  /** Never null or empty, with or without pair features in the row. */
  static Column of(Column sources) {
    Column purchases = col(PairFeatures.PURCHASES);
    Column weekViews = col(PairFeatures.VIEWS_7D);
    Column views = col(PairFeatures.VIEWS);
    Column lastBought = daysAgo(PairFeatures.PURCHASE_RECENCY_DAYS);
    Column lastSeen = daysAgo(PairFeatures.RECENCY_DAYS);
    return when(col(PairFeatures.IS_CART_OPEN), lit("still in your cart"))
        .when(purchases.equalTo(1).and(lastBought.isNotNull()), concat(lit("bought "), lastBought))
        .when(
            purchases.gt(1).and(lastBought.isNotNull()),
            concat(lit("bought "), purchases.cast("string"), lit(" times, last "), lastBought))
        .when(
            weekViews.gt(1),
            concat(lit("viewed "), weekViews.cast("string"), lit(" times in the last week")))
        .when(col(PairFeatures.FAVORITES).gt(0), lit("among your favourites"))
        .when(
            views.gt(1),
            concat(lit("viewed "), views.cast("string"), lit(" times, last "), lastSeen))
        .when(views.equalTo(1), lit("viewed once"))
        .when(array_contains(sources, "als"), lit("people with your taste like it"))
        .when(array_contains(sources, "trending"), lit("trending"))
        .when(array_contains(sources, "popular"), lit("popular this week"))
        .otherwise(lit("picked for you"));
  }

  private static Column daysAgo(String ageDays) {
    Column days = floor(col(ageDays)).plus(1);
    return when(days.leq(1), lit("yesterday"))
        .when(days.isNotNull(), concat(days.cast("string"), lit(" days ago")));
  }
}
