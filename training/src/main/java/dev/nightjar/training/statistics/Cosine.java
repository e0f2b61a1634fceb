package dev.nightjar.training.statistics;

/** Cosine of the angle between two vectors of the same length, -1 to 1. */
public final class Cosine {
  private Cosine() {}

  /** The cosine; 0 where either vector is 0. */
  public static double of(float[] left, float[] right) {
    double product = 0;
    double leftSquares = 0;
    double rightSquares = 0;
    for (int i = 0; i < left.length; i++) {
      product += (double) left[i] * right[i];
      leftSquares += (double) left[i] * left[i];
      rightSquares += (double) right[i] * right[i];
    }
    double length = Math.sqrt(leftSquares) * Math.sqrt(rightSquares);
    return length == 0 ? 0 : product / length;
  }

  /** The same of vectors that have length 1: their product. */
  public static double ofUnits(float[] left, float[] right) {
    double product = 0;
    for (int i = 0; i < left.length; i++) {
      product += left[i] * right[i];
    }
    return product;
  }
}
