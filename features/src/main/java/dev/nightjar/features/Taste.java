package dev.nightjar.features;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.UserFeatures;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** How the strength of a user is spread over categories and price bands. */
final class Taste {
  static final String[] BAND_NAMES = Counts.names("band_", ItemFeaturizer.BANDS);

  /**
   * Share of the user's strength in the item's category; null where that category is not one of the
   * user's tastes.
   */
  private static final String SHARE = "share";

  /** Strength of one user in items with a price. */
  static final String PRICED = "priced_strength";

  private static final String RANK = "rank";
  private static final String WHOLE = "whole_strength";
  private static final String IN_CATEGORY = "category_strength";

  private Taste() {}

  /**
   * Adds to each pair the kind of its item and the share of the user's strength in its category.
   *
   * @param history {@link PairHistory}
   * @param kinds {@link ItemFeaturizer#kinds}
   */
  static Dataset<Row> ofPairs(Dataset<Row> history, Dataset<Row> kinds, FeatureConfig config) {
    Column strength = col(PairHistory.STRENGTH);
    Column user = col(PairFeatures.USER_ID);
    Column category = col(ItemFeatures.TOP_CATEGORY);
    WindowSpec byUser = Window.partitionBy(user);
    // Items without a category come last: they count in the total but are no taste.
    WindowSpec strongestFirst =
        byUser.orderBy(category.isNull(), col(IN_CATEGORY).desc(), category);
    Column isTaste =
        category.isNotNull().and(col(IN_CATEGORY).gt(0)).and(col(RANK).leq(config.topCategories()));
    return history
        // Broadcast: a join by item would send the pairs of a best-seller to one task.
        .join(broadcast(kinds), new String[] {PairFeatures.ITEM_ID}, "left")
        // One exchange for the three windows, and for the aggregation by user after them.
        .repartition(user)
        .withColumn(IN_CATEGORY, Strength.totalOver(strength, Window.partitionBy(user, category)))
        .withColumn(WHOLE, Strength.totalOver(strength, byUser))
        .withColumn(RANK, dense_rank().over(strongestFirst))
        .withColumn(SHARE, when(isTaste, col(IN_CATEGORY).divide(col(WHOLE))));
  }

  /**
   * The share of a row of {@link #ofPairs}; null where the category is not one of the user's
   * tastes.
   */
  static Column share() {
    return col(SHARE);
  }

  /** Aggregate over the pairs of one user: shares by category, largest first. */
  static Column categories() {
    Column entry = struct(col(RANK), col(ItemFeatures.TOP_CATEGORY), col(SHARE));
    return map_from_entries(
            transform(
                sort_array(collect_set(when(col(SHARE).isNotNull(), entry))),
                ranked ->
                    struct(ranked.getField(ItemFeatures.TOP_CATEGORY), ranked.getField(SHARE))))
        .as(UserFeatures.CATEGORY_TASTE);
  }

  /**
   * Aggregates over the pairs of one user: strength by price band, as {@link #BAND_NAMES}, and
   * {@link #PRICED}.
   */
  static List<Column> bands() {
    Column strength = col(PairHistory.STRENGTH);
    Column band = col(ItemFeatures.PRICE_BAND);
    List<Column> bands = new ArrayList<>();
    for (int i = 0; i < BAND_NAMES.length; i++) {
      bands.add(Strength.total(when(band.equalTo(i), strength)).as(BAND_NAMES[i]));
    }
    bands.add(Strength.total(when(band.isNotNull(), strength)).as(PRICED));
    return bands;
  }
}
