package dev.nightjar.demo.chance;

/** Taste and item vectors. */
public final class Vectors {
  /** Their length. */
  public static final int DIMENSIONS = 8;

  private Vectors() {}

  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < DIMENSIONS; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  /** A unit vector: {@code around} plus noise of mean length {@code noise}. */
  public static double[] near(double[] around, double noise, Dice dice) {
    double[] vector = new double[DIMENSIONS];
    for (int k = 0; k < DIMENSIONS; k++) {
      vector[k] = around[k] + noise / StrictMath.sqrt(DIMENSIONS) * dice.gaussian();
    }
    double length = StrictMath.sqrt(dot(vector, vector));
    for (int k = 0; k < DIMENSIONS; k++) {
      vector[k] /= length;
    }
    return vector;
  }

  /** Probability of a logit, the same on every JVM. */
  public static double sigmoid(double logit) {
    return 1 / (1 + StrictMath.exp(-logit));
  }
}
