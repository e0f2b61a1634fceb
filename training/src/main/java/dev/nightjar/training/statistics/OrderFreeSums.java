package dev.nightjar.training.statistics;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * Sums in whole millionths, so that they are the same in whatever order partitions end: what each
 * element adds is rounded once, and whole numbers add up exactly.
 *
 * <p>An RDD, since the sums are dense vectors of likelihoods that no SQL function computes.
 */
public final class OrderFreeSums {
  private static final double PER_UNIT = 1e6;

  private OrderFreeSums() {}

  /** Adds what one element contributes. */
  @FunctionalInterface
  public interface Contribution<T> extends Serializable {
    void add(T element, Totals into);
  }

  /** Adds up the numbers of a layout over all elements. */
  public static <T> Totals over(
      JavaRDD<T> elements, Cells.Layout layout, Contribution<T> contribution) {
    int size = layout.size();
    long[] millionths =
        elements
            .mapPartitions(
                partition -> {
                  long[] sums = new long[size];
                  while (partition.hasNext()) {
                    Totals one = new Totals(new double[size]);
                    contribution.add(partition.next(), one);
                    add(one.values(), sums);
                  }
                  return List.of(sums).iterator();
                })
            .reduce(OrderFreeSums::plus);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = millionths[i] / PER_UNIT;
    }
    return new Totals(values);
  }

  private static void add(double[] values, long[] into) {
    for (int i = 0; i < values.length; i++) {
      into[i] += Math.round(values[i] * PER_UNIT);
    }
  }

  private static long[] plus(long[] left, long[] right) {
    long[] sum = left.clone();
    add(right, sum);
    return sum;
  }

  private static void add(long[] values, long[] into) {
    for (int i = 0; i < values.length; i++) {
      into[i] += values[i];
    }
  }
}
