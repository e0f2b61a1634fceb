package dev.nightjar.demo.chance;

/**
 * A seeded random generator with the same numbers on every JVM: SplitMix64 (Steele, Lea and Flood
 * 2014) with {@link StrictMath}. Each decision of the shop has its own dice, keyed by what is
 * decided, so that a user's behaviour does not depend on how many other users there are.
 */
public final class Dice {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  private Dice(long state) {
    this.state = state;
  }

  /** Dice for the decision named by {@code keys}. */
  public static Dice of(long seed, long... keys) {
    long state = mix(seed + GOLDEN_GAMMA);
    for (long key : keys) {
      state = mix(state ^ mix(key + GOLDEN_GAMMA));
    }
    return new Dice(state);
  }

  /** Uniform over [0, 1). */
  public double uniform() {
    state += GOLDEN_GAMMA;
    return (mix(state) >>> 11) * 0x1.0p-53;
  }

  /** Uniform over [from, to). */
  public double uniform(double from, double to) {
    return from + (to - from) * uniform();
  }

  /** Uniform over 0 to {@code bound} - 1. */
  public int below(int bound) {
    return (int) (uniform() * bound);
  }

  /** True with probability {@code p}. */
  public boolean chance(double p) {
    return uniform() < p;
  }

  /** Standard normal, by Box and Muller. */
  public double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
  }

  /** Number of failures before a success; its mean is {@code mean}. */
  public int geometric(double mean) {
    double failure = mean / (1 + mean);
    return (int) (StrictMath.log(1 - uniform()) / StrictMath.log(failure));
  }

  /** Exponential waiting time. */
  public double exponential(double mean) {
    return -mean * StrictMath.log(1 - uniform());
  }

  /** One of {@code 0 .. weights.length - 1}, by weight. */
  public int pick(double... weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double left = uniform() * total;
    for (int i = 0; i < weights.length - 1; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
