package dev.nightjar.training.als;

import java.util.Arrays;
import java.util.List;

/** YᵀY of vectors: rank × rank. */
final class Gram {
  /** Vectors summed as floats before they are added to the doubles. */
  private static final int SLICE = 256;

  private Gram() {}

  /** That of one block's vectors. */
  static double[] of(float[] vectors, int rank) {
    double[] sum = new double[rank * rank];
    float[] slice = new float[rank * rank];
    for (int from = 0; from < vectors.length; from += SLICE * rank) {
      int until = Math.min(vectors.length, from + SLICE * rank);
      Arrays.fill(slice, 0);
      for (int factor = 0; factor < rank; factor++) {
        Kernels.Sum ofFactor = new Kernels.Sum(vectors, slice, factor * rank, rank);
        for (int vector = from; vector < until; vector += rank) {
          ofFactor.add(vectors[vector + factor], vector);
        }
        ofFactor.end();
      }
      for (int cell = 0; cell < sum.length; cell++) {
        sum[cell] += slice[cell];
      }
    }
    return sum;
  }

  /** The sum of the blocks', in their order, so that the same blocks give the same sum. */
  static float[] together(List<double[]> blocks) {
    float[] gram = new float[blocks.get(0).length];
    for (int cell = 0; cell < gram.length; cell++) {
      double sum = 0;
      for (double[] block : blocks) {
        sum += block[cell];
      }
      gram[cell] = (float) sum;
    }
    return gram;
  }
}
