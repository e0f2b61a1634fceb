package dev.nightjar.pipeline.intent;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.FeatureConfig;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.Binder;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.pipeline.settings.CodeVersion;
import dev.nightjar.pipeline.stage.History;
import dev.nightjar.pipeline.stage.Read;
import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.stage.StageInputs;
import dev.nightjar.pipeline.stage.StageOutputs;
import dev.nightjar.pipeline.stage.StageSpec;
import dev.nightjar.training.als.AlsConfig;
import dev.nightjar.training.candidate.learning.CandidateConfig;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.intent.model.IntentModel;
import dev.nightjar.training.intent.train.AnchorNight;
import dev.nightjar.training.intent.train.IntentTrainer;
import dev.nightjar.training.intent.train.TrainedIntent;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The purchase-intent model: that of an earlier night where it may serve, else a new one. */
public record IntentStage(
    ShopConfig shop,
    CleanConfig clean,
    FeatureConfig features,
    AlsConfig als,
    CandidateConfig candidates,
    IntentConfig intent)
    implements Stage {

  @Override
  public StageSpec spec() {
    List<Read> reads = new ArrayList<>(History.reads(clean));
    reads.addAll(refresh().reads());
    trainer().anchorAges().forEach(days -> reads.addAll(EarlierNight.reads(days)));
    return StageSpec.of("intent", "purchase intent")
        .reading(reads.stream().distinct().toList())
        .writingModel(IntentModel.NAME)
        .dependingOn("shop", "clean.history_days", "features", "als", "candidates", "intent");
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    Refresh.Choice choice = refresh().choose(in, date);
    TrainedIntent serving = choice.standing().orElseGet(() -> train(in, date, choice.whyTrained()));
    out.writeModel(IntentModel.NAME, serving.model()::save);
    out.writeCard(IntentModel.NAME, serving.card().withSettings(settings().values()));
    return serving.card().notes();
  }

  private TrainedIntent train(StageInputs in, LocalDate date, String why) {
    try (History history = History.read(in, date, shop, clean).kept()) {
      TrainedIntent trained =
          trainer()
              .train(
                  anchor -> night(in, date, anchor),
                  moment -> history.snapshotAt(moment, features),
                  history.events(),
                  history.asOf(),
                  History.firstDayWithEvents(in, clean, date));
      return trained.withNote("trained anew: " + why);
    }
  }

  private Optional<AnchorNight> night(StageInputs in, LocalDate date, AsOf anchor) {
    int days = Math.toIntExact(ChronoUnit.DAYS.between(anchor.date(), date));
    return EarlierNight.find(in, date, days, shop.zone(), settings())
        .night()
        .map(EarlierNight::written);
  }

  private IntentTrainer trainer() {
    return new IntentTrainer(intent, als, candidates);
  }

  private Refresh refresh() {
    return new Refresh(trainer(), shop.zone(), settings());
  }

  private ModelSettings settings() {
    Map<String, Object> settings = new TreeMap<>();
    Map.of("features", features, "als", als, "candidates", candidates, "intent", intent)
        .forEach(
            (section, config) ->
                Binder.settings(config)
                    .forEach((key, value) -> settings.put(section + "." + key, value)));
    settings.remove("intent.refresh_days");
    settings.put("clean.history_days", clean.historyDays());
    settings.put("shop.zone", shop.zone().getId());
    settings.put("code", CodeVersion.current());
    return new ModelSettings(settings);
  }
}
