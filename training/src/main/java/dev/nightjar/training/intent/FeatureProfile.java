package dev.nightjar.training.intent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How the values of one feature are distributed in one night, and how far another night is from it.
 *
 * @param edges ascending upper ends of all bins but the last; a value belongs to the first bin
 *     whose end is not below it
 * @param shares share of the candidates in each bin, and last of those without a value
 */
public record FeatureProfile(List<Double> edges, List<Double> shares) {
  private static final int BINS = 10;
  private static final double SMALLEST_SHARE = 1e-4;

  public FeatureProfile {
    edges = List.copyOf(edges);
    shares = List.copyOf(shares);
    if (shares.size() != edges.size() + 2) {
      throw new IllegalArgumentException(
          "a profile has two shares more than edges, got %d and %d"
              .formatted(shares.size(), edges.size()));
    }
  }

  /** Bins of about equal shares; fewer where values repeat. NaN is no value. */
  static FeatureProfile of(double[] values) {
    double[] known = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    List<Double> edges = new ArrayList<>();
    for (int bin = 1; bin < BINS && known.length > 0; bin++) {
      double edge = known[(int) ((long) bin * (known.length - 1) / BINS)];
      boolean isHigher = edges.isEmpty() || edge > edges.get(edges.size() - 1);
      if (isHigher && edge < known[known.length - 1]) {
        edges.add(edge);
      }
    }
    return new FeatureProfile(edges, shares(values, edges));
  }

  /** The profile of other values in the bins of this one. */
  private static List<Double> shares(double[] values, List<Double> edges) {
    double[] counts = new double[edges.size() + 2];
    for (double value : values) {
      int bin = 0;
      while (bin < edges.size() && value > edges.get(bin)) {
        bin++;
      }
      counts[Double.isNaN(value) ? edges.size() + 1 : bin]++;
    }
    double total = Math.max(1, values.length);
    return Arrays.stream(counts).mapToObj(count -> count / total).toList();
  }

  /**
   * Population stability index of other values against this profile: sum over the bins of (now -
   * then) ln(now / then). By convention in credit scoring, below 0.1 is stable and above 0.25
   * should be looked into.
   */
  double drift(double[] values) {
    List<Double> now = shares(values, edges);
    double index = 0;
    for (int bin = 0; bin < shares.size(); bin++) {
      double was = Math.max(SMALLEST_SHARE, shares.get(bin));
      double is = Math.max(SMALLEST_SHARE, now.get(bin));
      index += (is - was) * Math.log(is / was);
    }
    return index;
  }

  /** The fields of a card. */
  Map<String, Object> asMap() {
    return Map.of("edges", edges, "shares", shares);
  }

  /** Reads the result of {@link #asMap}. */
  static FeatureProfile of(Map<String, Object> map) {
    return new FeatureProfile(numbers(map.get("edges")), numbers(map.get("shares")));
  }

  private static List<Double> numbers(Object list) {
    return ((List<?>) list).stream().map(number -> ((Number) number).doubleValue()).toList();
  }
}
