package dev.nightjar.training.als;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.rand;

import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.TestSettings;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/**
 * Times ALS on a generated matrix and prints a line of JSON a fit, the first one cold. Users are
 * uniform, an item is the third power of a uniform number, so that few items have most pairs;
 * doubles are merged.
 *
 * <p>Arguments: engine, users, items, events, rank, fits. {@code scripts/bench als-fit} runs it.
 */
public final class AlsBench {
  private AlsBench() {}

  public static void main(String[] arguments) {
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
      System.out.printf(
          "{\"engine\": \"%s\", \"users\": %d, \"items\": %d, \"pairs\": %d, \"rank\": %s,"
              + " \"fit_s\": %.2f}%n",
          arguments[0],
          factors.users().count(),
          factors.items().count(),
          count,
          arguments[4],
          seconds);
    }
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
