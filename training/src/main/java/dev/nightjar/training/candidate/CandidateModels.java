package dev.nightjar.training.candidate;

import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.segment.Interests;
import dev.nightjar.training.candidate.source.Proposer;
import java.io.Serializable;
import java.util.List;

/**
 * All that the tasks need to propose.
 *
 * @param index numbers of the items
 * @param interests segments of users
 * @param sources those that are on
 */
record CandidateModels(ItemIndex index, Interests interests, List<Proposer> sources)
    implements Serializable {}
