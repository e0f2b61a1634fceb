package dev.nightjar.pipeline.intent;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.Plural;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.pipeline.stage.Read;
import dev.nightjar.pipeline.stage.StageInputs;
import dev.nightjar.training.ModelCard;
import dev.nightjar.training.intent.FeatureDrift;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.intent.model.CalibratedModel;
import dev.nightjar.training.intent.model.IntentModel;
import dev.nightjar.training.intent.train.AnchorNight;
import dev.nightjar.training.intent.train.IntentTrainer;
import dev.nightjar.training.intent.train.StandingModel;
import dev.nightjar.training.intent.train.TrainedIntent;
import dev.nightjar.training.intent.train.TrainingMatrix;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Decides whether the model of an earlier night serves tonight.
 *
 * @param trainer settings of the model
 * @param zone the shop's
 * @param settings tonight's
 */
record Refresh(IntentTrainer trainer, ZoneId zone, ModelSettings settings) {
  /** Candidates of the earlier night that are enough to move an intercept. */
  private static final double ENOUGH_CANDIDATES = 200_000;

  private static final Read.LastCard DRIFT = Read.lastCard(RankedItems.TABLE, 1, FeatureDrift.PSI);

  /**
   * The decision.
   *
   * @param standing the model that serves; empty where one is to be trained
   * @param whyTrained why one is to be trained, else empty
   */
  record Choice(Optional<TrainedIntent> standing, String whyTrained) {
    private static Choice train(String why) {
      return new Choice(Optional.empty(), why);
    }

    private static Choice serve(TrainedIntent standing) {
      return new Choice(Optional.of(standing), "");
    }
  }

  /** The inputs of the decision. */
  List<Read> reads() {
    if (!isAllowed()) {
      return List.of();
    }
    List<Read> reads = new ArrayList<>(EarlierNight.reads(intent().horizonDays()));
    reads.add(later());
    reads.add(lastModel());
    reads.add(DRIFT);
    return reads;
  }

  /** Decides, and fits the calibration of a model that serves again. */
  Choice choose(StageInputs in, LocalDate date) {
    if (!isAllowed()) {
      return Choice.train("each night trains its own (intent.refresh_days)");
    }
    Optional<ModelCard> card = in.card(lastModel());
    if (card.isEmpty()) {
      return Choice.train(
          "no night of the last " + Plural.of(lastModel().firstBack(), "day") + " has a model");
    }
    Optional<String> obstacle = obstacle(card.get(), in, date);
    if (obstacle.isPresent()) {
      return Choice.train(obstacle.get());
    }
    IntentModel model = IntentModel.load(in.spark(), in.directory(lastModel()).orElseThrow());
    return model instanceof CalibratedModel trees
        ? recalibrated(new StandingModel(trees, card.get()), in, date)
        : Choice.train("the model of " + card.get().dataTo() + " has no trees");
  }

  private Optional<String> obstacle(ModelCard card, StageInputs in, LocalDate date) {
    long age = ChronoUnit.DAYS.between(LocalDate.parse(card.dataTo()), date);
    if (age >= intent().refreshDays()) {
      return Optional.of(
          "the model of %s is %s old (intent.refresh_days)"
              .formatted(card.dataTo(), Plural.of(age, "day")));
    }
    Optional<String> changed = settings.changedSince(card.settings());
    if (changed.isPresent()) {
      return changed;
    }
    // A model of last night knows what drifted until then.
    return age > 1
        ? FeatureDrift.notable(in.card(DRIFT))
            .map(feature -> "feature " + feature + " drifted in the night of " + date.minusDays(1))
        : Optional.empty();
  }

  private Choice recalibrated(StandingModel standing, StageInputs in, LocalDate date) {
    int horizon = intent().horizonDays();
    EarlierNight.Found earlier = EarlierNight.find(in, date, horizon, zone, settings);
    if (earlier.night().isEmpty()) {
      return Choice.serve(standing.served("not recalibrated: " + earlier.whyNot()));
    }
    try (TrainingMatrix closed = matrix(earlier.night().get(), in.rows(later()))) {
      if (closed.counts().positives() < intent().minPositives()) {
        return Choice.serve(
            standing.served(
                "not recalibrated: candidates were bought "
                    + Plural.of(closed.counts().positives(), "time")
                    + " since "
                    + date.minusDays(horizon)));
      }
      TrainedIntent moved = standing.recalibrated(closed);
      double lost = standing.lostAuc(moved);
      return lost > StandingModel.MOST_AUC_LOSS
          ? Choice.train(
              String.format(
                  Locale.ROOT,
                  "the AUC of the model of %s has fallen by %.3f",
                  standing.card().dataTo(),
                  lost))
          : Choice.serve(moved);
    }
  }

  /** Of a sample of users; labels are what they bought since. */
  private TrainingMatrix matrix(EarlierNight night, Dataset<Row> later) {
    double share = ENOUGH_CANDIDATES / Math.max(1, night.rows());
    AnchorNight written = night.written();
    TrainingMatrix.Builder builder =
        new TrainingMatrix.Builder(intent(), trainer.als(), trainer.candidates());
    Dataset<Row> sample = written.candidates().where(builder.isDrawn(share));
    return builder.build(written.snapshot(), sample, later);
  }

  private Read.Rows later() {
    return Read.lastDays(CleanEvents.TABLE, intent().horizonDays());
  }

  private Read.LastModel lastModel() {
    return Read.lastModel(IntentModel.NAME, intent().refreshDays() - 1);
  }

  private boolean isAllowed() {
    return intent().refreshDays() > 1;
  }

  private IntentConfig intent() {
    return trainer.intent();
  }
}
