package dev.nightjar.training.candidate.learning;

import dev.nightjar.features.config.Problems;

/**
 * Settings of {@code repeat} and {@code abandoned}, under {@code candidates}.
 *
 * @param repeatHalfLifeDays days in which the score of an item bought on one day only halves
 * @param abandonedDays days back to the pair's last event
 * @param abandonedMinViews views in 7 days that count as interest without a cart
 */
public record PairConfig(double repeatHalfLifeDays, int abandonedDays, int abandonedMinViews) {
  public PairConfig {
    new Problems()
        .positive("repeat_half_life_days", repeatHalfLifeDays)
        .positive("abandoned_days", abandonedDays)
        .positive("abandoned_min_views", abandonedMinViews)
        .throwIfAny();
  }
}
