package dev.nightjar.training.candidate;

import com.typesafe.config.Config;
import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code candidates}: how many items each source proposes to a user.
 *
 * @param repeat most items a user bought before
 * @param repeatHalfLifeDays days that halve the score of an item bought on one day only
 * @param abandoned most items left in the cart or viewed again and again
 * @param abandonedDays days back to the pair's last event
 * @param abandonedMinViews views in 7 days that count as interest without a cart
 * @param als items nearest to the user's factors
 * @param popular items most bought in the user's segment
 * @param trending items that rise in the user's segment
 * @param cold items of {@code popular} for a user with no history, in place of {@code popular}
 * @param popularDays days that {@code popular} looks back
 * @param segmentMinPurchases purchases in {@code popularDays} that make a locale a segment of its
 *     own
 */
public record CandidateConfig(
    int repeat,
    double repeatHalfLifeDays,
    int abandoned,
    int abandonedDays,
    int abandonedMinViews,
    int als,
    int popular,
    int trending,
    int cold,
    int popularDays,
    int segmentMinPurchases) {
  public CandidateConfig {
    new Problems()
        .require(repeat >= 0, "candidates.repeat must not be negative, got " + repeat)
        .require(
            repeatHalfLifeDays > 0,
            "candidates.repeat_half_life_days must be positive, got " + repeatHalfLifeDays)
        .require(abandoned >= 0, "candidates.abandoned must not be negative, got " + abandoned)
        .require(
            abandonedDays > 0, "candidates.abandoned_days must be positive, got " + abandonedDays)
        .require(
            abandonedMinViews > 0,
            "candidates.abandoned_min_views must be positive, got " + abandonedMinViews)
        .require(als >= 0, "candidates.als must not be negative, got " + als)
        .require(popular > 0, "candidates.popular must be positive, got " + popular)
        .require(trending >= 0, "candidates.trending must not be negative, got " + trending)
        .require(
            cold >= popular,
            "candidates.cold must be at least candidates.popular (" + popular + "), got " + cold)
        .require(popularDays > 0, "candidates.popular_days must be positive, got " + popularDays)
        .require(
            segmentMinPurchases > 0,
            "candidates.segment_min_purchases must be positive, got " + segmentMinPurchases)
        .throwIfAny();
  }

  /** Reads the section {@code candidates}. */
  public static CandidateConfig from(Config section) {
    return new CandidateConfig(
        section.getInt("repeat"),
        section.getDouble("repeat_half_life_days"),
        section.getInt("abandoned"),
        section.getInt("abandoned_days"),
        section.getInt("abandoned_min_views"),
        section.getInt("als"),
        section.getInt("popular"),
        section.getInt("trending"),
        section.getInt("cold"),
        section.getInt("popular_days"),
        section.getInt("segment_min_purchases"));
  }
}
