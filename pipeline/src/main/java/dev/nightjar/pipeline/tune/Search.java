package dev.nightjar.pipeline.tune;

import com.typesafe.config.Config;
import dev.nightjar.features.DataException;
import dev.nightjar.pipeline.settings.ConfigText;
import dev.nightjar.pipeline.settings.Digests;
import dev.nightjar.pipeline.warehouse.Storage;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.tune.Fold;
import dev.nightjar.training.tune.FoldFigures;
import dev.nightjar.training.tune.SearchSpace;
import dev.nightjar.training.tune.TuneConfig;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A random search over folds by time. Each fold's trees learn from anchors older than its own. The
 * newest fold is held out: it is used only at the end, to measure what was chosen.
 */
public final class Search {
  private static final String INTENT = "intent";
  private static final String TRIALS = "trials.jsonl";
  private static final String LAST_FOLD = "last_fold.jsonl";

  private final Config intent;
  private final TuneConfig tune;
  private final String basis;
  private final Fold last;
  private final List<Fold> choosing;
  private final TrialLog log;
  private final TrialLog lastLog;

  /**
   * Opens a search and continues from its recorded trials.
   *
   * @param intent the section {@code intent}
   * @param anchors rows of at least 3 anchors, newest first
   * @param folds how many folds to choose by, at most
   * @param matrixRun run of the rows
   * @throws DataException where a fold has too few purchases to learn from
   */
  public Search(
      Config intent,
      TuneConfig tune,
      List<AnchorRows> anchors,
      int folds,
      String matrixRun,
      Storage storage,
      LocalDate date) {
    this.intent = intent;
    this.tune = tune;
    this.basis = matrixRun + "+" + Digests.sha256(kept(intent), 8);
    List<Fold> all = folds(anchors, Math.min(folds + 1, anchors.size() - 1));
    this.last = all.get(0);
    this.choosing = all.subList(1, all.size());
    this.log = new TrialLog(storage, date, TRIALS);
    this.lastLog = new TrialLog(storage, date, LAST_FOLD);
  }

  /** The settings that no trial changes; trials under different ones cannot be compared. */
  private static String kept(Config intent) {
    Config kept = intent;
    for (String key : SearchSpace.keys()) {
      kept = kept.withoutPath(key);
    }
    return ConfigText.canonical(kept.atPath(INTENT), INTENT);
  }

  private List<Fold> folds(List<AnchorRows> anchors, int most) {
    IntentConfig settings = IntentConfig.from(intent);
    List<Fold> folds = new ArrayList<>();
    for (int newest = 0; newest < most; newest++) {
      int oldest = Math.min(anchors.size(), newest + 1 + settings.anchors());
      Dataset<Row> training =
          anchors.subList(newest + 1, oldest).stream()
              .map(AnchorRows::rows)
              .reduce(Dataset::unionByName)
              .orElseThrow();
      Fold fold = Fold.open(anchors.get(newest).anchor(), training, anchors.get(newest).rows());
      if (fold.positives() < settings.minPositives()) {
        throw new DataException(
            "the fold of %s has %d bought candidates to learn from, trees need %d (intent.min_positives); take a later --date or fewer --folds"
                .formatted(fold.anchor(), fold.positives(), settings.minPositives()));
      }
      folds.add(fold);
    }
    return folds;
  }

  /** Dates of the folds to choose by, newest first. */
  public List<LocalDate> choosingAnchors() {
    return choosing.stream().map(Fold::anchor).toList();
  }

  /** Date of the held-out fold. */
  public LocalDate lastAnchor() {
    return last.anchor();
  }

  /** Where the trials are recorded. */
  public String place() {
    return log.place();
  }

  /**
   * Runs the trials that are not yet recorded.
   *
   * @param listener receives each trial once it is done or found on record
   * @return all of them, in order
   */
  public List<Trial> run(int trials, Consumer<Trial> listener) {
    List<Trial> made = new ArrayList<>();
    for (int trial = 0; trial < trials; trial++) {
      Trial done = recall(log, trial, SearchSpace.settings(intent, tune.seed(), trial), choosing);
      listener.accept(done);
      made.add(done);
    }
    return made;
  }

  /**
   * The best trial by the mean over the folds to choose by, if it is clearly better than the first
   * trial, which has the present settings; else the first.
   */
  public Trial best(List<Trial> trials) {
    Trial present = trials.get(0);
    Trial best =
        trials.stream()
            .reduce((left, right) -> tune.isBetter(right.mean(), left.mean()) ? right : left)
            .orElseThrow();
    return tune.isClearlyBetter(best.mean(), present.mean()) ? best : present;
  }

  /** Figures of a trial's settings on the held-out fold. */
  public FoldFigures onLastFold(Trial trial) {
    return recall(lastLog, trial.trial(), trial.settings(), List.of(last)).mean();
  }

  private Trial recall(TrialLog record, int trial, Map<String, Number> settings, List<Fold> folds) {
    List<String> anchors = folds.stream().map(fold -> fold.anchor().toString()).toList();
    Optional<Trial> known =
        record.trials().stream()
            .filter(older -> older.isSameAs(trial, basis, settings, anchors))
            .findFirst();
    if (known.isPresent()) {
      return known.get();
    }
    long start = System.nanoTime();
    IntentConfig tried = SearchSpace.apply(intent, settings);
    List<FoldFigures> figures = folds.stream().map(fold -> fold.measure(tried)).toList();
    double seconds = Math.round((System.nanoTime() - start) / 1e8) / 10.0;
    Trial done = new Trial(trial, basis, settings, anchors, figures, seconds);
    record.record(done);
    return done;
  }
}
