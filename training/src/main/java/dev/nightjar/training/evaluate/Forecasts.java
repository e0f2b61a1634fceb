package dev.nightjar.training.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Purchase probabilities of candidates and whether they were bought within the horizon. */
public final class Forecasts {
  /** Number of days for something that never happens. */
  public static final int NEVER = Integer.MAX_VALUE;

  private static final int START = 1 << 12;

  private final int horizonDays;
  private double[] probabilities = new double[START];
  private double[] labels = new double[START];
  private int size;

  /**
   * Starts without candidates.
   *
   * @param horizonDays days within which a purchase counts
   */
  public Forecasts(int horizonDays) {
    this.horizonDays = horizonDays;
  }

  /** Days within which a purchase counts. */
  public int horizonDays() {
    return horizonDays;
  }

  /** Number of candidates. */
  public int size() {
    return size;
  }

  /**
   * Adds a candidate.
   *
   * @param probability that it is bought within the horizon
   * @param daysAfter days until it was bought, from 0
   */
  public void add(double probability, int daysAfter) {
    if (size == probabilities.length) {
      probabilities = Arrays.copyOf(probabilities, 2 * size);
      labels = Arrays.copyOf(labels, 2 * size);
    }
    probabilities[size] = probability;
    labels[size++] = daysAfter < horizonDays ? 1 : 0;
  }

  /** The metrics by name; empty without candidates. */
  public Map<String, Double> metrics() {
    if (size == 0) {
      return Map.of();
    }
    double[] weights = new double[size];
    Arrays.fill(weights, 1);
    return BinaryMetrics.of(predicted(), happened(), weights).asMap();
  }

  /** The reliability curve in at most so many bins. */
  public List<Reliability.Point> reliability(int bins) {
    return Reliability.curve(predicted(), happened(), bins);
  }

  private double[] predicted() {
    return Arrays.copyOf(probabilities, size);
  }

  private double[] happened() {
    return Arrays.copyOf(labels, size);
  }
}
