package dev.nightjar.training.als;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.rand;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.TestSettings;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.item.ItemMatrix;
import dev.nightjar.training.candidate.item.Shelf;
import dev.nightjar.training.candidate.matrix.Best;
import dev.nightjar.training.candidate.matrix.Sharing;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.UserFactors;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/**
 * Times ALS on a generated matrix, and finding the 100 nearest items of each user as the source als
 * does it, and prints a line of JSON a run, the first one cold. Users are uniform, an item is the
 * third power of a uniform number, so that few items have most pairs; doubles are merged.
 *
 * <p>Arguments: engine, users, items, events, rank, runs. {@code scripts/bench als-fit} and {@code
 * top-k} run it.
 */
public final class AlsBench {
  private static final int NEAREST = 100;

  private AlsBench() {}

  public static void main(String[] arguments) {
    TestSpark.compilePlans();
    int users = Integer.parseInt(arguments[1]);
    int items = Integer.parseInt(arguments[2]);
    int events = Integer.parseInt(arguments[3]);
    AlsConfig config =
        TestSettings.als(
            "engine = " + arguments[0],
            "rank = " + arguments[4],
            "iterations = 10",
            "alpha = 1",
            "regularization = 0.05");
    TestSettings.setCheckpointDirectory();
    String table = Path.of("target", "als-bench").toString();
    pairs(users, items, events).write().mode(SaveMode.Overwrite).parquet(table);
    Dataset<Row> pairs = TestSpark.session().read().parquet(table);
    long count = pairs.count();
    for (int fit = 0; fit < Integer.parseInt(arguments[5]); fit++) {
      long begun = System.nanoTime();
      AlsFactors factors = AlsTrainer.train(pairs, config);
      double seconds = (System.nanoTime() - begun) / 1e9;
      long topBegun = System.nanoTime();
      findTop(factors);
      double topSeconds = (System.nanoTime() - topBegun) / 1e9;
      System.out.printf(
          "{\"engine\": \"%s\", \"users\": %d, \"items\": %d, \"pairs\": %d, \"rank\": %s,"
              + " \"fit_s\": %.2f, \"top_s\": %.2f}%n",
          arguments[0],
          factors.users().count(),
          factors.items().count(),
          count,
          arguments[4],
          seconds,
          topSeconds);
    }
  }

  private static void findTop(AlsFactors factors) {
    Dataset<Row> items = factors.items().select(ItemFactors.ITEM_ID);
    Dataset<Row> listed =
        items
            .withColumn(Items.STOCK, lit(1L))
            .withColumn(Items.CREATED_AT, lit(null).cast("timestamp"))
            .withColumn(Items.TITLE, lit("title"))
            .withColumn(Items.CATEGORY, lit("category"))
            .withColumn(Items.BRAND, lit("brand"));
    Dataset<Row> popular = items.withColumn(ItemFeatures.POPULARITY, lit(0.0));
    AsOf now = new AsOf(LocalDate.of(2026, 3, 1), ZoneOffset.UTC);
    Snapshot snapshot = new Snapshot(now, items, listed, items, items, items, popular, items);
    Broadcast<ItemIndex> shared =
        Sharing.of(items).broadcast(Shelf.collect(snapshot, Best.MOST_ITEMS).index());
    ItemIndex index = shared.value();
    ItemMatrix matrix = ItemMatrix.collect(factors.items(), shared);
    ForeachPartitionFunction<Row> find =
        users -> {
          Best best = new Best(NEAREST);
          float[] products = new float[index.size()];
          while (users.hasNext()) {
            matrix.multiply(users.next().getList(0), products);
            for (int item = 0; item < products.length; item++) {
              best.offer(item, products[item]);
            }
            if (best.takeAll().length != Math.min(NEAREST, products.length)) {
              throw new IllegalStateException("a user has too few items");
            }
          }
        };
    factors.users().select(UserFactors.FACTORS).foreachPartition(find);
  }

  private static Dataset<Row> pairs(int users, int items, int events) {
    return TestSpark.session()
        .range(0, events, 1, 8)
        .select(
            concat(lit("u"), floor(rand(1).multiply(users)).cast("string"))
                .as(PairFeatures.USER_ID),
            concat(lit("i"), floor(pow(rand(2), lit(3)).multiply(items)).cast("string"))
                .as(PairFeatures.ITEM_ID))
        .distinct()
        .withColumn(PairFeatures.STRENGTH, lit(1.0));
  }
}
