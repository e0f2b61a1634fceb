package dev.nightjar.training.evaluate.lists;

import java.util.List;

/**
 * Lengths k at which lists are cut.
 *
 * @param all ascending
 * @param headline the cut of the headline
 */
public record Cuts(List<Integer> all, int headline) {}
