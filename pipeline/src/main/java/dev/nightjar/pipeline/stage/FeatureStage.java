package dev.nightjar.pipeline.stage;

import dev.nightjar.features.FeatureConfig;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.UserFeatures;
import dev.nightjar.pipeline.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.List;

/** Computes what is known of each user, item and pair at the end of the day. */
public record FeatureStage(ShopConfig shop, CleanConfig clean, FeatureConfig features)
    implements Stage {
  @Override
  public String name() {
    return "features";
  }

  @Override
  public String title() {
    return "user, item and pair features";
  }

  @Override
  public List<String> writes() {
    return List.of(UserFeatures.TABLE.name(), ItemFeatures.TABLE.name(), PairFeatures.TABLE.name());
  }

  @Override
  public List<Reads> reads(LocalDate date) {
    return History.reads(clean, date);
  }

  @Override
  public List<String> configSections() {
    return List.of("shop", "clean.history_days", "features");
  }

  @Override
  public List<String> run(Warehouse warehouse, Warehouse.Writing writing, LocalDate date) {
    try (History history = History.read(warehouse, date, shop, clean).kept()) {
      Snapshot tonight = history.snapshotAt(history.asOf(), features);
      writing.write(UserFeatures.TABLE, date, tonight.userFeatures());
      writing.write(ItemFeatures.TABLE, date, tonight.itemFeatures());
      writing.write(PairFeatures.TABLE, date, tonight.pairFeatures());
    }
    return List.of();
  }
}
