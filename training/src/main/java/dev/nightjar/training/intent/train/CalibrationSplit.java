package dev.nightjar.training.intent.train;

import static org.apache.spark.sql.functions.col;

import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.evaluate.BinaryMetrics;
import dev.nightjar.training.intent.Examples;
import dev.nightjar.training.intent.IntentFeatures;
import dev.nightjar.training.intent.model.Calibration;
import dev.nightjar.training.intent.model.RawScorer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The scored calibration anchor on the driver: half of its users calibrate, half measure. */
final class CalibrationSplit {
  private static final int LOG_ODDS = 0;
  private static final int LABEL = 1;
  private static final int WEIGHT = 2;
  private static final int PAIR_PURCHASES = 4;
  private static final int ITEM_BUYERS = 5;
  private static final int PREFERENCE = 6;

  private final List<Row> calibrating;
  private final List<Row> measured;

  private CalibrationSplit(List<Row> calibrating, List<Row> measured) {
    this.calibrating = calibrating;
    this.measured = measured;
  }

  /**
   * Collects at most {@code intent.max_rows} rows of seven numbers, sorted, so that sums repeat.
   *
   * @param scored a {@link TrainingMatrix} with raw scores
   */
  static CalibrationSplit collect(Dataset<Row> scored) {
    List<Row> rows =
        scored
            .orderBy(Candidates.USER_ID, Candidates.ITEM_ID)
            .select(
                col(RawScorer.LOG_ODDS),
                col(Examples.LABEL),
                col(Examples.WEIGHT),
                col(Examples.IS_HELD_OUT),
                col(IntentFeatures.PAIR_PURCHASES),
                col(IntentFeatures.ITEM_BUYERS_30D),
                col(RawScorer.PREFERENCE))
            .collectAsList();
    return new CalibrationSplit(
        rows.stream().filter(row -> !row.getBoolean(3)).toList(),
        rows.stream().filter(row -> row.getBoolean(3)).toList());
  }

  long calibrationRows() {
    return calibrating.size();
  }

  long measuredRows() {
    return measured.size();
  }

  /** Fits the model's calibration. */
  Calibration calibrateModel() {
    return calibrate(row -> row.getDouble(LOG_ODDS));
  }

  /**
   * Log odds that one unit of preference corresponds to: the ratio of the standard deviations; 0
   * where no preference was learned.
   */
  double logOddsPerPreference() {
    double spread = deviation(PREFERENCE);
    return spread > 0 ? deviation(LOG_ODDS) / spread : 0;
  }

  private double deviation(int column) {
    return Math.sqrt(
        new Variance(false)
            .evaluate(
                numbers(calibrating, row -> row.getDouble(column)),
                numbers(calibrating, row -> row.getDouble(WEIGHT))));
  }

  BinaryMetrics measureModel(Calibration calibration) {
    return measure(row -> row.getDouble(LOG_ODDS), calibration);
  }

  /** The same metrics of baselines without a model, each calibrated in the same way. */
  Map<String, Map<String, Double>> measureBaselines() {
    Map<String, ToDoubleFunction<Row>> baselines = new LinkedHashMap<>();
    baselines.put("constant", row -> 0.0);
    baselines.put("personal_frequency", row -> count(row, PAIR_PURCHASES));
    baselines.put("popularity", row -> count(row, ITEM_BUYERS));
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    baselines.forEach((name, score) -> metrics.put(name, measure(score, calibrate(score)).asMap()));
    return metrics;
  }

  private static double count(Row row, int column) {
    double value = row.getDouble(column);
    return Double.isNaN(value) ? 0.0 : Math.log1p(Math.max(0.0, value));
  }

  private Calibration calibrate(ToDoubleFunction<Row> score) {
    return Calibration.fit(
        numbers(calibrating, score),
        numbers(calibrating, row -> row.getDouble(LABEL)),
        numbers(calibrating, row -> row.getDouble(WEIGHT)));
  }

  private BinaryMetrics measure(ToDoubleFunction<Row> score, Calibration calibration) {
    return BinaryMetrics.of(
        Arrays.stream(numbers(measured, score)).map(calibration::apply).toArray(),
        numbers(measured, row -> row.getDouble(LABEL)),
        numbers(measured, row -> row.getDouble(WEIGHT)));
  }

  private static double[] numbers(List<Row> rows, ToDoubleFunction<Row> number) {
    return rows.stream().mapToDouble(number).toArray();
  }
}
