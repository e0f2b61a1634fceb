package dev.nightjar.training.timing;

import com.typesafe.config.Config;
import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code timing}.
 *
 * @param historyDays days of events and pushes that are read
 * @param halfLifeDays age in days at which a session or a push counts half
 * @param openWindowHours hours after sending within which an open counts; a push younger than that
 *     is not evidence yet
 * @param assumedOpenRate open rate at an average hour while the shop has no push log, 0 to 1
 * @param maxInversePropensity largest 1/propensity a push may weigh; 1 switches weighing off
 * @param pushSessionMinutes minutes after an open within which a session is the push's own doing
 * @param minSegmentUsers users a segment needs, else its users belong to the shop
 * @param holdoutShare share of days, the last ones, that the card's metrics are measured on
 * @param fitUsers most users that strengths are fitted on, a seeded sample above it
 * @param seed seed of that sample
 */
public record TimingConfig(
    int historyDays,
    double halfLifeDays,
    int openWindowHours,
    double assumedOpenRate,
    double maxInversePropensity,
    int pushSessionMinutes,
    int minSegmentUsers,
    double holdoutShare,
    int fitUsers,
    long seed) {
  public TimingConfig {
    Problems problems = new Problems();
    problems
        .require(historyDays > 0, "timing.history_days must be positive, got " + historyDays)
        .require(
            halfLifeDays > 0 && Double.isFinite(halfLifeDays),
            "timing.half_life_days must be positive, got " + halfLifeDays)
        .require(
            openWindowHours > 0,
            "timing.open_window_hours must be positive, got " + openWindowHours)
        .require(
            assumedOpenRate > 0 && assumedOpenRate < 1,
            "timing.assumed_open_rate must be between 0 and 1, got " + assumedOpenRate)
        .require(
            maxInversePropensity >= 1 && Double.isFinite(maxInversePropensity),
            "timing.max_inverse_propensity must be at least 1, got " + maxInversePropensity)
        .require(
            pushSessionMinutes >= 0,
            "timing.push_session_minutes must not be negative, got " + pushSessionMinutes)
        .require(
            minSegmentUsers > 0,
            "timing.min_segment_users must be positive, got " + minSegmentUsers)
        .require(
            holdoutShare > 0 && holdoutShare < 1,
            "timing.holdout_share must be between 0 and 1, got " + holdoutShare)
        .require(fitUsers > 0, "timing.fit_users must be positive, got " + fitUsers)
        .throwIfAny();
  }

  /** Reads the section {@code timing}. */
  public static TimingConfig from(Config timing) {
    return new TimingConfig(
        timing.getInt("history_days"),
        timing.getDouble("half_life_days"),
        timing.getInt("open_window_hours"),
        timing.getDouble("assumed_open_rate"),
        timing.getDouble("max_inverse_propensity"),
        timing.getInt("push_session_minutes"),
        timing.getInt("min_segment_users"),
        timing.getDouble("holdout_share"),
        timing.getInt("fit_users"),
        timing.getLong("seed"));
  }
}
