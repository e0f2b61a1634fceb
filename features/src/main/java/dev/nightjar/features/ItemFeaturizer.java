package dev.nightjar.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.TableValues;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Features of items. */
final class ItemFeaturizer {
  /** Price bands of a shop. */
  static final int BANDS = 5;

  private static final String REPEATERS = "repeaters";
  private static final String SHOP_VIEWS = "shop_views";
  private static final String SHOP_PURCHASES = "shop_purchases";
  private static final String SHOP_BUYERS = "shop_buyers";
  private static final String SHOP_REPEATERS = "shop_repeaters";
  private static final String SHOP_ITEMS = "shop_items";
  private static final String CUTS = "cuts";

  /** Columns that are 0 for an item without events. */
  private static final List<String> COUNTED =
      List.of(
          ItemFeatures.POPULARITY,
          ItemFeatures.VIEWS_7D,
          ItemFeatures.VIEWS_30D,
          ItemFeatures.PURCHASES_7D,
          ItemFeatures.PURCHASES_30D,
          ItemFeatures.PURCHASES_90D,
          ItemFeatures.BUYERS_30D,
          ItemFeatures.BUYERS_90D,
          ItemFeatures.BUYERS,
          ItemFeatures.NEW_BUYERS_30D);

  private ItemFeaturizer() {}

  /**
   * Features of the items of a history and of the listing.
   *
   * @param history {@link PairHistory}
   * @param kinds {@link #kinds}
   */
  static Dataset<Row> fromHistory(
      Dataset<Row> history, Dataset<Row> kinds, AsOf asOf, FeatureConfig config) {
    TableValues features = ItemFeatures.TABLE.values();
    for (String counted : COUNTED) {
      features.set(counted, total(counted));
    }
    return features
        .set(
            ItemFeatures.MEAN_QUANTITY,
            Counts.ratio(col(PairHistory.QUANTITY), col(PairHistory.PURCHASE_DAYS)))
        .set(ItemFeatures.PURCHASE_RECENCY_DAYS, asOf.ageDays(col(PairHistory.LAST_PURCHASE_AT)))
        .set(ItemFeatures.CONVERSION, conversion(config))
        .set(ItemFeatures.TREND, trend(config))
        .set(ItemFeatures.SEASON_TREND, seasonTrend(config))
        .set(ItemFeatures.REPEAT_RATE, repeatRate(config))
        .set(
            ItemFeatures.AGE_DAYS,
            asOf.ageDays(least(col(Items.CREATED_AT), col(PairHistory.FIRST_AT))))
        .select(
            withShop(
                kinds.join(byItem(history, asOf), new String[] {ItemFeatures.ITEM_ID}, "left")));
  }

  /**
   * What an item is, as opposed to how it sells: {@code item_id}, {@code top_category}, {@code
   * price}, {@code price_band} and {@code created_at}. One row per item with an event or a listing.
   *
   * @param events {@code clean_events} before the moment
   * @param items {@code items} known at the moment
   */
  static Dataset<Row> kinds(Dataset<Row> events, Dataset<Row> items) {
    String listedPrice = "listed_price";
    Dataset<Row> listed =
        items.select(
            col(Items.ITEM_ID),
            nullif(trim(substring_index(col(Items.CATEGORY), "/", 1)), lit(""))
                .as(ItemFeatures.TOP_CATEGORY),
            col(Items.PRICE).as(listedPrice),
            col(Items.CREATED_AT));
    Dataset<Row> seen =
        events
            .where(col(CleanEvents.ITEM_ID).isNotNull())
            .groupBy(CleanEvents.ITEM_ID)
            .agg(LastPrice.of().as(ItemFeatures.PRICE));
    return seen.join(listed, new String[] {Items.ITEM_ID}, "full_outer")
        .withColumn(ItemFeatures.PRICE, coalesce(col(ItemFeatures.PRICE), col(listedPrice)))
        .withColumn(CUTS, priceCuts().over(allItems()))
        .withColumn(ItemFeatures.PRICE_BAND, priceBand())
        .drop(listedPrice, CUTS);
  }

  private static Dataset<Row> byItem(Dataset<Row> history, AsOf asOf) {
    Column days = col(PairHistory.PURCHASE_DAYS);
    Column lastPurchase = col(PairHistory.LAST_PURCHASE_AT);
    return history
        .groupBy(ItemFeatures.ITEM_ID)
        .agg(
            // Summed in billionths too, so that the order of the pairs does not matter.
            Strength.total(col(PairHistory.POPULARITY)).as(PairHistory.POPULARITY),
            Strength.total(col(PairHistory.WEIGHT_LAST_7D)).as(PairHistory.WEIGHT_LAST_7D),
            Strength.total(col(PairHistory.WEIGHT_28D_BEFORE)).as(PairHistory.WEIGHT_28D_BEFORE),
            sum(PairHistory.VIEWS_7D).as(PairHistory.VIEWS_7D),
            sum(PairHistory.VIEWS_30D).as(PairHistory.VIEWS_30D),
            sum(PairHistory.VIEWS_90D).as(PairHistory.VIEWS_90D),
            sum(PairHistory.PURCHASES_7D).as(PairHistory.PURCHASES_7D),
            sum(PairHistory.PURCHASES_30D).as(PairHistory.PURCHASES_30D),
            sum(PairHistory.PURCHASES_90D).as(PairHistory.PURCHASES_90D),
            Counts.where(asOf.within(lastPurchase, 30)).as(ItemFeatures.BUYERS_30D),
            Counts.where(asOf.within(lastPurchase, 90)).as(ItemFeatures.BUYERS_90D),
            Counts.where(days.geq(1)).as(ItemFeatures.BUYERS),
            Counts.where(asOf.within(col(PairHistory.FIRST_PURCHASE_AT), 30))
                .as(ItemFeatures.NEW_BUYERS_30D),
            sum(PairHistory.QUANTITY).as(PairHistory.QUANTITY),
            sum(days).as(PairHistory.PURCHASE_DAYS),
            max(lastPurchase).as(PairHistory.LAST_PURCHASE_AT),
            Counts.where(days.geq(2)).as(REPEATERS),
            min(PairHistory.FIRST_AT).as(PairHistory.FIRST_AT));
  }

  /** Adds the columns that depend on all items of the shop. */
  private static Dataset<Row> withShop(Dataset<Row> items) {
    WindowSpec all = allItems();
    return items
        .withColumn(SHOP_VIEWS, sum(PairHistory.VIEWS_90D).over(all))
        .withColumn(SHOP_PURCHASES, sum(PairHistory.PURCHASES_90D).over(all))
        .withColumn(SHOP_BUYERS, sum(ItemFeatures.BUYERS).over(all))
        .withColumn(SHOP_REPEATERS, sum(REPEATERS).over(all))
        .withColumn(SHOP_ITEMS, count(lit(1)).over(all));
  }

  /**
   * One task for all items: they are few compared with the events, and a join would read those
   * again.
   */
  private static WindowSpec allItems() {
    return Window.partitionBy();
  }

  private static Column priceCuts() {
    Column[] fifths = new Column[BANDS - 1];
    for (int cut = 1; cut < BANDS; cut++) {
      fifths[cut - 1] = lit(cut / (double) BANDS);
    }
    // Exact, not approximate: an approximation may depend on the order of the rows.
    return percentile(col(ItemFeatures.PRICE), array(fifths));
  }

  /** The number of cuts below the price, so that items of equal price share a band. */
  private static Column priceBand() {
    Column band = lit(0);
    for (int cut = 1; cut < BANDS; cut++) {
      band = band.plus(col(ItemFeatures.PRICE).gt(element_at(col(CUTS), lit(cut))).cast("int"));
    }
    return when(col(ItemFeatures.PRICE).isNotNull(), band);
  }

  /**
   * Purchases over views. A shop without views has no such rate; there it is the item's share of
   * all purchases, the only evidence there is of how well it sells.
   */
  private static Column conversion(FeatureConfig config) {
    Column purchases = total(PairHistory.PURCHASES_90D);
    double k = config.conversionSmoothing();
    Column shopRate = Counts.share(col(SHOP_PURCHASES), col(SHOP_VIEWS), lit(0.0));
    Column ofViews =
        Counts.shrunk(purchases, total(PairHistory.VIEWS_90D), least(shopRate, lit(1.0)), k);
    Column ofPurchases =
        Counts.shrunk(
            purchases, coalesce(col(SHOP_PURCHASES), lit(0L)), lit(1.0).divide(col(SHOP_ITEMS)), k);
    return least(when(col(SHOP_VIEWS).gt(0), ofViews).otherwise(ofPurchases), lit(1.0));
  }

  private static Column trend(FeatureConfig config) {
    Column recent = total(PairHistory.WEIGHT_LAST_7D).divide(7.0);
    Column before = total(PairHistory.WEIGHT_28D_BEFORE).divide(28.0);
    return log(recent.plus(config.trendSmoothing()).divide(before.plus(config.trendSmoothing())));
  }

  private static Column seasonTrend(FeatureConfig config) {
    double smoothing = config.trendSmoothing() / config.weights().purchase();
    Column month = total(PairHistory.PURCHASES_30D).divide(30.0);
    Column quarter = total(PairHistory.PURCHASES_90D).divide(90.0);
    return log(month.plus(smoothing).divide(quarter.plus(smoothing)));
  }

  private static Column repeatRate(FeatureConfig config) {
    Column shopRate = Counts.share(col(SHOP_REPEATERS), col(SHOP_BUYERS), lit(0.0));
    return Counts.shrunk(
        total(REPEATERS), total(ItemFeatures.BUYERS), shopRate, config.repeatSmoothing());
  }

  /** A sum over pairs; 0 for an item without events. */
  private static Column total(String column) {
    return coalesce(col(column), lit(0));
  }
}
