package dev.nightjar.pipeline.settings;

import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code vacuum}.
 *
 * @param keepDays superseded runs younger than this many days are kept
 * @param rejectedDays refused rows of days younger than this many days are kept
 * @param listDays candidates, ranked lists and send hours are kept from so many days before the
 *     last ones on
 */
public record VacuumConfig(int keepDays, int rejectedDays, int listDays) {
  /** A night reads the candidates of an earlier one, a horizon before. */
  private static final int FEWEST_LIST_DAYS = 60;

  public VacuumConfig {
    new Problems()
        .require(keepDays >= 0, "keep_days", "must be 0 or more", keepDays)
        .require(rejectedDays >= 0, "rejected_days", "must be 0 or more", rejectedDays)
        .require(listDays >= FEWEST_LIST_DAYS, "list_days", "must be 60 or more", listDays)
        .throwIfAny();
  }
}
