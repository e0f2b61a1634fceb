package dev.nightjar.training.intent.train;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.translate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.Chance;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.training.SyntheticShop;
import dev.nightjar.training.TestSettings;
import dev.nightjar.training.als.AlsTrainer;
import dev.nightjar.training.candidate.CandidateGenerator;
import dev.nightjar.training.intent.Examples;
import dev.nightjar.training.intent.model.CalibratedModel;
import dev.nightjar.training.intent.model.IntentModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A model that was trained on day 45 serves on day 59. */
final class StandingModelTest {
  private static final SyntheticShop SHOP = SyntheticShop.generate(200, 60, 60, 11);
  private static final AsOf TRAINED = SyntheticShop.day(45);
  private static final AsOf TONIGHT = SyntheticShop.day(59);
  private static final IntentTrainer TRAINER =
      new IntentTrainer(
          TestSettings.intent(
              "trees = 20",
              "anchors = 2",
              "negatives_per_positive = 100000",
              "max_rows = 1000000000000"),
          TestSettings.als("rank = 8", "iterations = 4"),
          TestSettings.candidates("als = 20"));

  private static StandingModel standing;
  private static Dataset<Row> proposed;
  private static Dataset<Row> since;

  @BeforeAll
  static void trainTwoWeeksAgo() {
    TestSettings.setCheckpointDirectory();
    TrainedIntent trained =
        TRAINER.train(
            AnchorNight.NONE, SHOP, SHOP.at(TRAINED).events(), TRAINED, SyntheticShop.start());
    standing = new StandingModel((CalibratedModel) trained.model(), trained.card());
    Snapshot then = SHOP.at(TRAINED);
    proposed =
        CandidateGenerator.propose(
                then, AlsTrainer.train(then.pairFeatures(), TRAINER.als()), TRAINER.candidates())
            .cache();
    since = SHOP.at(TONIGHT).events();
  }

  @Test
  void meanProbabilityIsTheShareThatWasBoughtSince() {
    try (TrainingMatrix closed = matrix(since)) {
      IntentModel moved = standing.recalibrated(closed).model();
      Row means =
          moved
              .score(closed.rows().where(col(Examples.IS_HELD_OUT).equalTo(false)))
              .agg(avg(IntentModel.PURCHASE_PROBABILITY), avg(Examples.LABEL), sum(Examples.LABEL))
              .first();

      assertTrue(means.getDouble(2) > 50, "bought " + means);
      assertEquals(means.getDouble(1), means.getDouble(0), 1e-6);
    }
  }

  @Test
  void aRateOfPurchasesThatHasHalvedIsFollowedAndNotDoubled() {
    Dataset<Row> half =
        since.where(
            col(CleanEvents.EVENT_TYPE)
                .notEqual(EventTypes.PURCHASE)
                .or(Chance.of(lit(5), col(CleanEvents.USER_ID), col(CleanEvents.ITEM_ID)).lt(0.5)));

    assertEquals(0.5, probability(half) / probability(since), 0.07);
  }

  @Test
  void theOrderOfNoListChanges() {
    try (TrainingMatrix closed = matrix(since)) {
      CalibratedModel moved = (CalibratedModel) standing.recalibrated(closed).model();

      assertEquals(standing.model().trees(), moved.trees());
      assertEquals(standing.model().preferenceWeight(), moved.preferenceWeight());
      assertEquals(standing.model().calibration().slope(), moved.calibration().slope());
    }
  }

  @Test
  void cardSaysHowOldTheModelIsAndWhatItIsWorthNow() {
    try (TrainingMatrix closed = matrix(since)) {
      TrainedIntent moved = standing.recalibrated(closed);

      assertEquals(TRAINED.date().toString(), moved.card().dataTo());
      assertEquals("the model of " + TRAINED.date() + " serves again", moved.card().notes().get(0));
      assertEquals(standing.card().metrics().get("auc"), moved.card().metrics().get("auc"));
      assertEquals(
          standing.lostAuc(moved),
          moved.card().metrics().get("auc") - moved.card().metrics().get("served_auc"));
      assertTrue(standing.lostAuc(moved) < StandingModel.MOST_AUC_LOSS, moved.card().toString());
    }
  }

  @Test
  void aModelThatNoLongerOrdersPurchasesHasLostItsAuc() {
    Column user = col(CleanEvents.USER_ID);
    Dataset<Row> others =
        since.withColumn(
            CleanEvents.USER_ID,
            concat(
                substring(user, 1, 4),
                translate(substring(user, 5, 1), "0123456789", "1234567890")));
    try (TrainingMatrix closed = matrix(others)) {
      assertTrue(
          standing.lostAuc(standing.recalibrated(closed)) > StandingModel.MOST_AUC_LOSS,
          closed.counts().toString());
    }
  }

  /** Mean over the candidates of what a model says that was recalibrated by later events. */
  private static double probability(Dataset<Row> later) {
    try (TrainingMatrix closed = matrix(later)) {
      return standing
          .recalibrated(closed)
          .model()
          .score(closed.rows())
          .agg(avg(IntentModel.PURCHASE_PROBABILITY))
          .first()
          .getDouble(0);
    }
  }

  private static TrainingMatrix matrix(Dataset<Row> later) {
    return new TrainingMatrix.Builder(TRAINER.intent(), TRAINER.als(), TRAINER.candidates())
        .build(SHOP.at(TRAINED), proposed, later);
  }
}
