package dev.nightjar.pipeline.settings;

import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code vacuum}.
 *
 * @param keepDays superseded runs younger than this many days are kept
 * @param rejectedDays refused rows of days younger than this many days are kept
 */
public record VacuumConfig(int keepDays, int rejectedDays) {
  public VacuumConfig {
    new Problems()
        .require(keepDays >= 0, "keep_days", "must be 0 or more", keepDays)
        .require(rejectedDays >= 0, "rejected_days", "must be 0 or more", rejectedDays)
        .throwIfAny();
  }
}
