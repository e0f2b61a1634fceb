package dev.nightjar.training.candidate.segment;

import dev.nightjar.features.config.Problems;

/**
 * Settings of interest segments, under {@code candidates}.
 *
 * @param segments largest number of segments to try; below 2 there are none
 * @param segmentMinUsers least number of users with a taste for there to be segments
 */
public record SegmentConfig(int segments, int segmentMinUsers) {
  public SegmentConfig {
    new Problems()
        .notNegative("segments", segments)
        .positive("segment_min_users", segmentMinUsers)
        .throwIfAny();
  }
}
