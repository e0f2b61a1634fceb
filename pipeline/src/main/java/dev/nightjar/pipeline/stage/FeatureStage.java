package dev.nightjar.pipeline.stage;

import dev.nightjar.features.FeatureConfig;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.UserFeatures;
import java.time.LocalDate;
import java.util.List;

/** Computes the features of each user, item and pair at the end of the day. */
public record FeatureStage(ShopConfig shop, CleanConfig clean, FeatureConfig features)
    implements Stage {
  @Override
  public StageSpec spec() {
    return StageSpec.of("features", "user, item and pair features")
        .reading(History.reads(clean))
        .writing(UserFeatures.TABLE, ItemFeatures.TABLE, PairFeatures.TABLE)
        .dependingOn("shop", "clean.history_days", "features");
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    try (History history = History.read(in, date, shop, clean).kept()) {
      Snapshot tonight = history.snapshotAt(history.asOf(), features);
      out.write(UserFeatures.TABLE, tonight.userFeatures());
      out.write(ItemFeatures.TABLE, tonight.itemFeatures());
      out.write(PairFeatures.TABLE, tonight.pairFeatures());
    }
    return List.of();
  }
}
