package dev.nightjar.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.UserFeatures;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** How the strength of a user falls on categories and price bands. */
final class Taste {
  /** Share of the user's strength in the category; above 0 and at most 1. */
  static final String SHARE = "share";

  static final String[] BAND_NAMES = Counts.names("band_", ItemFeaturizer.BANDS);

  private static final String RANK = "rank";
  private static final String ALL = "all_strength";

  private Taste() {}

  /**
   * Strongest categories of each user.
   *
   * @param history {@link PairHistory}
   * @param kinds {@link ItemFeaturizer#kinds}
   * @return one row per (user, category) among the user's strongest: {@code user_id}, {@code
   *     top_category}, {@code share} and {@code rank} from 1
   */
  static Dataset<Row> categories(Dataset<Row> history, Dataset<Row> kinds, FeatureConfig config) {
    Column strength = col(PairHistory.STRENGTH);
    Column all = Strength.totalOver(strength, Window.partitionBy(UserFeatures.USER_ID));
    Column rank =
        row_number()
            .over(
                Window.partitionBy(UserFeatures.USER_ID)
                    // Without a category last: it counts in the whole and is no taste.
                    .orderBy(
                        col(ItemFeatures.TOP_CATEGORY).isNull(),
                        strength.desc(),
                        col(ItemFeatures.TOP_CATEGORY)));
    return history
        .join(kinds, new String[] {ItemFeatures.ITEM_ID}, "left")
        .groupBy(UserFeatures.USER_ID, ItemFeatures.TOP_CATEGORY)
        .agg(Strength.total(strength).as(PairHistory.STRENGTH))
        .withColumn(ALL, all)
        .withColumn(RANK, rank)
        .where(
            col(ItemFeatures.TOP_CATEGORY)
                .isNotNull()
                .and(col(RANK).leq(config.topCategories()))
                .and(strength.gt(0)))
        .select(
            col(UserFeatures.USER_ID),
            col(ItemFeatures.TOP_CATEGORY),
            strength.divide(col(ALL)).as(SHARE),
            col(RANK));
  }

  /** One row per user: {@code user_id}, {@code category_taste}. */
  static Dataset<Row> categoryMaps(Dataset<Row> categories) {
    Column ranked =
        sort_array(collect_list(struct(col(RANK), col(ItemFeatures.TOP_CATEGORY), col(SHARE))));
    Column entries =
        transform(
            ranked,
            entry -> struct(entry.getField(ItemFeatures.TOP_CATEGORY), entry.getField(SHARE)));
    return categories
        .groupBy(UserFeatures.USER_ID)
        .agg(map_from_entries(entries).as(UserFeatures.CATEGORY_TASTE));
  }

  /** Aggregates of one user's pairs: strength by price band, named by {@link #BAND_NAMES}. */
  static Column[] bands() {
    return IntStream.range(0, BAND_NAMES.length)
        .mapToObj(
            band -> {
              Column isBand = col(ItemFeatures.PRICE_BAND).equalTo(band);
              return Strength.total(when(isBand, col(PairHistory.STRENGTH))).as(BAND_NAMES[band]);
            })
        .toArray(Column[]::new);
  }
}
