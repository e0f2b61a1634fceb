package dev.nightjar.training.als;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.io.Serializable;

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

  /** Uses vector instructions where the JVM is told --add-modules=jdk.incubator.vector. */
  private static final BLAS KERNELS = JavaBLAS.getInstance();

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

    Row(Links links, float[] others) {
      this.links = links;
      this.others = others;
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
        float confidence = 1 + alpha * links.strength()[pair];
        KERNELS.saxpy(rank, confidence, others, links.at()[pair] * rank, 1, residual, 0, 1);
      }
      descend(from, to);
      System.arraycopy(x, 0, vectors, index * rank, rank);
    }

    private void descend(int from, int to) {
      System.arraycopy(residual, 0, direction, 0, rank);
      double left = KERNELS.sdot(rank, residual, 1, residual, 1);
      for (int step = 0; step < steps && left > NOTHING; step++) {
        multiply(direction, from, to);
        float length = (float) (left / KERNELS.sdot(rank, direction, 1, image, 1));
        KERNELS.saxpy(rank, length, direction, 1, x, 1);
        KERNELS.saxpy(rank, -length, image, 1, residual, 1);
        double next = KERNELS.sdot(rank, residual, 1, residual, 1);
        float turn = (float) (next / left);
        for (int factor = 0; factor < rank; factor++) {
          direction[factor] = residual[factor] + turn * direction[factor];
        }
        left = next;
      }
    }

    /** The row's matrix times a vector, into {@link #image}. */
    private void multiply(float[] vector, int from, int to) {
      KERNELS.sgemv("N", rank, rank, 1, gram, rank, vector, 1, 0, image, 1);
      KERNELS.saxpy(rank, regularization * (to - from), vector, 1, image, 1);
      for (int pair = from; pair < to; pair++) {
        int other = links.at()[pair] * rank;
        float weight =
            alpha * links.strength()[pair] * KERNELS.sdot(rank, others, other, 1, vector, 0, 1);
        KERNELS.saxpy(rank, weight, others, other, 1, image, 0, 1);
      }
    }
  }
}
