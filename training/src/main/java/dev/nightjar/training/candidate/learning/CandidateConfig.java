package dev.nightjar.training.candidate.learning;

import dev.nightjar.features.config.Problems;
import dev.nightjar.training.candidate.demand.DemandConfig;
import dev.nightjar.training.candidate.history.NeighbourConfig;
import dev.nightjar.training.candidate.matrix.Best;
import dev.nightjar.training.candidate.rules.RuleConfig;
import dev.nightjar.training.candidate.segment.SegmentConfig;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings under {@code candidates}.
 *
 * @param items most items each source proposes to a user, by its name; 0 switches the source off
 * @param cold items of {@code popular} for a user with no history, instead of the number in {@code
 *     items}
 * @param shelfItems most items that candidates are taken from
 * @param pairs of {@code repeat} and {@code abandoned}
 * @param neighbours of {@code item_item}, {@code user_user} and {@code complement}
 * @param rules of {@code rules}
 * @param demand of {@code popular} and {@code trending}
 * @param segments of interest segments
 * @param seed of all that is drawn
 */
public record CandidateConfig(
    Map<String, Integer> items,
    int cold,
    int shelfItems,
    PairConfig pairs,
    NeighbourConfig neighbours,
    RuleConfig rules,
    DemandConfig demand,
    SegmentConfig segments,
    long seed) {

  public CandidateConfig {
    items = Collections.unmodifiableMap(new TreeMap<>(items));
    Problems problems = new Problems();
    items.forEach(problems::notNegative);
    int popular = items.getOrDefault("popular", 0);
    problems
        .require(
            shelfItems > 0 && shelfItems <= Best.MOST_ITEMS,
            "shelf_items",
            "must be from 1 to " + Best.MOST_ITEMS,
            shelfItems)
        .require(cold >= popular, "cold", "must be at least {popular} (" + popular + ")", cold)
        .throwIfAny();
  }

  /** Most items that a source proposes to a user; 0 where it is off. */
  public int items(String source) {
    return items.getOrDefault(source, 0);
  }

  /** The longest list that any source proposes to a user. */
  int longest() {
    return items.values().stream().mapToInt(Integer::intValue).reduce(cold, Math::max);
  }

  /** The same with another number of items of one source; 0 switches it off. */
  public CandidateConfig with(String source, int most) {
    Map<String, Integer> others = new TreeMap<>(items);
    others.put(source, most);
    return new CandidateConfig(
        others, cold, shelfItems, pairs, neighbours, rules, demand, segments, seed);
  }
}
