package dev.nightjar.export.rank;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.table.Candidates;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Sorts every user's candidates and says in words why each is there. */
public final class Ranker {
  private static final int SCORE_DECIMALS = 9;
  private static final String[] PAIR = {PairFeatures.USER_ID, PairFeatures.ITEM_ID};

  private Ranker() {}

  /**
   * Keeps the best items of every user.
   *
   * <p>The score is the purchase probability times the price to the power of {@code
   * rank.price_power}, rounded to 9 decimals so that equal scores are equal; ties go to the smaller
   * item id.
   *
   * @param scored {@code candidates} with a column {@code purchase_probability}
   * @param pairFeatures {@code pair_features} of the same night
   * @param items {@code items} of the same night; a candidate that is not among them stays
   * @return {@code ranked_items}, unordered
   */
  public static Dataset<Row> rank(
      Dataset<Row> scored, Dataset<Row> pairFeatures, Dataset<Row> items, RankConfig config) {
    Dataset<Row> best = keepBest(scored, items, config);
    // Words are needed for the kept rows alone, so the pairs are joined after the cut.
    return best.join(words(pairFeatures), PAIR, "left")
        .select(
            col(RankedItems.USER_ID),
            col(RankedItems.RANK),
            col(RankedItems.ITEM_ID),
            col(RankedItems.PURCHASE_PROBABILITY),
            col(RankedItems.SCORE),
            col(RankedItems.SOURCES),
            Reasons.of(col(RankedItems.SOURCES)).as(RankedItems.REASON));
  }

  private static Dataset<Row> keepBest(Dataset<Row> scored, Dataset<Row> items, RankConfig config) {
    Column order =
        row_number()
            .over(
                Window.partitionBy(Candidates.USER_ID)
                    .orderBy(col(RankedItems.SCORE).desc(), col(Candidates.ITEM_ID).asc()));
    Dataset<Row> offered = items.select(Items.ITEM_ID, Items.PRICE, Items.STOCK);
    Column inStock =
        config.excludesOutOfStock() ? coalesce(col(Items.STOCK).gt(0), lit(true)) : lit(true);
    return scored
        .select(
            col(Candidates.USER_ID),
            col(Candidates.ITEM_ID),
            array_sort(col(Candidates.SOURCES)).as(RankedItems.SOURCES),
            col(RankedItems.PURCHASE_PROBABILITY))
        .join(offered, new String[] {Items.ITEM_ID}, "left")
        .where(inStock)
        .withColumn(RankedItems.SCORE, score(config.pricePower()))
        .withColumn(RankedItems.RANK, order)
        .where(col(RankedItems.RANK).leq(config.itemsPerUser()));
  }

  private static Column score(double pricePower) {
    Column probability = col(RankedItems.PURCHASE_PROBABILITY);
    if (pricePower == 0) {
      return round(probability, SCORE_DECIMALS);
    }
    Column price = when(col(Items.PRICE).gt(0), col(Items.PRICE)).otherwise(1.0);
    return round(probability.multiply(pow(price, lit(pricePower))), SCORE_DECIMALS);
  }

  private static Dataset<Row> words(Dataset<Row> pairFeatures) {
    return pairFeatures.select(
        PairFeatures.USER_ID,
        PairFeatures.ITEM_ID,
        PairFeatures.IS_CART_OPEN,
        PairFeatures.PURCHASES,
        PairFeatures.PURCHASE_RECENCY_DAYS,
        PairFeatures.VIEWS,
        PairFeatures.VIEWS_7D,
        PairFeatures.FAVORITES,
        PairFeatures.RECENCY_DAYS);
  }
}
