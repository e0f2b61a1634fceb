package dev.nightjar.pipeline.backtest.measure;

import dev.nightjar.pipeline.report.BacktestReport;
import dev.nightjar.training.evaluate.BinaryMetrics;
import dev.nightjar.training.evaluate.Reliability;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/** Purchase probabilities of candidates beside what happened within the horizon of the intent. */
public final class Forecasts {
  static final String IS_COMPARED = "is_compared";
  private static final int START = 1 << 12;

  private final int horizonDays;
  private double[] probabilities = new double[START];
  private double[] labels = new double[START];
  private int size;

  public Forecasts(int horizonDays) {
    this.horizonDays = horizonDays;
  }

  /** Adds a user's candidates: those that have a probability. */
  void add(List<Row> candidates, int probability, int daysAfter) {
    for (Row candidate : candidates) {
      if (!candidate.isNullAt(probability)) {
        boolean isBought =
            !candidate.isNullAt(daysAfter) && candidate.getInt(daysAfter) < horizonDays;
        add(candidate.getDouble(probability), isBought ? 1 : 0);
      }
    }
  }

  private void add(double probability, double label) {
    if (size == probabilities.length) {
      probabilities = Arrays.copyOf(probabilities, 2 * size);
      labels = Arrays.copyOf(labels, 2 * size);
    }
    probabilities[size] = probability;
    labels[size++] = label;
  }

  /**
   * How good they were; no figures where there is no candidate.
   *
   * @param model kind of the model that foretold
   */
  public BacktestReport.Intent measure(String model, int bins, List<String> notes) {
    if (size == 0) {
      return new BacktestReport.Intent(model, horizonDays, 0, java.util.Map.of(), List.of(), notes);
    }
    double[] foretold = Arrays.copyOf(probabilities, size);
    double[] happened = Arrays.copyOf(labels, size);
    double[] weights = new double[size];
    Arrays.fill(weights, 1);
    return new BacktestReport.Intent(
        model,
        horizonDays,
        size,
        BinaryMetrics.of(foretold, happened, weights).asMap(),
        Reliability.curve(foretold, happened, bins),
        notes);
  }
}
