package dev.nightjar.training.candidate.demand;

import dev.nightjar.features.config.Problems;

/**
 * Settings of {@code popular} and {@code trending}, under {@code candidates}.
 *
 * @param popularDays days that {@code popular} looks back
 * @param segmentMinPurchases purchases in those days above which a segment has lists of its own
 */
public record DemandConfig(int popularDays, int segmentMinPurchases) {
  public DemandConfig {
    new Problems()
        .positive("popular_days", popularDays)
        .positive("segment_min_purchases", segmentMinPurchases)
        .throwIfAny();
  }
}
