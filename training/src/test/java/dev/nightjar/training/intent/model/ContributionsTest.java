package dev.nightjar.training.intent.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
import dev.nightjar.training.TestSettings;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.intent.Examples;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.intent.IntentFeatures;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContributionsTest {
  private static final String TELLING = IntentFeatures.NAMES.get(3);
  private static final String MISSING = IntentFeatures.NAMES.get(5);

  private static Dataset<Row> matrix;

  /** 400 pairs, bought where one feature is large; another one is missing in half of them. */
  @BeforeAll
  static void plant() {
    SplittableRandom random = new SplittableRandom(8);
    StructType pairs =
        new StructType()
            .add(Candidates.USER_ID, DataTypes.StringType)
            .add(Candidates.ITEM_ID, DataTypes.StringType)
            .add(TELLING, DataTypes.DoubleType);
    List<Row> rows =
        IntStream.range(0, 400)
            .mapToObj(
                pair ->
                    TestRow.of(pairs)
                        .set(Candidates.USER_ID, "u" + pair % 20)
                        .set(Candidates.ITEM_ID, "i" + pair)
                        .set(TELLING, random.nextDouble())
                        .row())
            .toList();
    Dataset<Row> built = TestSpark.dataset(pairs, rows);
    for (String name : IntentFeatures.NAMES) {
      if (name.equals(MISSING)) {
        built =
            built.withColumn(name, when(col(TELLING).lt(0.5), lit(Double.NaN)).otherwise(lit(2.0)));
      } else if (!name.equals(TELLING)) {
        built = built.withColumn(name, lit(1.0));
      }
    }
    matrix =
        built
            .withColumn(Examples.LABEL, col(TELLING).gt(0.7).cast("double"))
            .withColumn(Examples.WEIGHT, lit(1.0))
            .withColumn(Examples.ANCHOR, lit("2026-03-10"))
            .cache();
  }

  @Test
  void contributionsSumToTheRawScoreThatTheModelScoresBy(@TempDir Path directory) {
    IntentConfig config = TestSettings.intent("trees = 20", "min_child_weight = 1");
    IntentModel model =
        new CalibratedModel(XgboostScorer.fit(matrix, config), new Calibration(0.8, -0.1), 0.7);
    String saved = directory.resolve("model").toString();
    model.save(saved);
    List<Row> scored = sorted(model.score(matrix));
    List<Row> explained =
        sorted(IntentModel.load(TestSpark.session(), saved).explain(matrix).orElseThrow());

    assertEquals(400, explained.size());
    for (int row = 0; row < 400; row++) {
      List<Double> adds =
          explained.get(row).getList(explained.get(row).fieldIndex(IntentModel.CONTRIBUTIONS));
      assertEquals(IntentFeatures.NAMES.size() + 1, adds.size());
      double raw = scored.get(row).getAs(IntentModel.RAW_SCORE);
      assertEquals(raw, adds.stream().mapToDouble(Double::doubleValue).sum(), 1e-4);
      assertEquals(raw, explained.get(row).<Double>getAs(IntentModel.RAW_SCORE));
      assertEquals(
          scored.get(row).<Double>getAs(IntentModel.PURCHASE_PROBABILITY),
          explained.get(row).<Double>getAs(IntentModel.PURCHASE_PROBABILITY));
      double telling = explained.get(row).getAs(TELLING);
      double added = adds.get(IntentFeatures.NAMES.indexOf(TELLING));
      // Within a bin of the histogram around 0.7 either may be.
      assertTrue(telling < 0.75 || added > 0, telling + " added " + added);
      assertTrue(telling > 0.65 || added < 0, telling + " added " + added);
    }
  }

  /** Collected boosters free their native memory, which a plan that is run later still reads. */
  @Test
  void scoresAreThereAfterTheModelWasCollected() throws InterruptedException {
    IntentConfig config =
        TestSettings.intent("trees = 2", "min_child_weight = 1", "ranker_weight = 0.5");
    XgboostScorer scorer = XgboostScorer.fit(matrix, config);
    List<Row> before = sorted(scorer.score(matrix));
    Dataset<Row> scored = scorer.score(matrix);
    WeakReference<XgboostScorer> collected = new WeakReference<>(scorer);
    scorer = null;
    for (int round = 0; round < 50 && collected.get() != null; round++) {
      System.gc();
      Thread.sleep(20);
    }
    assertNull(collected.get(), "the model is still held");
    System.gc();
    System.runFinalization();
    assertEquals(before, sorted(scored));
  }

  @Test
  void modelsWithoutContributionsSaySo() {
    IntentModel rate = new RateModel(14, 90, 100, 0.1, 100, 50);
    assertEquals(Optional.empty(), rate.explain(matrix));
    RawScorer gbt =
        GbtScorer.fit(matrix, TestSettings.intent("model = gbt", "trees = 2", "depth = 2"));
    assertEquals(
        Optional.empty(), new CalibratedModel(gbt, new Calibration(1, 0), 0).explain(matrix));
  }

  private static List<Row> sorted(Dataset<Row> scored) {
    return scored.orderBy(Candidates.USER_ID, Candidates.ITEM_ID).collectAsList();
  }
}
