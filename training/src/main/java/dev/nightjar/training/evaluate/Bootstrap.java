package dev.nightjar.training.evaluate;

import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Percentile bootstrap over users (Efron and Tibshirani 1993, chapter 13). The resamples are drawn
 * once, so that metrics and differences of the same users are resampled alike: an interval of
 * paired differences is that of the differences' mean.
 */
public final class Bootstrap {
  private static final double LOW = 2.5;
  private static final double HIGH = 97.5;

  private final int users;
  private final byte[][] draws;

  /**
   * Draws the resamples.
   *
   * @param users number of users that each resample draws from
   * @param samples number of resamples, positive
   * @param seed of the draws
   */
  public Bootstrap(int users, int samples, long seed) {
    this.users = users;
    this.draws = new byte[samples][users];
    SplittableRandom random = new SplittableRandom(seed);
    for (byte[] draw : draws) {
      for (int user = 0; user < users; user++) {
        draw[random.nextInt(users)]++;
      }
    }
  }

  /**
   * The mean of one value per user, with its interval.
   *
   * @throws IllegalArgumentException where there are not as many values as users
   */
  public Interval of(double[] values) {
    if (values.length != users) {
      throw new IllegalArgumentException(
          "a bootstrap of " + users + " users needs one value each, got " + values.length);
    }
    if (users == 0) {
      return new Interval(Double.NaN, Double.NaN, Double.NaN);
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double[] means = new double[draws.length];
    for (int sample = 0; sample < draws.length; sample++) {
      means[sample] = mean(draws[sample], values);
    }
    Percentile percentile = new Percentile();
    percentile.setData(means);
    return new Interval(sum / users, percentile.evaluate(LOW), percentile.evaluate(HIGH));
  }

  private static double mean(byte[] draw, double[] values) {
    double sum = 0;
    for (int user = 0; user < values.length; user++) {
      sum += draw[user] * values[user];
    }
    return sum / values.length;
  }
}
