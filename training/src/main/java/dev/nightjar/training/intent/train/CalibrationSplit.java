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
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The scored calibration anchor on the driver: half of its users calibrate, half measure. */
final class CalibrationSplit {
  private static final String PAIR_PURCHASES = "pair_purchases";
  private static final String ITEM_BUYERS = "item_buyers";

  /** A scored candidate; features are NaN where they do not exist. */
  private record Example(
      double logOdds,
      double preference,
      double label,
      double weight,
      boolean isHeldOut,
      double pairPurchases,
      double itemBuyers) {
    static Example of(Row row) {
      return new Example(
          row.<Double>getAs(RawScorer.LOG_ODDS),
          row.<Double>getAs(RawScorer.PREFERENCE),
          row.<Double>getAs(Examples.LABEL),
          row.<Double>getAs(Examples.WEIGHT),
          row.<Boolean>getAs(Examples.IS_HELD_OUT),
          row.<Double>getAs(PAIR_PURCHASES),
          row.<Double>getAs(ITEM_BUYERS));
    }
  }

  private final List<Example> calibrating;
  private final List<Example> measured;

  private CalibrationSplit(List<Example> calibrating, List<Example> measured) {
    this.calibrating = calibrating;
    this.measured = measured;
  }

  /**
   * Scores a matrix and collects at most {@code intent.max_rows} rows, sorted, so that sums repeat.
   */
  static CalibrationSplit collect(TrainingMatrix matrix, RawScorer trees) {
    Dataset<Row> rows =
        matrix
            .rows()
            .withColumn(PAIR_PURCHASES, col(IntentFeatures.PAIR_PURCHASES))
            .withColumn(ITEM_BUYERS, col(IntentFeatures.ITEM_BUYERS_30D));
    Map<Boolean, List<Example>> byHalf =
        trees
            .score(rows)
            .orderBy(Candidates.USER_ID, Candidates.ITEM_ID)
            .select(
                RawScorer.LOG_ODDS,
                RawScorer.PREFERENCE,
                Examples.LABEL,
                Examples.WEIGHT,
                Examples.IS_HELD_OUT,
                PAIR_PURCHASES,
                ITEM_BUYERS)
            .collectAsList()
            .stream()
            .map(Example::of)
            .collect(Collectors.partitioningBy(Example::isHeldOut));
    return new CalibrationSplit(byHalf.get(false), byHalf.get(true));
  }

  long calibrationRows() {
    return calibrating.size();
  }

  long measuredRows() {
    return measured.size();
  }

  /** Fits the model's calibration. */
  Calibration calibrateModel() {
    return calibrate(Example::logOdds);
  }

  /** Moves the intercept of the model's calibration. */
  Calibration moveModel(Calibration calibration) {
    return calibration.moved(
        numbers(calibrating, Example::logOdds),
        numbers(calibrating, Example::label),
        numbers(calibrating, Example::weight));
  }

  /**
   * Log odds that one unit of preference corresponds to: the ratio of the standard deviations; 0
   * where no preference was learned.
   */
  double logOddsPerPreference() {
    double spread = deviation(Example::preference);
    return spread > 0 ? deviation(Example::logOdds) / spread : 0;
  }

  private double deviation(ToDoubleFunction<Example> figure) {
    return Math.sqrt(
        new Variance(false)
            .evaluate(numbers(calibrating, figure), numbers(calibrating, Example::weight)));
  }

  BinaryMetrics measureModel(Calibration calibration) {
    return measure(Example::logOdds, calibration);
  }

  /** The same metrics of baselines without a model, each calibrated in the same way. */
  Map<String, Map<String, Double>> measureBaselines() {
    Map<String, ToDoubleFunction<Example>> baselines = new LinkedHashMap<>();
    baselines.put("constant", row -> 0.0);
    baselines.put("personal_frequency", row -> logCount(row.pairPurchases()));
    baselines.put("popularity", row -> logCount(row.itemBuyers()));
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    baselines.forEach((name, score) -> metrics.put(name, measure(score, calibrate(score)).asMap()));
    return metrics;
  }

  private static double logCount(double count) {
    return Double.isNaN(count) ? 0.0 : Math.log1p(Math.max(0.0, count));
  }

  private Calibration calibrate(ToDoubleFunction<Example> score) {
    return Calibration.fit(
        numbers(calibrating, score),
        numbers(calibrating, Example::label),
        numbers(calibrating, Example::weight));
  }

  private BinaryMetrics measure(ToDoubleFunction<Example> score, Calibration calibration) {
    return BinaryMetrics.of(
        Arrays.stream(numbers(measured, score)).map(calibration::apply).toArray(),
        numbers(measured, Example::label),
        numbers(measured, Example::weight));
  }

  private static double[] numbers(List<Example> rows, ToDoubleFunction<Example> number) {
    return rows.stream().mapToDouble(number).toArray();
  }
}
