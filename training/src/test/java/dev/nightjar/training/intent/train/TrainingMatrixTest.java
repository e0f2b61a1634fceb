package dev.nightjar.training.intent.train;

import static dev.nightjar.training.intent.train.IntentTrainerTest.SHOP;
import static dev.nightjar.training.intent.train.IntentTrainerTest.TONIGHT;
import static dev.nightjar.training.intent.train.IntentTrainerTest.trainer;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.Soak;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.training.SyntheticShop;
import dev.nightjar.training.TestSettings;
import dev.nightjar.training.als.AlsTrainer;
import dev.nightjar.training.candidate.CandidateGenerator;
import dev.nightjar.training.intent.Examples;
import dev.nightjar.training.intent.IntentFeatures;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class TrainingMatrixTest {
  /** No candidate is left out by sampling. */
  private static final String[] ALL = {
    "negatives_per_positive = 100000", "max_rows = 1000000000000"
  };

  @BeforeAll
  static void setCheckpointDirectory() {
    TestSettings.setCheckpointDirectory();
  }

  @Soak
  @Test
  void weightsOfAMatrixStandForEveryCandidate() {
    AsOf anchor = TONIGHT.minusDays(28);
    try (TrainingMatrix sampled =
        builder("negatives_per_positive = 2").build(SHOP.at(anchor), SHOP.at(TONIGHT).events())) {
      Row row =
          sampled
              .rows()
              .agg(
                  count(lit(1)),
                  sum(Examples.WEIGHT),
                  sum(col(Examples.WEIGHT).multiply(col(Examples.LABEL))))
              .first();

      assertTrue(row.getLong(0) < sampled.counts().candidates() / 3, "kept " + row);
      assertEquals(
          (double) sampled.counts().candidates(),
          row.getDouble(1),
          0.1 * sampled.counts().candidates());
      assertEquals((double) sampled.counts().positives(), row.getDouble(2), 1e-6);
    }
  }

  @Soak
  @Test
  void aLargeShopMakesTheCandidatesOfASampleOfUsersAndLearnsThemFromAll() {
    AsOf anchor = TONIGHT.minusDays(28);
    List<Row> all = rows(SHOP, anchor);

    try (TrainingMatrix sampled =
        builder("max_rows = 320").build(SHOP.at(anchor), SHOP.at(TONIGHT).events())) {
      List<String> some = features(sampled.rows().collectAsList());

      assertTrue(sampled.counts().candidates() < all.size() / 2, sampled.counts().toString());
      assertTrue(sampled.counts().positives() >= 20, sampled.counts().toString());
      assertTrue(features(all).containsAll(some));
    }
  }

  @Test
  void eventsAfterTheAnchorChangeNoFeatureAndThoseAfterTheHorizonNoRow() {
    AsOf anchor = TONIGHT.minusDays(28);
    SyntheticShop.Event sample = SHOP.events().get(0);
    List<SyntheticShop.Event> afterHorizon = planted(sample, anchor.minusDays(-14));
    List<SyntheticShop.Event> inHorizon = planted(sample, anchor);
    List<Row> before = rows(SHOP, anchor);
    List<Row> bought = rows(SHOP.plus(inHorizon), anchor);

    assertEquals(texts(before), texts(rows(SHOP.plus(afterHorizon), anchor)));
    assertEquals(features(before), features(bought));
    assertNotEquals(texts(before), texts(bought));
  }

  /** The night of an anchor makes its candidates and features as the anchor would, once. */
  @Test
  void theNightOfAnAnchorGivesTheSameRowsAndLaterPurchasesChangeTheirLabelsAlone() {
    AsOf anchor = TONIGHT.minusDays(28);
    SyntheticShop late = SHOP.plus(planted(SHOP.events().get(0), anchor));
    Snapshot known = SHOP.at(anchor);
    Dataset<Row> candidates =
        CandidateGenerator.propose(
                known,
                AlsTrainer.train(known.pairFeatures(), trainer().als()),
                trainer().candidates(),
                lit(true))
            .persist();
    AnchorNight night = new AnchorNight(known, candidates);
    try (TrainingMatrix computed = builder().build(known, SHOP.at(TONIGHT).events());
        TrainingMatrix written = builder().build(night, SHOP.at(TONIGHT).events());
        TrainingMatrix of = builder(ALL).build(night, SHOP.at(TONIGHT).events());
        TrainingMatrix withLate = builder(ALL).build(night, late.at(TONIGHT).events())) {
      assertEquals(texts(computed.rows().collectAsList()), texts(written.rows().collectAsList()));
      List<Row> before = of.rows().collectAsList();
      List<Row> after = withLate.rows().collectAsList();
      assertEquals(features(before), features(after));
      assertNotEquals(texts(before), texts(after));
    }
    candidates.unpersist();
  }

  private static TrainingMatrix.Builder builder(String... over) {
    IntentTrainer trainer = trainer(over);
    return new TrainingMatrix.Builder(trainer.intent(), trainer.als(), trainer.candidates());
  }

  /** Every candidate of an anchor, none left out by sampling. */
  private static List<Row> rows(SyntheticShop shop, AsOf anchor) {
    try (TrainingMatrix built = builder(ALL).build(shop.at(anchor), shop.at(TONIGHT).events())) {
      return built.rows().collectAsList();
    }
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::toString).sorted().toList();
  }

  private static List<String> features(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                row.getAs("user_id")
                    + " "
                    + row.getAs("item_id")
                    + IntentFeatures.NAMES.stream().map(name -> row.getAs(name)).toList())
        .sorted()
        .toList();
  }

  /** Purchases of every user on the day after {@code day}. */
  private static List<SyntheticShop.Event> planted(SyntheticShop.Event like, AsOf day) {
    return SyntheticShop.ids("u", 200).stream()
        .map(
            user ->
                new SyntheticShop.Event(
                    user,
                    like.item(),
                    EventTypes.PURCHASE,
                    day.end().plus(Duration.ofHours(1)),
                    like.price()))
        .toList();
  }
}
