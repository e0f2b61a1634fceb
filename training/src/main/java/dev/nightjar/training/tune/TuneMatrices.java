package dev.nightjar.training.tune;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.Chance;
import dev.nightjar.features.DataException;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.query.Parameter;
import dev.nightjar.training.als.AlsConfig;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.candidate.learning.CandidateConfig;
import dev.nightjar.training.intent.Examples;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.intent.IntentFeatures;
import dev.nightjar.training.intent.train.IntentTrainer;
import dev.nightjar.training.intent.train.TrainingMatrix;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All candidates of users at earlier moments with their labels, to try settings on: whole lists can
 * be measured, and each trial samples its own negatives.
 *
 * @param intent the section {@code intent}
 * @param als settings of the factors
 * @param candidates settings of the candidates
 * @param tune how many users
 */
public record TuneMatrices(
    Config intent, AlsConfig als, CandidateConfig candidates, TuneConfig tune) {
  private static final double EVERY = 1e12;
  private static final int FEWEST_ANCHORS = 3;

  /** Newest first, one horizon apart, so that no two horizons overlap. */
  public List<AsOf> anchors(AsOf tonight, LocalDate historyStart, int most) {
    IntentConfig apart =
        IntentConfig.from(
            intent
                .withValue("anchors", ConfigValueFactory.fromAnyRef(most))
                .withValue("anchor_step_days", intent.getValue("horizon_days")));
    return new IntentTrainer(apart, als, candidates).anchors(tonight, historyStart);
  }

  /**
   * Stops a search without an anchor each to learn from, to choose by and to judge by.
   *
   * @throws DataException where there are fewer
   */
  public void requireEnough(List<AsOf> anchors, LocalDate date) {
    if (anchors.size() < FEWEST_ANCHORS) {
      throw new DataException(
          "tune needs %d anchors of %d days and %d days of history before the oldest, the history up to %s holds %d; take a later --date or a shorter intent.horizon_days"
              .formatted(
                  FEWEST_ANCHORS,
                  intent.getInt("horizon_days"),
                  intent.getInt("min_history_days"),
                  date,
                  anchors.size()));
    }
  }

  /**
   * Builds the rows of one anchor and passes them to {@code use} while they are cached.
   *
   * @param snapshot what was known at the anchor
   * @param later {@code clean_events} that reach at least to the end of the horizon
   * @param use is given user_id, item_id, {@link IntentFeatures#NAMES}, label, anchor, is_held_out
   */
  public void build(Snapshot snapshot, Dataset<Row> later, Consumer<Dataset<Row>> use) {
    IntentConfig unsampled =
        IntentConfig.from(
            intent
                .withValue("negatives_per_positive", ConfigValueFactory.fromAnyRef(EVERY))
                .withValue("max_rows", ConfigValueFactory.fromAnyRef(Long.MAX_VALUE)));
    double share = (double) tune.maxUsers() / Math.max(1, snapshot.users().count());
    try (TrainingMatrix matrix =
        new TrainingMatrix.Builder(unsampled, als, candidates)
            .build(
                snapshot,
                later,
                Chance.of(lit(tune.seed()), col(Candidates.USER_ID)).lt(Parameter.of(share)))) {
      use.accept(matrix.rows().drop(Candidates.SOURCES, Examples.WEIGHT));
    }
  }
}
