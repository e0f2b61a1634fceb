package dev.nightjar.features.source;

import dev.nightjar.features.config.Problems;
import java.util.Optional;

/**
 * Settings under {@code sources.<input>.expect}: what is usual for an input, as compared with its
 * last nights.
 *
 * @param maxAgeDays days that the newest file may be older than the night; empty for the input's
 *     own default
 * @param minRowsShare rows of tonight per row of the median night, at least; 0 for no limit
 * @param maxRowsShare rows of tonight per row of the median night, at most; 0 for no limit
 * @param maxShareRise how much a share of rows, refused ones or those with a column that cannot be
 *     read, may be above that of the median night, 0 to 1
 * @param otherwise {@code stop} or {@code warn}; empty for the input's own default
 */
public record InputBounds(
    Optional<Integer> maxAgeDays,
    double minRowsShare,
    double maxRowsShare,
    double maxShareRise,
    Optional<Otherwise> otherwise) {

  /** What an unusual input leads to. */
  public enum Otherwise {
    STOP,
    WARN
  }

  public InputBounds {
    new Problems()
        .require(
            maxAgeDays.orElse(0) >= 0, "max_age_days", "must be 0 or more", maxAgeDays.orElse(0))
        .require(minRowsShare >= 0, "min_rows_share", "must be 0 or more", minRowsShare)
        .require(maxRowsShare >= 0, "max_rows_share", "must be 0 or more", maxRowsShare)
        .require(
            maxShareRise >= 0 && maxShareRise <= 1,
            "max_share_rise",
            "must be between 0 and 1",
            maxShareRise)
        .throwIfAny();
  }
}
