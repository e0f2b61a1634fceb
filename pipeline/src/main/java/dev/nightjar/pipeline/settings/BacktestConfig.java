package dev.nightjar.pipeline.settings;

import com.typesafe.config.Config;
import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code backtest}.
 *
 * @param maxUsers most buyers after the split that are measured
 * @param recentDays days before the split that the baseline {@code recent_popular} counts
 * @param bootstrapSamples resamples of the intervals
 * @param reliabilityBins points of the reliability curve
 * @param seed of the resamples and of the draw of users
 */
public record BacktestConfig(
    int maxUsers, int recentDays, int bootstrapSamples, int reliabilityBins, long seed) {
  public BacktestConfig {
    new Problems()
        .require(maxUsers > 0, "backtest.max_users must be positive, got " + maxUsers)
        .require(recentDays > 0, "backtest.recent_days must be positive, got " + recentDays)
        .require(
            bootstrapSamples >= 100,
            "backtest.bootstrap_samples must be at least 100, got " + bootstrapSamples)
        .require(
            reliabilityBins > 0,
            "backtest.reliability_bins must be positive, got " + reliabilityBins)
        .throwIfAny();
  }

  /** Reads the section {@code backtest}. */
  public static BacktestConfig from(Config section) {
    return new BacktestConfig(
        section.getInt("max_users"),
        section.getInt("recent_days"),
        section.getInt("bootstrap_samples"),
        section.getInt("reliability_bins"),
        section.getLong("seed"));
  }
}
