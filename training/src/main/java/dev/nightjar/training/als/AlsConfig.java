package dev.nightjar.training.als;

import com.typesafe.config.Config;
import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code als}, named as in Hu, Koren and Volinsky, Collaborative Filtering for
 * Implicit Feedback Datasets (2008).
 *
 * @param rank length of a factor vector
 * @param iterations sweeps over users and items
 * @param regularization L2 penalty of a vector, times the number of its pairs (as MLlib scales it)
 * @param alpha confidence slope: c_ui = 1 + alpha * strength
 * @param blocks user blocks and item blocks that are solved side by side; part of the result, since
 *     each block draws its own first factors
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
        .require(rank > 0, "als.rank must be positive, got " + rank)
        .require(iterations > 0, "als.iterations must be positive, got " + iterations)
        .require(regularization > 0, "als.regularization must be positive, got " + regularization)
        .require(alpha > 0, "als.alpha must be positive, got " + alpha)
        .require(blocks > 0, "als.blocks must be positive, got " + blocks)
        .require(
            checkpointInterval > 0,
            "als.checkpoint_interval must be positive, got " + checkpointInterval)
        .throwIfAny();
  }

  /** Reads the section {@code als}. */
  public static AlsConfig from(Config section) {
    return new AlsConfig(
        section.getInt("rank"),
        section.getInt("iterations"),
        section.getDouble("regularization"),
        section.getDouble("alpha"),
        section.getInt("blocks"),
        section.getInt("checkpoint_interval"),
        section.getLong("seed"));
  }
}
