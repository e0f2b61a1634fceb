package dev.nightjar.training.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The reliability curve: what was predicted and what happened, in bins of equal size. */
public final class Reliability {
  private Reliability() {}

  /**
   * One bin.
   *
   * @param meanProbability mean of what was predicted
   * @param share share that happened
   * @param examples number of examples
   */
  public record Point(double meanProbability, double share, long examples) {}

  /**
   * Sorts the examples by probability and cuts them into bins; equal probabilities share a bin, so
   * there may be fewer bins than requested.
   *
   * @param probabilities one per example
   * @param labels 1 where it happened, else 0
   * @param bins most bins, positive
   */
  public static List<Point> curve(double[] probabilities, double[] labels, int bins) {
    Integer[] order = new Integer[probabilities.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(probabilities[a], probabilities[b]));
    List<Point> points = new ArrayList<>();
    int next = 0;
    for (int bin = 1; bin <= bins; bin++) {
      int end = (int) ((long) order.length * bin / bins);
      while (end > 0
          && end < order.length
          && probabilities[order[end]] == probabilities[order[end - 1]]) {
        end++;
      }
      double probability = 0;
      double happened = 0;
      int start = next;
      for (; next < end; next++) {
        probability += probabilities[order[next]];
        happened += labels[order[next]];
      }
      int examples = next - start;
      if (examples > 0) {
        points.add(new Point(probability / examples, happened / examples, examples));
      }
    }
    return points;
  }
}
