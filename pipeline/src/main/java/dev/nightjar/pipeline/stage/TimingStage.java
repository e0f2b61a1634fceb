package dev.nightjar.pipeline.stage;

import dev.nightjar.export.table.SendHours;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.training.timing.SendTimeModel;
import dev.nightjar.training.timing.SendTimeTrainer;
import dev.nightjar.training.timing.TimingConfig;
import java.time.LocalDate;
import java.util.List;

/** Learns at which hours each user opens a push. */
public record TimingStage(ShopConfig shop, CleanConfig clean, TimingConfig timing)
    implements Stage {
  @Override
  public String name() {
    return "timing";
  }

  @Override
  public String title() {
    return "each user's hours";
  }

  @Override
  public List<String> writes() {
    return List.of(SendHours.TABLE.name());
  }

  @Override
  public List<Reads> reads(LocalDate date) {
    return TonightSnapshot.reads(clean, date);
  }

  @Override
  public List<String> configSections() {
    return List.of("shop", "clean.history_days", "timing");
  }

  @Override
  public List<String> run(Warehouse warehouse, Warehouse.Writing writing, LocalDate date) {
    SendTimeModel model =
        SendTimeTrainer.train(TonightSnapshot.read(warehouse, date, shop, clean), timing);
    writing.write(SendHours.TABLE, date, model.sendHours());
    writing.writeCard(SendHours.TABLE.name(), date, model.card());
    return model.card().notes();
  }
}
