package dev.nightjar.pipeline.tune;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.FeatureConfig;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.pipeline.stage.History;
import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.stage.StageInputs;
import dev.nightjar.pipeline.stage.StageOutputs;
import dev.nightjar.pipeline.stage.StageSpec;
import dev.nightjar.training.tune.TuneMatrices;
import java.time.LocalDate;
import java.util.List;

/**
 * Writes labelled candidates of earlier dates for {@code tune}; not part of a night.
 *
 * @param most anchors, at most
 */
public record TuneMatrixStage(
    ShopConfig shop, CleanConfig clean, FeatureConfig features, TuneMatrices matrices, int most)
    implements Stage {
  @Override
  public StageSpec spec() {
    return StageSpec.of("matrices", "what was known and what came of it")
        .reading(History.reads(clean))
        .writingModel(AnchorRows.MODEL)
        .dependingOn("shop", "clean.history_days", "features", "als", "candidates")
        .dependingOn("intent.horizon_days", "intent.min_history_days", "intent.seed")
        .dependingOn("tune.max_users", "tune.seed");
  }

  @Override
  public boolean isDone(StageInputs in, StageOutputs out, LocalDate date) {
    return Stage.super.isDone(in, out, date)
        && AnchorRows.anchors(out.files(AnchorRows.MODEL)).size() >= anchors(in, date).size();
  }

  private List<AsOf> anchors(StageInputs in, LocalDate date) {
    LocalDate first = History.firstDayWithEvents(in, clean, date);
    return matrices.anchors(new AsOf(date, shop.zone()), first, most);
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    List<AsOf> anchors = anchors(in, date);
    matrices.requireEnough(anchors, date);
    try (History history = History.read(in, date, shop, clean).kept()) {
      out.writeModel(
          AnchorRows.MODEL, directory -> anchors.forEach(a -> write(history, a, directory)));
    }
    return List.of();
  }

  private void write(History history, AsOf anchor, String directory) {
    matrices.build(
        history.snapshotAt(anchor, features),
        history.events(),
        rows -> AnchorRows.write(rows, directory, anchor.date()));
  }
}
