package dev.nightjar.pipeline.stage;

import static org.apache.spark.sql.functions.col;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.intent.IntentFeatures;
import dev.nightjar.training.intent.model.IntentModel;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A night's candidates and the model that scores them.
 *
 * @param tonight the shop's data and features at the end of the day
 * @param matrix candidates with their features
 * @param model the model of the night
 */
public record ScoredCandidates(Snapshot tonight, Dataset<Row> matrix, IntentModel model) {
  static final Read.Rows CANDIDATES = Read.tonight(Candidates.TABLE);
  static final Read.Model MODEL = Read.model(IntentModel.NAME);

  /** Columns of candidates that reasons are derived from. */
  private static final List<String> WORDS =
      List.of(Candidates.BECAUSE_ITEM_ID, Candidates.BECAUSE_SOURCE);

  /** Reads what the stages before ranking wrote. */
  static ScoredCandidates read(StageInputs in, LocalDate date, ShopConfig shop, CleanConfig clean) {
    Snapshot tonight = TonightSnapshot.read(in, date, shop, clean);
    return new ScoredCandidates(
        tonight,
        IntentFeatures.assemble(in.rows(CANDIDATES), tonight, WORDS),
        IntentModel.load(in.spark(), in.directory(MODEL)));
  }

  /** Candidates with their probabilities. */
  public Dataset<Row> scored() {
    return model.score(matrix);
  }

  /**
   * One user's candidates with the contribution of each feature; empty where the model has none.
   */
  public Optional<Dataset<Row>> explained(String userId) {
    return model.explain(matrix.where(col(Candidates.USER_ID).equalTo(userId)));
  }
}
