package dev.nightjar.pipeline.stage;

import dev.nightjar.features.Snapshot;
import dev.nightjar.pipeline.Settings;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.training.intent.IntentFeatures;
import dev.nightjar.training.intent.IntentModel;
import dev.nightjar.training.table.Candidates;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A night's candidates with what its intent model foretells of them. */
public final class ScoredCandidates {
  private ScoredCandidates() {}

  /**
   * Scores the candidates of a night.
   *
   * @return the columns of {@link IntentFeatures#assemble}, {@code purchase_probability} and {@code
   *     raw_score}
   * @throws dev.nightjar.features.DataException where the night's tables or model were not written
   */
  public static Dataset<Row> read(Warehouse warehouse, LocalDate date, Settings settings) {
    return score(
        warehouse, date, TonightSnapshot.read(warehouse, date, settings.shop(), settings.clean()));
  }

  static Dataset<Row> score(Warehouse warehouse, LocalDate date, Snapshot tonight) {
    IntentModel model =
        IntentModel.load(warehouse.spark(), warehouse.modelDirectory(IntentStage.MODEL, date));
    return model.score(IntentFeatures.assemble(warehouse.read(Candidates.TABLE, date), tonight));
  }
}
