package dev.nightjar.training.intent.train;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.Plural;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.Steps;
import dev.nightjar.training.ModelCard;
import dev.nightjar.training.als.AlsConfig;
import dev.nightjar.training.candidate.learning.CandidateConfig;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.intent.model.CalibratedModel;
import dev.nightjar.training.intent.model.Calibration;
import dev.nightjar.training.intent.model.RateModel;
import dev.nightjar.training.intent.model.RawScorer;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Learns purchase intent from earlier dates. The newest anchor is one horizon before tonight, so
 * that its horizon ends tonight; it calibrates and measures trees that learned from the anchors
 * whose horizons ended before it began. Where {@code intent.refit} says so, the trees that are used
 * are then fitted again on all anchors, the newest included, and keep that calibration.
 *
 * @param intent settings of the trees
 * @param als settings of the factors, the same at an anchor as tonight
 * @param candidates settings of the candidates, the same at an anchor as tonight
 */
public record IntentTrainer(IntentConfig intent, AlsConfig als, CandidateConfig candidates) {

  /**
   * Trains as of tonight. A shop with too few days or purchases gets a smoothed rate instead of
   * trees, and the card says so.
   *
   * @param nights anchors whose nights were run
   * @param snapshots returns what was known at a moment, for the other anchors; its datasets are
   *     persisted while in use
   * @param events {@code clean_events} up to tonight, for the labels
   * @param tonight the moment that is known
   * @param historyStart first day of data
   */
  public TrainedIntent train(
      AnchorNight.Source nights,
      Snapshot.Source snapshots,
      Dataset<Row> events,
      AsOf tonight,
      LocalDate historyStart) {
    List<AsOf> anchors = anchors(tonight, historyStart);
    if (anchors.stream().noneMatch(anchor -> teaches(anchor, anchors.get(0)))) {
      return fallback(
          snapshots.at(tonight),
          historyStart,
          "history since %s holds no two anchors %s apart with %s before them"
              .formatted(
                  historyStart,
                  Plural.of(intent.horizonDays(), "day"),
                  Plural.of(intent.minHistoryDays(), "day")));
    }
    List<TrainingMatrix> matrices = new ArrayList<>();
    List<LocalDate> asWritten = new ArrayList<>();
    try {
      for (AsOf anchor : anchors) {
        Optional<AnchorNight> night = nights.of(anchor);
        night.ifPresent(written -> asWritten.add(anchor.date()));
        matrices.add(
            step(
                events, "anchor " + anchor.date(), () -> matrix(night, snapshots, anchor, events)));
      }
      TrainingMatrix newest = matrices.get(0);
      List<TrainingMatrix> older =
          matrices.stream().filter(matrix -> teaches(matrix.anchor(), newest.anchor())).toList();
      long positives = older.stream().mapToLong(matrix -> matrix.counts().positives()).sum();
      if (Math.min(positives, newest.counts().positives()) < intent.minPositives()) {
        return fallback(
            snapshots.at(tonight),
            historyStart,
            "candidates were bought "
                + Plural.of(positives, "time")
                + " after the training anchors and "
                + Plural.of(newest.counts().positives(), "time")
                + " after the calibration anchor; trees need "
                + intent.minPositives()
                + " each (intent.min_positives)");
      }
      TrainedIntent learned = learn(matrices, older, tonight, historyStart);
      return asWritten.isEmpty()
          ? learned
          : learned.withNote("as their nights wrote them: anchors " + dates(asWritten.stream()));
    } finally {
      matrices.forEach(TrainingMatrix::close);
    }
  }

  private TrainingMatrix matrix(
      Optional<AnchorNight> night, Snapshot.Source snapshots, AsOf anchor, Dataset<Row> events) {
    TrainingMatrix.Builder builder = new TrainingMatrix.Builder(intent, als, candidates);
    return night
        .map(written -> builder.build(written, events))
        .orElseGet(() -> builder.build(snapshots.at(anchor), events));
  }

  /** Days from each anchor to tonight, newest first. */
  public List<Integer> anchorAges() {
    return IntStream.range(0, intent.anchors())
        .mapToObj(step -> intent.horizonDays() + step * intent.anchorStepDays())
        .toList();
  }

  /** Those with enough history before them, newest first. */
  public List<AsOf> anchors(AsOf tonight, LocalDate historyStart) {
    return anchorAges().stream()
        .map(tonight::minusDays)
        .filter(anchor -> days(historyStart, anchor) >= intent.minHistoryDays())
        .toList();
  }

  /** Whether the labels of an anchor were known when the newest one began. */
  private boolean teaches(AsOf anchor, AsOf newest) {
    return !anchor.date().plusDays(intent.horizonDays()).isAfter(newest.date());
  }

  private TrainedIntent learn(
      List<TrainingMatrix> matrices,
      List<TrainingMatrix> older,
      AsOf tonight,
      LocalDate historyStart) {
    TrainingMatrix newest = matrices.get(0);
    RawScorer trees = fit(older);
    CalibrationSplit split = CalibrationSplit.collect(newest, trees);
    Calibration calibration = split.calibrateModel();
    Map<String, Long> rows = new LinkedHashMap<>();
    rows.put("candidates", newest.counts().candidates());
    rows.put(
        "training_candidates",
        older.stream().mapToLong(matrix -> matrix.counts().candidates()).sum());
    rows.put(
        "training_positives",
        older.stream().mapToLong(matrix -> matrix.counts().positives()).sum());
    rows.put("calibration_positives", newest.counts().positives());
    rows.put("calibration", split.calibrationRows());
    rows.put("held_out", split.measuredRows());
    List<String> notes = new ArrayList<>();
    notes.add("trees learned from anchors " + dates(older));
    notes.add(
        "calibrated and measured on different users of anchor " + dates(matrices.subList(0, 1)));
    if (intent.refit()) {
      notes.add("then fitted again, for serving, on anchors " + dates(matrices));
    }
    ModelCard card =
        new ModelCard(
            "intent",
            historyStart.toString(),
            tonight.date().toString(),
            rows,
            ModelCard.settings(intent),
            intent.seed(),
            split.measureModel(calibration).asMap(),
            split.measureBaselines(),
            notes);
    return new TrainedIntent(
        new CalibratedModel(
            intent.refit() ? fit(matrices) : trees,
            calibration,
            intent.rankerWeight() * split.logOddsPerPreference()),
        card);
  }

  private RawScorer fit(List<TrainingMatrix> matrices) {
    Dataset<Row> examples =
        matrices.stream().map(TrainingMatrix::rows).reduce(Dataset::unionByName).orElseThrow();
    return step(
        examples, "fit on anchors " + dates(matrices), () -> RawScorer.fit(examples, intent));
  }

  private static <T> T step(Dataset<Row> rows, String name, Supplier<T> work) {
    return Steps.step(rows.sparkSession().sparkContext(), name, work);
  }

  private TrainedIntent fallback(Snapshot now, LocalDate historyStart, String reason) {
    long historyDays = Math.max(1, days(historyStart, now.asOf()));
    RateModel model = RateModel.fit(now, historyDays, intent.horizonDays());
    ModelCard card =
        new ModelCard(
            "intent",
            historyStart.toString(),
            now.asOf().date().toString(),
            Map.of(),
            ModelCard.settings(intent),
            intent.seed(),
            Map.of(),
            Map.of(),
            List.of("fell back to the smoothed rate, which is not measured: " + reason));
    return new TrainedIntent(model, card);
  }

  private static long days(LocalDate historyStart, AsOf asOf) {
    return ChronoUnit.DAYS.between(historyStart, asOf.date()) + 1;
  }

  private static String dates(List<TrainingMatrix> matrices) {
    return dates(matrices.stream().map(matrix -> matrix.anchor().date()));
  }

  private static String dates(Stream<LocalDate> dates) {
    return dates.map(LocalDate::toString).collect(Collectors.joining(", "));
  }
}
