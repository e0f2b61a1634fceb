package dev.nightjar.training.candidate.learning;

import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.matrix.SparseRows;
import dev.nightjar.training.candidate.matrix.SparseSums;
import dev.nightjar.training.candidate.rules.RuleBook;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a {@link CandidateSource} learned, ready to propose items. Shared by all tasks of a machine,
 * so it must be stateless.
 */
public interface Proposer extends Serializable {
  /** A scorer for one task. */
  Scorer open();

  /**
   * The items that go best with each item, nearest first, for {@code item_neighbours}; empty where
   * the source has no neighbours.
   *
   * @param most neighbours of an item that are needed; there may be more
   */
  default Optional<SparseRows> neighbours(JavaSparkContext spark, int most) {
    return Optional.empty();
  }

  /** The rules for {@code association_rules}, where the source uses rules. */
  default Optional<RuleBook> rules() {
    return Optional.empty();
  }

  /** Scores items for one user after the other. */
  interface Scorer {
    /** Sets the user that the other methods are about. */
    void look(Target user);

    /** Items to propose, in a new array that the caller may change. */
    int[] proposed();

    /** Score of an item; NaN where the source cannot score it. */
    double score(int item);

    /**
     * Item of the user's history that supports {@code item} most, or {@link SparseSums#NO_CAUSE}.
     */
    default int because(int item) {
      return SparseSums.NO_CAUSE;
    }
  }
}
