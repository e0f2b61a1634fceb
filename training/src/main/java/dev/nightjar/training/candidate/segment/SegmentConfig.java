package dev.nightjar.training.candidate.segment;

/**
 * Settings of interest segments, under {@code candidates}.
 *
 * @param most largest number of segments to try; below 2 there are none
 * @param minUsers users with a taste that segments need
 */
public record SegmentConfig(int most, int minUsers) {}
