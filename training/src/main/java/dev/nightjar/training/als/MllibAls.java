package dev.nightjar.training.als;

import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.UserFactors;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Spark MLlib's ALS. Its first factors depend on the number of blocks. */
final class MllibAls {
  private MllibAls() {}

  /**
   * Fits the factors.
   *
   * @param ratings user_index, item_index, strength; each pair once
   */
  static IndexedFactors fit(Dataset<Row> ratings, int blocks, AlsConfig config) {
    ALSModel model =
        new ALS()
            .setImplicitPrefs(true)
            .setRank(config.rank())
            .setMaxIter(config.iterations())
            .setRegParam(config.regularization())
            .setAlpha(config.alpha())
            .setNumBlocks(blocks)
            .setCheckpointInterval(config.checkpointInterval())
            .setSeed(config.seed())
            .setUserCol(UserFactors.USER_INDEX)
            .setItemCol(ItemFactors.ITEM_INDEX)
            .setRatingCol(PairFeatures.STRENGTH)
            .fit(sorted(ratings, blocks));
    return new IndexedFactors(model.userFactors(), model.itemFactors());
  }

  /** MLlib sums a user's pairs in the order they arrive. */
  private static Dataset<Row> sorted(Dataset<Row> ratings, int blocks) {
    return ratings
        .repartition(blocks, ratings.col(UserFactors.USER_INDEX))
        .sortWithinPartitions(UserFactors.USER_INDEX, ItemFactors.ITEM_INDEX);
  }
}
