package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.matrix.SparseSums;
import java.io.Serializable;

/** One way to propose items. Shared by all tasks of a machine, so that it holds no state. */
public interface Proposer extends Serializable {
  /** One of {@link dev.nightjar.training.table.Candidates#SOURCE_NAMES}. */
  String name();

  /** A scorer for one task. */
  Scorer open();

  /** Looks at one user after the other. */
  interface Scorer {
    /** Turns to a user; the other methods speak of the last one. */
    void look(Target user);

    /** Items worth proposing; a new array, the caller's own. */
    int[] proposed();

    /** Score of an item; NaN where the source has nothing to say of it. */
    double score(int item);

    /**
     * Item of the user's history that speaks most for {@code item}, or {@link SparseSums#NO_CAUSE}.
     */
    default int because(int item) {
      return SparseSums.NO_CAUSE;
    }
  }
}
