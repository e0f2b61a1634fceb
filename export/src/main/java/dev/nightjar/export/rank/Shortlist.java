package dev.nightjar.export.rank;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.intent.model.IntentModel;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/** The items that may be shown to each user, by score. */
final class Shortlist {
  /** Columns that reasons use, besides the names of the sources. */
  static final List<String> PAIR_FACTS =
      List.of(
          PairFeatures.IS_CART_OPEN,
          PairFeatures.PURCHASES,
          PairFeatures.PURCHASE_RECENCY_DAYS,
          PairFeatures.PURCHASE_GAP_DAYS,
          PairFeatures.VIEWS,
          PairFeatures.VIEWS_7D,
          PairFeatures.FAVORITES);

  /** Days since the item was first offered or seen. */
  static final String ITEM_AGE_DAYS = "item_age_days";

  private static final int SCORE_DECIMALS = 9;
  private static final String NEW_RANK = "new_rank";
  private static final String[] PAIR = {RankedItems.USER_ID, RankedItems.ITEM_ID};

  private Shortlist() {}

  /**
   * The best items of every user and the best among those the user never bought, best first.
   *
   * @return user_id, item_id, sources, purchase_probability, score, rank, the pair's facts,
   *     because_item_id, because_source, category, item_age_days
   */
  static Dataset<Row> of(Dataset<Row> scored, RankInputs inputs, RankConfig config) {
    Snapshot tonight = inputs.tonight();
    Dataset<Row> offered =
        asScored(scored)
            .join(pairs(tonight.pairFeatures()), PAIR, "left_outer")
            .join(items(tonight), new String[] {Items.ITEM_ID}, "left_outer")
            .where(isOffered(config))
            .withColumn(RankedItems.SCORE, score(config.pricePower()));
    Dataset<Row> remembered =
        config.remembersPushes()
            ? PushMemory.apply(offered, inputs.pushes(), tonight.asOf(), config, RankedItems.SCORE)
            : offered;
    return best(
        remembered.withColumn(RankedItems.SCORE, round(col(RankedItems.SCORE), SCORE_DECIMALS)),
        config);
  }

  private static Dataset<Row> asScored(Dataset<Row> scored) {
    return scored.select(
        col(RankedItems.USER_ID),
        col(RankedItems.ITEM_ID),
        array_sort(col(RankedItems.SOURCES)).as(RankedItems.SOURCES),
        col(RankedItems.PURCHASE_PROBABILITY),
        col(IntentModel.ORDER_SCORE),
        col(Candidates.BECAUSE_ITEM_ID),
        col(Candidates.BECAUSE_SOURCE));
  }

  private static Dataset<Row> pairs(Dataset<Row> pairFeatures) {
    List<Column> columns = new ArrayList<>(List.of(col(PAIR[0]), col(PAIR[1])));
    PAIR_FACTS.forEach(name -> columns.add(col(name)));
    return pairFeatures.select(columns.toArray(Column[]::new));
  }

  private static Dataset<Row> items(Snapshot tonight) {
    return tonight
        .items()
        .select(
            Items.ITEM_ID,
            Items.PRICE,
            Items.STOCK,
            Items.CATEGORY,
            Items.IS_ACTIVE,
            Items.IS_LISTED)
        .join(
            tonight
                .itemFeatures()
                .select(
                    col(ItemFeatures.ITEM_ID),
                    col(ItemFeatures.REPEAT_RATE),
                    col(ItemFeatures.AGE_DAYS).as(ITEM_AGE_DAYS)),
            new String[] {Items.ITEM_ID},
            "left_outer");
  }

  private static Column isOffered(RankConfig config) {
    Column isSoldOut =
        config.excludeOutOfStock() ? coalesce(col(Items.STOCK).leq(0), lit(false)) : lit(false);
    return not(isSoldOut).and(isGoods(config)).and(not(isStillInUse(config)));
  }

  /** What the shop sells, and no postage, fee or sample. */
  private static Column isGoods(RankConfig config) {
    Column isGoods = coalesce(col(Items.IS_ACTIVE), lit(true));
    for (String pattern : config.excludeItems()) {
      isGoods = isGoods.and(not(col(Items.ITEM_ID).rlike("(?i)^(?:" + pattern + ")$")));
    }
    return config.onlyListedItems()
        ? isGoods.and(coalesce(col(Items.IS_LISTED), lit(false)))
        : isGoods;
  }

  /** Bought recently, seldom bought again by anyone, and not put in the cart again. */
  private static Column isStillInUse(RankConfig config) {
    Column isDurable = col(ItemFeatures.REPEAT_RATE).lt(config.durableRepeatRate());
    Column isRecent =
        col(PairFeatures.PURCHASES)
            .gt(0)
            .and(col(PairFeatures.PURCHASE_RECENCY_DAYS).lt(config.durableDays()));
    return coalesce(isDurable.and(isRecent).and(not(col(PairFeatures.IS_CART_OPEN))), lit(false));
  }

  private static Column score(double pricePower) {
    Column order = col(IntentModel.ORDER_SCORE);
    if (pricePower == 0) {
      return order;
    }
    Column price = when(col(Items.PRICE).gt(0), col(Items.PRICE)).otherwise(1.0);
    return order.multiply(pow(price, lit(pricePower)));
  }

  /** All windows share their partitioning and order, so that they cost one shuffle and one sort. */
  private static Dataset<Row> best(Dataset<Row> offered, RankConfig config) {
    WindowSpec byScore =
        Window.partitionBy(RankedItems.USER_ID)
            .orderBy(col(RankedItems.SCORE).desc(), col(RankedItems.ITEM_ID).asc());
    Column isNew = coalesce(col(PairFeatures.PURCHASES).leq(0), lit(true));
    WindowSpec upToHere = byScore.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    return offered
        .drop(
            Items.PRICE,
            Items.STOCK,
            Items.IS_ACTIVE,
            Items.IS_LISTED,
            ItemFeatures.REPEAT_RATE,
            IntentModel.ORDER_SCORE)
        .withColumn(RankedItems.RANK, row_number().over(byScore))
        .withColumn(NEW_RANK, sum(isNew.cast(DataTypes.IntegerType)).over(upToHere))
        .where(
            col(RankedItems.RANK)
                .leq(config.itemsPerUser())
                .or(isNew.and(col(NEW_RANK).leq(config.newItemsPerUser()))))
        .drop(NEW_RANK)
        .withColumn(RankedItems.RANK, row_number().over(byScore));
  }
}
