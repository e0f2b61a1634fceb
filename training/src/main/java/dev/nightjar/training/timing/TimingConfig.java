package dev.nightjar.training.timing;

import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code timing}.
 *
 * @param historyDays days of events and pushes that are read
 * @param halfLifeDays age in days at which a session or a push counts half
 * @param openWindowHours hours after sending within which an open counts; a push younger than that
 *     is not evidence yet
 * @param assumedOpenRate open rate at an average hour while the shop has no push log, 0 to 1
 * @param maxInversePropensity largest weight of a push, 1/propensity; 1 switches weighting off
 * @param pushSessionMinutes minutes after an open within which a session is due to the push
 * @param minSegmentUsers least number of users of a segment; users of smaller ones belong to the
 *     shop
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
    new Problems()
        .positive("history_days", historyDays)
        .positive("half_life_days", halfLifeDays)
        .positive("open_window_hours", openWindowHours)
        .require(
            assumedOpenRate > 0 && assumedOpenRate < 1,
            "assumed_open_rate",
            "must be between 0 and 1",
            assumedOpenRate)
        .atLeast(1, "max_inverse_propensity", maxInversePropensity)
        .notNegative("push_session_minutes", pushSessionMinutes)
        .positive("min_segment_users", minSegmentUsers)
        .require(
            holdoutShare > 0 && holdoutShare < 1,
            "holdout_share",
            "must be between 0 and 1",
            holdoutShare)
        .positive("fit_users", fitUsers)
        .throwIfAny();
  }
}
