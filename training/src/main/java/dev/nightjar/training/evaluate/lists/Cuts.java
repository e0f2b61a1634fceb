package dev.nightjar.training.evaluate.lists;

import java.util.List;

/**
 * Lengths k that lists are cut at.
 *
 * @param all ascending
 * @param headline the one of the headline
 */
public record Cuts(List<Integer> all, int headline) {}
