package dev.nightjar.training.als;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Moves the vectors of one side towards the minimum of Hu, Koren and Volinsky's loss (2008,
 * equation 3), while those of the other side stand still: a few steps of conjugate gradient on (YᵀY
 * + Σ α s y yᵀ + λ n I) x = Σ (1 + α s) y, whose matrix is never made (Takács, Pilászy and Tikk
 * 2011). The sums run over the n pairs of the row.
 *
 * @param gram YᵀY over all vectors of the other side, rank × rank
 * @param rank length of a vector
 * @param steps of conjugate gradient
 * @param regularization λ
 * @param alpha α
 */
record LeastSquares(float[] gram, int rank, int steps, float regularization, float alpha)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A residual, squared, that is nothing to what a float can tell. */
  private static final double NOTHING = 1e-20;

  static LeastSquares of(float[] gram, AlsConfig config) {
    return new LeastSquares(
        gram,
        config.rank(),
        config.gradientSteps(),
        (float) config.regularization(),
        (float) config.alpha());
  }

  /**
   * Solves a block.
   *
   * @param others the vectors that the block needs, in their places
   * @param start vectors to start from, one a row
   * @return the new vectors
   */
  float[] solve(Links links, float[] others, float[] start) {
    float[] vectors = start.clone();
    Row row = new Row(links, others);
    for (int index = 0; index < links.size(); index++) {
      row.solve(index, vectors);
    }
    return vectors;
  }

  /** Solves rows one after another, in the same scratch arrays. */
  private final class Row {
    private final Links links;
    private final float[] others;
    private final float[] x = new float[rank];
    private final float[] residual = new float[rank];
    private final float[] direction = new float[rank];
    private final float[] image = new float[rank];
    private final float[] weights = new float[Kernels.TOGETHER];
    private final int[] begins = new int[Kernels.TOGETHER];
    private final Kernels.Sum ofGram;
    private final Kernels.Sum wanted;

    Row(Links links, float[] others) {
      this.links = links;
      this.others = others;
      this.ofGram = new Kernels.Sum(gram, image, 0, rank);
      this.wanted = new Kernels.Sum(others, residual, 0, rank);
    }

    void solve(int index, float[] vectors) {
      int from = links.starts()[index];
      int to = links.starts()[index + 1];
      System.arraycopy(vectors, index * rank, x, 0, rank);
      multiply(x, from, to);
      for (int factor = 0; factor < rank; factor++) {
        residual[factor] = -image[factor];
      }
      for (int pair = from; pair < to; pair++) {
        wanted.add(1 + alpha * links.strength()[pair], links.at()[pair] * rank);
      }
      wanted.end();
      descend(from, to);
      System.arraycopy(x, 0, vectors, index * rank, rank);
    }

    private void descend(int from, int to) {
      System.arraycopy(residual, 0, direction, 0, rank);
      double left = Kernels.dot(residual, 0, residual, rank);
      for (int step = 0; step < steps && left > NOTHING; step++) {
        multiply(direction, from, to);
        float length = (float) (left / Kernels.dot(direction, 0, image, rank));
        Kernels.add(length, direction, 0, x, 0, rank);
        Kernels.add(-length, image, 0, residual, 0, rank);
        double next = Kernels.dot(residual, 0, residual, rank);
        float turn = (float) (next / left);
        for (int factor = 0; factor < rank; factor++) {
          direction[factor] = residual[factor] + turn * direction[factor];
        }
        left = next;
      }
    }

    /** The row's matrix times a vector, into {@link #image}. */
    private void multiply(float[] vector, int from, int to) {
      Arrays.fill(image, 0);
      for (int factor = 0; factor < rank; factor++) {
        ofGram.add(vector[factor], factor * rank);
      }
      ofGram.end();
      Kernels.add(regularization * (to - from), vector, 0, image, 0, rank);
      int pair = from;
      for (; pair + Kernels.TOGETHER <= to; pair += Kernels.TOGETHER) {
        for (int one = 0; one < Kernels.TOGETHER; one++) {
          begins[one] = links.at()[pair + one] * rank;
        }
        Kernels.dotFour(others, begins, vector, rank, weights);
        for (int one = 0; one < Kernels.TOGETHER; one++) {
          weights[one] *= alpha * links.strength()[pair + one];
        }
        Kernels.addFour(weights, others, begins, image, 0, rank);
      }
      for (; pair < to; pair++) {
        int begin = links.at()[pair] * rank;
        float product = Kernels.dot(others, begin, vector, rank);
        Kernels.add(alpha * links.strength()[pair] * product, others, begin, image, 0, rank);
      }
    }
  }
}
