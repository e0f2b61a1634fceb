package dev.nightjar.training.candidate.learning;

import java.util.Optional;

/**
 * One way to propose items: its name, the meaning of its score, the words for it in a reason, and
 * how it learns. {@code candidates.<name>} in the config is the largest number of items that it
 * proposes to a user.
 */
public interface CandidateSource {
  /** In snake_case; also the config key, and the score column without {@code _score}. */
  String name();

  /** Unit, range and meaning of the score, for the page of tables. */
  String meaning();

  /** When there is no score, for the page of tables: "null where ...". */
  String missing();

  /** Learns from one moment of the shop. */
  Proposer learn(Learning learning);

  /** What a reason says about an item that this source proposed; nothing by default. */
  default Optional<SourceWords> words() {
    return Optional.empty();
  }

  /** How an item of the user supports the proposed one; by default none is named. */
  default Optional<SourceLink> link() {
    return Optional.empty();
  }
}
