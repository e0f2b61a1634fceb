package dev.nightjar.training.evaluate;

/**
 * A mean with its 95 % bootstrap interval.
 *
 * @param mean of all values; NaN where there is none
 * @param low 2.5th percentile of the resampled means
 * @param high 97.5th percentile of the resampled means
 */
public record Interval(double mean, double low, double high) {}
