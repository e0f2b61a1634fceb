package dev.nightjar.training.als;

import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code als}, named as in Hu, Koren and Volinsky, Collaborative Filtering for
 * Implicit Feedback Datasets (2008).
 *
 * @param rank length of a factor vector
 * @param iterations sweeps over users and items
 * @param regularization L2 penalty of a vector, times the number of its pairs (as MLlib scales it)
 * @param alpha confidence slope: c_ui = 1 + alpha * strength
 * @param blocks user blocks and item blocks that are solved in parallel; they affect the result,
 *     since each block draws its own first factors
 * @param checkpointInterval sweeps between two checkpoints that cut the lineage
 * @param seed seed of the first factors
 */
public record AlsConfig(
    int rank,
    int iterations,
    double regularization,
    double alpha,
    int blocks,
    int checkpointInterval,
    long seed) {
  public AlsConfig {
    new Problems()
        .positive("rank", rank)
        .positive("iterations", iterations)
        .positive("regularization", regularization)
        .positive("alpha", alpha)
        .positive("blocks", blocks)
        .positive("checkpoint_interval", checkpointInterval)
        .throwIfAny();
  }
}
