package dev.nightjar.training.candidate;

import com.typesafe.config.Config;
import dev.nightjar.features.config.Problems;
import dev.nightjar.training.candidate.demand.DemandConfig;
import dev.nightjar.training.candidate.history.NeighbourConfig;
import dev.nightjar.training.candidate.matrix.ItemSimilarity;
import dev.nightjar.training.candidate.rules.RuleConfig;
import dev.nightjar.training.candidate.segment.SegmentConfig;
import dev.nightjar.training.candidate.source.PairConfig;
import dev.nightjar.training.table.Candidates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings under {@code candidates}.
 *
 * @param items most items each source proposes to a user, by {@link Candidates#SOURCE_NAMES}; 0
 *     switches the source off
 * @param cold items of {@code popular} for a user with no history, in place of its number above
 * @param seed of all that is drawn
 */
public record CandidateConfig(
    Map<String, Integer> items,
    int cold,
    PairConfig pairs,
    NeighbourConfig neighbours,
    RuleConfig rules,
    DemandConfig demand,
    SegmentConfig segments,
    long seed) {

  public CandidateConfig {
    items = Map.copyOf(items);
    Problems problems = new Problems();
    for (String source : Candidates.SOURCE_NAMES) {
      int most = items.getOrDefault(source, 0);
      problems.require(most >= 0, "candidates." + source + " must not be negative, got " + most);
    }
    int popular = items.getOrDefault("popular", 0);
    problems
        .require(
            cold >= popular,
            "candidates.cold must be at least candidates.popular (" + popular + "), got " + cold)
        .require(
            List.of(ItemSimilarity.COSINE, ItemSimilarity.BM25).contains(neighbours.similarity()),
            "candidates.item_similarity must be cosine or bm25, got " + neighbours.similarity())
        .require(
            rules.minSupport() >= 0 && rules.minSupport() <= 1,
            "candidates.rules_min_support must be 0 to 1, got " + rules.minSupport())
        .require(
            rules.minConfidence() >= 0 && rules.minConfidence() <= 1,
            "candidates.rules_min_confidence must be 0 to 1, got " + rules.minConfidence())
        .require(
            rules.minLift() >= 1,
            "candidates.rules_min_lift must be at least 1, got " + rules.minLift())
        .require(
            rules.basketItems() >= 2 && rules.basketItems() <= 20,
            "candidates.rules_basket_items must be 2 to 20, got " + rules.basketItems())
        .require(
            neighbours.users() > 0 && neighbours.users() <= 1 << 20,
            "candidates.neighbour_users must be 1 to 1048576, got " + neighbours.users())
        .require(
            segments.most() >= 0,
            "candidates.segments must not be negative, got " + segments.most());
    requirePositive(problems, "repeat_half_life_days", pairs.repeatHalfLifeDays());
    requirePositive(problems, "abandoned_days", pairs.abandonedDays());
    requirePositive(problems, "abandoned_min_views", pairs.abandonedMinViews());
    requirePositive(problems, "item_neighbours", neighbours.perItem());
    requirePositive(problems, "history_items", neighbours.historyItems());
    requirePositive(problems, "user_neighbours", neighbours.perUser());
    requirePositive(problems, "complement_days", neighbours.complementDays());
    requirePositive(problems, "purchase_days", neighbours.purchaseDays());
    requirePositive(problems, "rules_days", rules.days());
    requirePositive(problems, "rules_baskets", rules.baskets());
    requirePositive(problems, "rules_min_baskets", rules.minBaskets());
    requirePositive(problems, "rules_max_items", rules.maxItems());
    requirePositive(problems, "rules_most", rules.most());
    requirePositive(problems, "popular_days", demand.popularDays());
    requirePositive(problems, "segment_min_purchases", demand.segmentMinPurchases());
    requirePositive(problems, "segment_min_users", segments.minUsers());
    problems.throwIfAny();
  }

  /** Reads the section {@code candidates}. */
  public static CandidateConfig from(Config section) {
    Map<String, Integer> items = new LinkedHashMap<>();
    Candidates.SOURCE_NAMES.forEach(source -> items.put(source, section.getInt(source)));
    return new CandidateConfig(
        items,
        section.getInt("cold"),
        new PairConfig(
            section.getDouble("repeat_half_life_days"),
            section.getInt("abandoned_days"),
            section.getInt("abandoned_min_views")),
        new NeighbourConfig(
            section.getString("item_similarity"),
            section.getInt("item_neighbours"),
            section.getInt("history_items"),
            section.getInt("neighbour_users"),
            section.getInt("user_neighbours"),
            section.getInt("complement_days"),
            section.getInt("purchase_days")),
        new RuleConfig(
            section.getInt("rules_days"),
            section.getInt("rules_baskets"),
            section.getDouble("rules_min_support"),
            section.getInt("rules_min_baskets"),
            section.getDouble("rules_min_confidence"),
            section.getDouble("rules_min_lift"),
            section.getInt("rules_max_items"),
            section.getInt("rules_basket_items"),
            section.getInt("rules_most")),
        new DemandConfig(section.getInt("popular_days"), section.getInt("segment_min_purchases")),
        new SegmentConfig(section.getInt("segments"), section.getInt("segment_min_users")),
        section.getLong("seed"));
  }

  /** Most items that a source proposes to a user; 0 where it is off. */
  public int items(String source) {
    return items.getOrDefault(source, 0);
  }

  /** The sources that are on, in the order of {@link Candidates#SOURCE_NAMES}. */
  public List<String> sources() {
    return Candidates.SOURCE_NAMES.stream().filter(source -> items(source) > 0).toList();
  }

  /** The same with another number of items of one source; 0 switches it off. */
  public CandidateConfig with(String source, int most) {
    Map<String, Integer> others = new LinkedHashMap<>(items);
    others.put(source, most);
    return new CandidateConfig(others, cold, pairs, neighbours, rules, demand, segments, seed);
  }

  private static void requirePositive(Problems problems, String key, Number value) {
    problems.require(
        value.doubleValue() > 0, "candidates." + key + " must be positive, got " + value);
  }
}
