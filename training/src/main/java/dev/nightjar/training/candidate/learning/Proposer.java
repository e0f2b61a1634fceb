package dev.nightjar.training.candidate.learning;

import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.matrix.SparseRows;
import dev.nightjar.training.candidate.matrix.SparseSums;
import dev.nightjar.training.candidate.rules.RuleBook;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a {@link CandidateSource} learned, ready to propose. Shared by all tasks of a machine, so
 * that it holds no state.
 */
public interface Proposer extends Serializable {
  /** A scorer for one task. */
  Scorer open();

  /**
   * The items that go best with each item, nearest first, for {@code item_neighbours}; none where
   * the source goes by something else.
   *
   * @param most neighbours of an item that are asked for; there may be more
   */
  default Optional<SparseRows> neighbours(JavaSparkContext spark, int most) {
    return Optional.empty();
  }

  /** The rules for {@code association_rules}, where the source goes by rules. */
  default Optional<RuleBook> rules() {
    return Optional.empty();
  }

  /** Looks at one user after the other. */
  interface Scorer {
    /** Turns to a user; the other methods are about the last one. */
    void look(Target user);

    /** Items worth proposing; a new array, the caller's own. */
    int[] proposed();

    /** Score of an item; NaN where the source knows nothing of it. */
    double score(int item);

    /**
     * Item of the user's history that supports {@code item} most, or {@link SparseSums#NO_CAUSE}.
     */
    default int because(int item) {
      return SparseSums.NO_CAUSE;
    }
  }
}
