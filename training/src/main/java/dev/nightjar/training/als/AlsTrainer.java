package dev.nightjar.training.als;

import static org.apache.spark.sql.functions.col;

import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.UserFactors;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** Fits implicit-feedback ALS (Hu, Koren and Volinsky 2008) to the strength of pairs. */
public final class AlsTrainer {
  private static final Set<String> FITTED = Set.of("userFactors", "itemFactors");

  private AlsTrainer() {}

  /**
   * Fits the factors. The same pairs and settings give the same factors, whatever the order of the
   * rows.
   *
   * @param pairFeatures {@code pair_features}; pairs without strength are left out
   * @return factors of every user and item that has a pair, checkpointed, so that using them only
   *     reads them; no rows when there is no pair
   * @throws IllegalStateException when the Spark context has no checkpoint directory
   */
  public static AlsFactors train(Dataset<Row> pairFeatures, AlsConfig config) {
    SparkSession spark = pairFeatures.sparkSession();
    if (spark.sparkContext().getCheckpointDir().isEmpty()) {
      throw new IllegalStateException(
          "als needs a checkpoint directory, the Spark context has none; set one before training");
    }
    Dataset<Row> pairs =
        pairFeatures
            .where(col(PairFeatures.STRENGTH).gt(0))
            .select(
                col(PairFeatures.USER_ID),
                col(PairFeatures.ITEM_ID),
                col(PairFeatures.STRENGTH).cast(DataTypes.FloatType))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long count = pairs.count();
      if (count == 0) {
        return new AlsFactors(
            spark.createDataFrame(List.of(), UserFactors.SCHEMA),
            spark.createDataFrame(List.of(), ItemFactors.SCHEMA));
      }
      int blocks = config.blocks(count);
      return config.engine() == AlsConfig.Engine.VECTOR && blocks <= OneTaskAls.MOST_BLOCKS
          ? OneTaskAls.fit(pairs, blocks, config)
          : trainOn(pairs, blocks, config);
    } finally {
      pairs.unpersist();
    }
  }

  static AlsFactors trainOn(Dataset<Row> pairs, int blocks, AlsConfig config) {
    Dataset<Row> userIndex =
        index(pairs, UserFactors.USER_ID, UserFactors.USER_INDEX)
            .persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> itemIndex =
        index(pairs, ItemFactors.ITEM_ID, ItemFactors.ITEM_INDEX)
            .persist(StorageLevel.MEMORY_AND_DISK());
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(pairs.sparkSession().sparkContext());
    Dataset<Row> ratings = ratings(pairs, userIndex, itemIndex);
    Set<Integer> persistedBefore = Set.copyOf(context.getPersistentRDDs().keySet());
    try {
      ratings.persist(StorageLevel.MEMORY_AND_DISK());
      IndexedFactors fitted =
          switch (config.engine()) {
            case VECTOR -> GradientAls.fit(ratings, blocks, config);
            case MLLIB -> MllibAls.fit(ratings, blocks, config);
          };
      return new AlsFactors(
          factors(fitted.users(), userIndex, UserFactors.USER_INDEX, UserFactors.SCHEMA),
          factors(fitted.items(), itemIndex, ItemFactors.ITEM_INDEX, ItemFactors.SCHEMA));
    } finally {
      // The factors stay persisted while they are read; MLlib offers no way to release its own.
      context
          .getPersistentRDDs()
          .forEach(
              (id, kept) -> {
                if (!persistedBefore.contains(id) && FITTED.contains(kept.name())) {
                  kept.unpersist(false);
                }
              });
      ratings.unpersist();
      userIndex.unpersist();
      itemIndex.unpersist();
    }
  }

  /** Dense index from 0 by order of id; an RDD, since row_number would need one partition. */
  private static Dataset<Row> index(Dataset<Row> pairs, String id, String index) {
    JavaRDD<Row> indexed =
        pairs
            .select(id)
            .distinct()
            .sort(id)
            .javaRDD()
            .zipWithIndex()
            .map(row -> RowFactory.create(row._1().getString(0), Math.toIntExact(row._2())));
    StructType schema =
        new StructType().add(id, DataTypes.StringType).add(index, DataTypes.IntegerType);
    return pairs.sparkSession().createDataFrame(indexed, schema);
  }

  private static Dataset<Row> ratings(
      Dataset<Row> pairs, Dataset<Row> userIndex, Dataset<Row> itemIndex) {
    return pairs
        .join(userIndex, new String[] {UserFactors.USER_ID}, "inner")
        .join(itemIndex, new String[] {ItemFactors.ITEM_ID}, "inner")
        .select(UserFactors.USER_INDEX, ItemFactors.ITEM_INDEX, PairFeatures.STRENGTH);
  }

  private static Dataset<Row> factors(
      Dataset<Row> learned, Dataset<Row> index, String indexColumn, StructType schema) {
    return index
        .join(
            learned
                .withColumnRenamed(IndexedFactors.INDEX, indexColumn)
                .withColumnRenamed(IndexedFactors.FACTORS, UserFactors.FACTORS),
            new String[] {indexColumn},
            "inner")
        .select(schema.fieldNames()[0], schema.fieldNames()[1], schema.fieldNames()[2])
        .checkpoint(true);
  }
}
