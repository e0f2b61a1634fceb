package dev.nightjar.training.candidate;

import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.learning.Proposer;
import dev.nightjar.training.candidate.segment.Interests;
import java.io.Serializable;
import java.util.List;

/**
 * All that the tasks need in order to propose items.
 *
 * @param index numbers of the items
 * @param interests segments of users
 * @param sources those that are on
 */
record CandidateModels(ItemIndex index, Interests interests, List<LearnedSource> sources)
    implements Serializable {

  /** A source by its name, with what it learned. */
  record LearnedSource(String name, Proposer proposer) implements Serializable {}
}
