package dev.nightjar.training.intent.train;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.DataException;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.Soak;
import dev.nightjar.features.TestSpark;
import dev.nightjar.training.SyntheticShop;
import dev.nightjar.training.TestSettings;
import dev.nightjar.training.als.AlsTrainer;
import dev.nightjar.training.candidate.CandidateGenerator;
import dev.nightjar.training.intent.IntentFeatures;
import dev.nightjar.training.intent.model.IntentModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IntentTrainerTest {
  static final SyntheticShop SHOP = SyntheticShop.generate(200, 60, 60, 11);
  static final AsOf TONIGHT = SyntheticShop.day(59);

  private static TrainedIntent trained;
  private static Dataset<Row> matrix;

  @BeforeAll
  static void trainOnPlantedShop() {
    TestSettings.setCheckpointDirectory();
    trained =
        trainer("trees = 40", "anchors = 2")
            .train(
                AnchorNight.NONE, SHOP, SHOP.at(TONIGHT).events(), TONIGHT, SyntheticShop.start());
    matrix = matrix(SHOP, TONIGHT).cache();
  }

  @Test
  void beatsConstantAndPersonalFrequencyAndPopularity() {
    double auc = trained.card().metrics().get("auc");
    double logLoss = trained.card().metrics().get("log_loss");
    trained
        .card()
        .baselines()
        .forEach(
            (name, metrics) -> {
              assertTrue(auc > metrics.get("auc") + 0.02, name + " " + metrics);
              assertTrue(logLoss < metrics.get("log_loss"), name + " " + metrics);
            });
    assertEquals(0.5, trained.card().baselines().get("constant").get("auc"), 1e-9);
  }

  @Test
  void meanProbabilityIsTheBaseRateOfTheUnsampledCandidates() {
    double predicted = trained.card().metrics().get("mean_probability");
    double observed = trained.card().metrics().get("base_rate");
    double expected =
        (double) trained.card().rows().get("calibration_positives")
            / trained.card().rows().get("candidates");

    assertEquals(observed, predicted, 0.2 * observed);
    assertEquals(expected, predicted, 0.2 * expected);
    assertTrue(trained.card().metrics().get("calibration_error") < 0.01);
  }

  @Test
  void anchorsEndTheirHorizonTonightOrBeforeAndKeepTheirHistory() {
    IntentTrainer trainer = trainer("anchors = 3", "horizon_days = 14", "min_history_days = 20");

    assertEquals(
        List.of(TONIGHT.minusDays(14), TONIGHT.minusDays(28)),
        trainer.anchors(TONIGHT, SyntheticShop.start()));
    assertEquals(List.of(), trainer.anchors(SyntheticShop.day(0), SyntheticShop.start()));
  }

  @Test
  void anchorsMayLieCloserThanTheHorizon() {
    IntentTrainer trainer =
        trainer(
            "anchors = 3", "anchor_step_days = 7", "horizon_days = 14", "min_history_days = 20");

    assertEquals(
        List.of(TONIGHT.minusDays(14), TONIGHT.minusDays(21), TONIGHT.minusDays(28)),
        trainer.anchors(TONIGHT, SyntheticShop.start()));
  }

  @Test
  void treesThatAreMeasuredNeverSawALabelOfTheMeasuredTime() {
    TrainedIntent close =
        trainer("trees = 5", "anchors = 3", "anchor_step_days = 7")
            .train(
                AnchorNight.NONE, SHOP, SHOP.at(TONIGHT).events(), TONIGHT, SyntheticShop.start());

    assertEquals(
        List.of(
            "trees learned from anchors " + TONIGHT.minusDays(28).date(),
            "calibrated and measured on different users of anchor " + TONIGHT.minusDays(14).date(),
            "then fitted again, for serving, on anchors "
                + TONIGHT.minusDays(14).date()
                + ", "
                + TONIGHT.minusDays(21).date()
                + ", "
                + TONIGHT.minusDays(28).date()),
        close.card().notes());
  }

  @Soak
  @Test
  void withoutPreferenceTheOrderIsThatOfTheProbability() {
    TrainedIntent plain =
        trainer("trees = 5", "anchors = 2", "ranker_weight = 0")
            .train(
                AnchorNight.NONE, SHOP, SHOP.at(TONIGHT).events(), TONIGHT, SyntheticShop.start());

    assertEquals(
        0,
        plain
            .model()
            .score(matrix)
            .where(col(IntentModel.ORDER_SCORE).notEqual(col(IntentModel.PURCHASE_PROBABILITY)))
            .count());
    assertTrue(
        trained
                .model()
                .score(matrix)
                .where(col(IntentModel.ORDER_SCORE).notEqual(col(IntentModel.PURCHASE_PROBABILITY)))
                .count()
            > 0);
  }

  @Test
  void trainingTwiceGivesTheSameProbabilities() {
    TrainedIntent again =
        trainer("trees = 40", "anchors = 2")
            .train(
                AnchorNight.NONE, SHOP, SHOP.at(TONIGHT).events(), TONIGHT, SyntheticShop.start());

    assertEquals(scores(trained.model()), scores(again.model()));
    assertEquals(trained.card(), again.card());
  }

  @Test
  void savedAndLoadedModelGivesTheSameProbabilities(@TempDir Path directory) {
    String saved = directory.resolve("model").toString();
    trained.model().save(saved);
    trained.model().save(saved);

    IntentModel loaded = IntentModel.load(TestSpark.session(), saved);

    assertEquals("xgboost", loaded.kind());
    assertEquals(scores(trained.model()), scores(loaded));
  }

  @Soak
  @Test
  void sparkTreesLearnAndLoadLikewise(@TempDir Path directory) {
    TrainedIntent spark =
        trainer(
                "model = gbt",
                "trees = 8",
                "depth = 4",
                "learning_rate = 0.3",
                "anchors = 2",
                "refit = false")
            .train(
                AnchorNight.NONE, SHOP, SHOP.at(TONIGHT).events(), TONIGHT, SyntheticShop.start());
    String saved = directory.resolve("model").toString();
    spark.model().save(saved);
    IntentModel loaded = IntentModel.load(TestSpark.session(), saved);

    double popular = spark.card().baselines().get("popularity").get("auc");
    assertTrue(spark.card().metrics().get("auc") > popular, spark.card().toString());
    assertEquals("gbt", loaded.kind());
    assertEquals(scores(spark.model()), scores(loaded));
  }

  @Test
  void shopOnItsFirstDayGetsTheSmoothedRate(@TempDir Path directory) {
    AsOf firstDay = SyntheticShop.day(0);
    TrainedIntent young =
        trainer()
            .train(
                AnchorNight.NONE,
                SHOP,
                SHOP.at(firstDay).events(),
                firstDay,
                SyntheticShop.start());
    String saved = directory.resolve("model").toString();
    young.model().save(saved);
    Dataset<Row> firstMatrix = matrix(SHOP, firstDay);

    Row row =
        IntentModel.load(TestSpark.session(), saved)
            .score(firstMatrix)
            .agg(
                count(lit(1)),
                sum(col(IntentModel.PURCHASE_PROBABILITY).between(0, 1).cast("long")),
                avg(IntentModel.PURCHASE_PROBABILITY))
            .first();

    assertEquals("rate", young.model().kind());
    assertTrue(young.card().notes().get(0).contains("fell back"), young.card().toString());
    assertTrue(row.getLong(0) >= 200, "a row for each user at least, got " + row);
    assertEquals(row.getLong(0), row.getLong(1));
    assertTrue(row.getDouble(2) > 0 && row.getDouble(2) < 0.5, "mean " + row);
  }

  @Test
  void tooFewPurchasesFallBackAndSaySo() {
    TrainedIntent few =
        trainer("min_positives = 1000000", "anchors = 2")
            .train(
                AnchorNight.NONE, SHOP, SHOP.at(TONIGHT).events(), TONIGHT, SyntheticShop.start());

    assertEquals("rate", few.model().kind());
    assertTrue(few.card().notes().get(0).contains("intent.min_positives"), few.card().toString());
  }

  @Test
  void featuresAreNeverNullAndCountsNeverMissing() {
    String anyNull =
        String.join(" OR ", IntentFeatures.NAMES.stream().map(name -> name + " IS NULL").toList());

    assertEquals(0, matrix.where(anyNull).count());
    assertEquals(0, matrix.where(isnan(col(IntentFeatures.PAIR_PURCHASES))).count());
    assertTrue(matrix.where(isnan(col("f_pair_recency_days"))).count() > 0);
  }

  @Test
  void probabilitiesOfUsersAndItemsNeverSeenAreNumbers() {
    Dataset<Row> unseen = matrix.limit(1);
    for (String name : IntentFeatures.NAMES) {
      unseen = unseen.withColumn(name, lit(Double.NaN));
    }

    double probability =
        trained.model().score(unseen).first().getAs(IntentModel.PURCHASE_PROBABILITY);

    assertTrue(probability > 0 && probability < 1, "got " + probability);
  }

  @Test
  void directoryWithoutAModelIsBadData(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("intent.json"), "{ \"kind\": \"xgboost\" }");

    assertThrows(
        DataException.class,
        () -> IntentModel.load(TestSpark.session(), directory.resolve("none").toString()));
    assertThrows(
        DataException.class, () -> IntentModel.load(TestSpark.session(), directory.toString()));
  }

  static IntentTrainer trainer(String... over) {
    return new IntentTrainer(
        TestSettings.intent(over),
        TestSettings.als("rank = 8", "iterations = 4"),
        TestSettings.candidates("als = 20"));
  }

  private static Dataset<Row> matrix(SyntheticShop shop, AsOf asOf) {
    Snapshot snapshot = shop.at(asOf);
    IntentTrainer trainer = trainer();
    return IntentFeatures.assemble(
        CandidateGenerator.propose(
            snapshot,
            AlsTrainer.train(snapshot.pairFeatures(), trainer.als()),
            trainer.candidates()),
        snapshot,
        List.of());
  }

  private static List<String> scores(IntentModel model) {
    return model
        .score(matrix)
        .select("user_id", "item_id", IntentModel.RAW_SCORE, IntentModel.PURCHASE_PROBABILITY)
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }
}
