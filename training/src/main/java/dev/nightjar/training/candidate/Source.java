package dev.nightjar.training.candidate;

import java.io.Serializable;
import java.util.List;

/** One way to propose items. Shared by all tasks of a machine, so that it holds no state. */
interface Source extends Serializable {
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

    /** Item of the user's history that speaks most for {@code item}, or {@link Sums#NO_CAUSE}. */
    default int because(int item) {
      return Sums.NO_CAUSE;
    }
  }

  /**
   * A user to propose to.
   *
   * @param history items of the user, none for a newcomer
   * @param factors ALS factors; empty where there are none
   * @param locale language and country; null where unknown
   * @param interest number of the interest segment, or {@link Interests#NONE}
   */
  record Target(UserHistory history, List<Float> factors, String locale, int interest) {}
}
