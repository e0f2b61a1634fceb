package dev.nightjar.pipeline.stage;

import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.training.table.SendHours;
import dev.nightjar.training.timing.SendTimeModel;
import dev.nightjar.training.timing.SendTimeTrainer;
import dev.nightjar.training.timing.TimingConfig;
import java.time.LocalDate;
import java.util.List;

/** Learns at which hours each user opens a push. */
public record TimingStage(ShopConfig shop, CleanConfig clean, TimingConfig timing)
    implements Stage {
  @Override
  public StageSpec spec() {
    return StageSpec.of("timing", "each user's hours")
        .reading(TonightSnapshot.reads(clean))
        .writing(SendHours.TABLE)
        .dependingOn("shop", "clean.history_days", "timing");
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    SendTimeModel model =
        SendTimeTrainer.train(TonightSnapshot.read(in, date, shop, clean), timing);
    out.write(SendHours.TABLE, model.sendHours());
    out.writeCard(SendHours.TABLE.name(), model.card());
    return model.card().notes();
  }
}
