package dev.nightjar.training.intent.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.TestSpark;
import dev.nightjar.training.TestSettings;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.intent.Examples;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.intent.IntentFeatures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/**
 * Times fitting and scoring of both sets of trees on a generated matrix of the real width, and
 * prints a line of JSON a run, the first one cold. Features are uniform; three of them decide about
 * a purchase. A user has 100 candidates.
 *
 * <p>Arguments: rows, trees, runs. {@code scripts/bench intent-fit} and {@code intent-score} run
 * it.
 */
public final class IntentBench {
  private static final int CANDIDATES = 100;

  private IntentBench() {}

  public static void main(String[] arguments) {
    TestSpark.compilePlans();
    int rows = Integer.parseInt(arguments[0]);
    IntentConfig config = TestSettings.intent("trees = " + arguments[1]);
    String table = Path.of("target", "intent-bench").toString();
    matrix(rows).write().mode(SaveMode.Overwrite).parquet(table);
    Dataset<Row> matrix = TestSpark.session().read().parquet(table);
    for (int run = 0; run < Integer.parseInt(arguments[2]); run++) {
      long begun = System.nanoTime();
      RawScorer trees = RawScorer.fit(matrix, config);
      long fitted = System.nanoTime();
      trees.score(matrix).write().format("noop").mode(SaveMode.Overwrite).save();
      System.out.printf(
          "{\"rows\": %d, \"features\": %d, \"trees\": %s, \"fit_s\": %.2f, \"score_s\": %.2f}%n",
          rows,
          IntentFeatures.NAMES.size(),
          arguments[1],
          (fitted - begun) / 1e9,
          (System.nanoTime() - fitted) / 1e9);
    }
  }

  private static Dataset<Row> matrix(int rows) {
    Dataset<Row> drawn =
        TestSpark.session()
            .range(0, rows, 1, 8)
            .withColumn(
                Candidates.USER_ID,
                concat(lit("u"), floor(col("id").divide(CANDIDATES)).cast("string")))
            .withColumn(Candidates.ITEM_ID, concat(lit("i"), col("id").mod(CANDIDATES)));
    List<Column> columns = new ArrayList<>(List.of(col("*")));
    for (int feature = 0; feature < IntentFeatures.NAMES.size(); feature++) {
      columns.add(rand(feature + 1).as(IntentFeatures.NAMES.get(feature)));
    }
    Column odds =
        col(IntentFeatures.NAMES.get(0))
            .plus(col(IntentFeatures.NAMES.get(1)).multiply(2))
            .minus(col(IntentFeatures.NAMES.get(2)))
            .minus(4);
    return drawn
        .select(columns.toArray(Column[]::new))
        .drop("id")
        .withColumn(
            Examples.LABEL,
            when(rand(1000).lt(lit(1).divide(exp(odds.multiply(-1)).plus(1))), 1.0).otherwise(0.0))
        .withColumn(Examples.WEIGHT, lit(1.0))
        .withColumn(Examples.ANCHOR, lit("2026-03-01"));
  }
}
