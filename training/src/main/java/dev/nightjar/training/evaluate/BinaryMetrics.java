package dev.nightjar.training.evaluate;

import dev.nightjar.training.statistics.LogLoss;
import dev.nightjar.training.statistics.RocArea;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well probabilities predict what happened, over weighted examples. Exact: every threshold is a
 * cut, ties are one cut.
 *
 * @param auc area under the ROC curve: chance that a positive is scored above a negative, ties
 *     half; NaN without both classes
 * @param averagePrecision area under the precision-recall curve in steps: sum of precision times
 *     the gain in recall; NaN without a positive
 * @param logLoss mean -ln of the probability given to what happened, in nats
 * @param calibrationError expected calibration error: mean over 10 bins of equal weight of the
 *     distance between mean probability and share of positives
 * @param baseRate share of positives
 * @param meanProbability mean probability
 */
public record BinaryMetrics(
    double auc,
    double averagePrecision,
    double logLoss,
    double calibrationError,
    double baseRate,
    double meanProbability) {
  private static final int BINS = 10;

  /**
   * Computes the metrics.
   *
   * @param probabilities one per example, 0 to 1
   * @param labels 1 where it happened, else 0
   * @param weights how many examples each represents, positive
   * @throws IllegalArgumentException when there is no example or the lengths differ
   */
  public static BinaryMetrics of(double[] probabilities, double[] labels, double[] weights) {
    if (probabilities.length == 0
        || probabilities.length != labels.length
        || probabilities.length != weights.length) {
      throw new IllegalArgumentException(
          "metrics need as many probabilities as labels and weights, and at least one, got "
              + probabilities.length
              + ", "
              + labels.length
              + " and "
              + weights.length);
    }
    return new Sorted(probabilities, labels, weights).measure();
  }

  /** By name, for a model card. */
  public Map<String, Double> asMap() {
    Map<String, Double> byName = new LinkedHashMap<>();
    byName.put("auc", auc);
    byName.put("average_precision", averagePrecision);
    byName.put("log_loss", logLoss);
    byName.put("calibration_error", calibrationError);
    byName.put("base_rate", baseRate);
    byName.put("mean_probability", meanProbability);
    return byName;
  }

  /** The examples, most probable first; equal ones by label and weight, so that sums repeat. */
  private static final class Sorted {
    private final double[] probability;
    private final double[] label;
    private final double[] weight;
    private final Integer[] order;

    Sorted(double[] probability, double[] label, double[] weight) {
      this.probability = probability;
      this.label = label;
      this.weight = weight;
      this.order = new Integer[probability.length];
      Arrays.setAll(order, position -> position);
      Arrays.sort(
          order,
          (left, right) -> {
            int byProbability = Double.compare(probability[right], probability[left]);
            int byLabel = Double.compare(label[right], label[left]);
            int byWeight = Double.compare(weight[right], weight[left]);
            return byProbability != 0 ? byProbability : byLabel != 0 ? byLabel : byWeight;
          });
    }

    BinaryMetrics measure() {
      double total = 0;
      double positives = 0;
      double probabilities = 0;
      double loss = 0;
      for (int example : order) {
        total += weight[example];
        positives += weight[example] * label[example];
        probabilities += weight[example] * probability[example];
        loss += weight[example] * LogLoss.of(probability[example], label[example] > 0);
      }
      RocArea roc = new RocArea();
      double averagePrecision = addCuts(roc) / positives;
      return new BinaryMetrics(
          roc.value(),
          averagePrecision,
          loss / total,
          calibrationError(total),
          positives / total,
          probabilities / total);
    }

    /** Adds the examples cut by cut; returns the sum of precision times the gain of each cut. */
    private double addCuts(RocArea roc) {
      double precisions = 0;
      int next = 0;
      while (next < order.length) {
        double cut = probability[order[next]];
        double tiedPositives = 0;
        double tiedNegatives = 0;
        while (next < order.length && probability[order[next]] == cut) {
          int example = order[next++];
          tiedPositives += weight[example] * label[example];
          tiedNegatives += weight[example] * (1 - label[example]);
        }
        roc.add(tiedPositives, tiedNegatives);
        precisions += tiedPositives * roc.positives() / (roc.positives() + roc.negatives());
      }
      return precisions;
    }

    /** Equal probabilities share one bin, the one in which they begin. */
    private double calibrationError(double total) {
      double error = 0;
      double seen = 0;
      double binDifference = 0;
      int bin = 0;
      int next = 0;
      while (next < order.length) {
        int binOfTie = Math.min(BINS - 1, (int) (seen / total * BINS));
        if (binOfTie != bin) {
          error += Math.abs(binDifference);
          binDifference = 0;
          bin = binOfTie;
        }
        double cut = probability[order[next]];
        while (next < order.length && probability[order[next]] == cut) {
          int example = order[next++];
          binDifference += weight[example] * (cut - label[example]);
          seen += weight[example];
        }
      }
      return (error + Math.abs(binDifference)) / total;
    }
  }
}
