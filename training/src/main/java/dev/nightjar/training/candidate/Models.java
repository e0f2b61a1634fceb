package dev.nightjar.training.candidate;

import java.io.Serializable;
import java.util.List;

/**
 * All that the tasks need to propose.
 *
 * @param index numbers of the items
 * @param interests segments of users
 * @param sources those that are on
 */
record Models(ItemIndex index, Interests interests, List<Source> sources) implements Serializable {}
