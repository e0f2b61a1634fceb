package dev.nightjar.training.evaluate;

/**
 * How intervals are made.
 *
 * @param samples number of resamples
 * @param seed of their draws
 */
public record Resampling(int samples, long seed) {
  /** Resamples of so many users. */
  public Bootstrap of(int users) {
    return new Bootstrap(users, samples, seed);
  }
}
