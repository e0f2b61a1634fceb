package dev.nightjar.pipeline.stage;

import dev.nightjar.features.FeatureConfig;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.training.als.AlsConfig;
import dev.nightjar.training.candidate.learning.CandidateConfig;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.intent.train.IntentTrainer;
import dev.nightjar.training.intent.train.TrainedIntent;
import java.time.LocalDate;
import java.util.List;

/** Trains the purchase-intent model on earlier dates. */
public record IntentStage(
    ShopConfig shop,
    CleanConfig clean,
    FeatureConfig features,
    AlsConfig als,
    CandidateConfig candidates,
    IntentConfig intent)
    implements Stage {
  /** The model's name in the warehouse. */
  public static final String MODEL = "intent_model";

  @Override
  public StageSpec spec() {
    return StageSpec.of("intent", "purchase intent")
        .reading(History.reads(clean))
        .writingModel(MODEL)
        .dependingOn("shop", "clean.history_days", "features", "als", "candidates", "intent");
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    try (History history = History.read(in, date, shop, clean).kept()) {
      TrainedIntent trained =
          new IntentTrainer(intent, als, candidates)
              .train(
                  moment -> history.snapshotAt(moment, features),
                  history.events(),
                  history.asOf(),
                  History.firstDayWithEvents(in, clean, date));
      out.writeModel(MODEL, trained.model()::save);
      out.writeCard(MODEL, trained.card());
      return trained.card().notes();
    }
  }
}
