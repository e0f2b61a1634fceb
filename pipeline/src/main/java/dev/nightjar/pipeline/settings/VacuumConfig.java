package dev.nightjar.pipeline.settings;

import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code vacuum}.
 *
 * @param keepDays superseded runs younger than this many days are kept
 */
public record VacuumConfig(int keepDays) {
  public VacuumConfig {
    new Problems().require(keepDays >= 0, "keep_days", "must be 0 or more", keepDays).throwIfAny();
  }
}
