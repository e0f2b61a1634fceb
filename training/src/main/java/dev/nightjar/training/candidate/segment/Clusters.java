package dev.nightjar.training.candidate.segment;

import dev.nightjar.training.candidate.matrix.Best;
import dev.nightjar.training.candidate.matrix.SparseRows;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Spherical k-means: rows of length 1, distance 1 - cosine, initial centres by k-means++ (Arthur
 * and Vassilvitskii, 2007). Plain Java, since a few thousand short rows take less time than the
 * jobs of one sweep would.
 *
 * @param middles centres of length 1
 * @param labels centre of each row
 */
record Clusters(float[][] middles, int[] labels) {
  private static final int SWEEPS = 10;

  static Clusters fit(SparseRows rows, int k, long seed) {
    float[][] middles = firstMiddles(rows, k, new SplittableRandom(seed));
    int[] labels = new int[rows.rowCount()];
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean hasMoved = false;
      for (int row = 0; row < labels.length; row++) {
        int label = nearest(rows, row, middles);
        hasMoved |= label != labels[row];
        labels[row] = label;
      }
      if (!hasMoved && sweep > 0) {
        break;
      }
      move(rows, labels, middles);
    }
    return new Clusters(middles, labels);
  }

  /** Number of the centre nearest to a row, ties to the smaller. */
  static int nearest(SparseRows rows, int row, float[][] middles) {
    int nearest = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int middle = 0; middle < middles.length; middle++) {
      double cosine = Best.rounded(cosine(rows, row, middles[middle]));
      if (cosine > largest) {
        largest = cosine;
        nearest = middle;
      }
    }
    return nearest;
  }

  static double cosine(SparseRows rows, int row, float[] middle) {
    double product = 0;
    for (int entry = rows.start(row); entry < rows.end(row); entry++) {
      product += (double) rows.value(entry) * middle[rows.column(entry)];
    }
    return product;
  }

  private static float[][] firstMiddles(SparseRows rows, int k, SplittableRandom random) {
    float[][] middles = new float[k][];
    double[] distances = new double[rows.rowCount()];
    Arrays.fill(distances, 1);
    for (int middle = 0; middle < k; middle++) {
      middles[middle] = dense(rows, draw(distances, random));
      for (int row = 0; row < distances.length; row++) {
        double distance = Math.max(0, 1 - cosine(rows, row, middles[middle]));
        distances[row] = middle == 0 ? distance : Math.min(distances[row], distance);
      }
    }
    return middles;
  }

  /** A row drawn with probability proportional to its squared distance. */
  private static int draw(double[] distances, SplittableRandom random) {
    double whole = Arrays.stream(distances).map(distance -> distance * distance).sum();
    double left = random.nextDouble() * whole;
    int row = 0;
    while (row < distances.length - 1 && left >= distances[row] * distances[row]) {
      left -= distances[row] * distances[row];
      row++;
    }
    return row;
  }

  private static float[] dense(SparseRows rows, int row) {
    float[] dense = new float[rows.columnCount()];
    for (int entry = rows.start(row); entry < rows.end(row); entry++) {
      dense[rows.column(entry)] = rows.value(entry);
    }
    return dense;
  }

  /** Moves each centre to the mean direction of its rows; one without rows stays. */
  private static void move(SparseRows rows, int[] labels, float[][] middles) {
    double[][] sums = new double[middles.length][rows.columnCount()];
    for (int row = 0; row < labels.length; row++) {
      for (int entry = rows.start(row); entry < rows.end(row); entry++) {
        sums[labels[row]][rows.column(entry)] += rows.value(entry);
      }
    }
    for (int middle = 0; middle < middles.length; middle++) {
      double squares = Arrays.stream(sums[middle]).map(value -> value * value).sum();
      for (int column = 0; squares > 0 && column < rows.columnCount(); column++) {
        middles[middle][column] = (float) (sums[middle][column] / Math.sqrt(squares));
      }
    }
  }
}
