package dev.nightjar.pipeline.settings;

import dev.nightjar.features.config.Problems;
import dev.nightjar.training.evaluate.Resampling;

/**
 * Settings under {@code backtest}.
 *
 * @param maxUsers most buyers after the split to measure
 * @param recentDays days before the split that the baseline {@code recent_popular} counts
 * @param bootstrapSamples resamples of the intervals
 * @param reliabilityBins points of the reliability curve
 * @param seed of the resamples and of the sample of users
 */
public record BacktestConfig(
    int maxUsers, int recentDays, int bootstrapSamples, int reliabilityBins, long seed) {
  public BacktestConfig {
    new Problems()
        .positive("max_users", maxUsers)
        .positive("recent_days", recentDays)
        .atLeast(100, "bootstrap_samples", bootstrapSamples)
        .positive("reliability_bins", reliabilityBins)
        .throwIfAny();
  }

  /** How intervals are made. */
  public Resampling resampling() {
    return new Resampling(bootstrapSamples, seed);
  }
}
