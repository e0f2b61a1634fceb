package dev.nightjar.training.als;

import dev.nightjar.features.config.Problems;
import java.io.Serializable;

/**
 * Settings under {@code als}, named as in Hu, Koren and Volinsky, Collaborative Filtering for
 * Implicit Feedback Datasets (2008).
 *
 * @param engine what solves the least squares
 * @param rank length of a factor vector
 * @param iterations sweeps over users and items
 * @param gradientSteps steps of conjugate gradient towards a vector in each sweep, for the engine
 *     {@code vector}
 * @param regularization L2 penalty of a vector, times the number of its pairs
 * @param alpha confidence slope: c_ui = 1 + alpha * strength
 * @param pairsPerBlock pairs of a block of users or items; blocks are solved in parallel, two of
 *     them in one task
 * @param checkpointInterval sweeps between two checkpoints that cut the lineage
 * @param seed seed of the first factors
 */
public record AlsConfig(
    Engine engine,
    int rank,
    int iterations,
    int gradientSteps,
    double regularization,
    double alpha,
    int pairsPerBlock,
    int checkpointInterval,
    long seed)
    implements Serializable {
  /** What solves the least squares; both minimise the same loss. */
  public enum Engine {
    /** {@link OneTaskAls}, or {@link GradientAls} for what is too large for one task. */
    VECTOR,
    /** Spark MLlib's ALS, which solves each vector exactly. */
    MLLIB
  }

  public AlsConfig {
    new Problems()
        .positive("rank", rank)
        .positive("iterations", iterations)
        .positive("gradient_steps", gradientSteps)
        .positive("regularization", regularization)
        .positive("alpha", alpha)
        .positive("pairs_per_block", pairsPerBlock)
        .positive("checkpoint_interval", checkpointInterval)
        .throwIfAny();
  }

  /** Blocks of users, and of items, for so many pairs: two at least. */
  int blocks(long pairs) {
    return Math.toIntExact(Math.max(2, (pairs - 1) / pairsPerBlock + 1));
  }
}
