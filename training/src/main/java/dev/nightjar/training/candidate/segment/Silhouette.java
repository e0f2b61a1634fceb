package dev.nightjar.training.candidate.segment;

import dev.nightjar.training.candidate.matrix.SparseRows;

/**
 * Silhouette of rows (Rousseeuw, 1987): (b - a) / max(a, b), where a is the mean distance to the
 * rows of the same cluster and b that to the nearest other one; 0 for a row alone. The distances
 * are computed once for any number of clusterings.
 */
final class Silhouette {
  private final int[] sample;
  private final float[][] distances;

  /** Silhouettes over at most {@code most} rows, evenly spaced. */
  Silhouette(SparseRows rows, int most) {
    int size = Math.min(most, rows.rowCount());
    this.sample = new int[size];
    this.distances = new float[size][size];
    for (int place = 0; place < size; place++) {
      sample[place] = (int) ((long) place * rows.rowCount() / size);
      for (int other = 0; other < place; other++) {
        float distance = (float) (1 - rows.product(sample[place], sample[other]));
        distances[place][other] = distance;
        distances[other][place] = distance;
      }
    }
  }

  /** Mean over all rows of the sample. */
  double mean(int[] labels, int k) {
    double[] byCluster = byCluster(labels, k);
    double sum = 0;
    int[] counts = counts(labels, k);
    for (int cluster = 0; cluster < k; cluster++) {
      sum += byCluster[cluster] * counts[cluster];
    }
    return sample.length == 0 ? 0 : sum / sample.length;
  }

  /** Mean over the rows of each cluster, 0 for one without rows in the sample. */
  double[] byCluster(int[] labels, int k) {
    int[] counts = counts(labels, k);
    double[] means = new double[k];
    for (int place = 0; place < sample.length; place++) {
      int own = labels[sample[place]];
      double[] sums = new double[k];
      for (int other = 0; other < sample.length; other++) {
        sums[labels[sample[other]]] += distances[place][other];
      }
      means[own] += of(own, sums, counts) / counts[own];
    }
    return means;
  }

  private static double of(int own, double[] sums, int[] counts) {
    if (counts[own] < 2) {
      return 0;
    }
    double inside = sums[own] / (counts[own] - 1);
    double outside = Double.POSITIVE_INFINITY;
    for (int cluster = 0; cluster < sums.length; cluster++) {
      if (cluster != own && counts[cluster] > 0) {
        outside = Math.min(outside, sums[cluster] / counts[cluster]);
      }
    }
    double larger = Math.max(inside, outside);
    return Double.isInfinite(outside) || larger == 0 ? 0 : (outside - inside) / larger;
  }

  private int[] counts(int[] labels, int k) {
    int[] counts = new int[k];
    for (int row : sample) {
      counts[labels[row]]++;
    }
    return counts;
  }
}
