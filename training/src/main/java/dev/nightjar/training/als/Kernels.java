package dev.nightjar.training.als;

/**
 * Sums over float vectors that lie one after another in an array, in plain loops that the JVM turns
 * into vector instructions by itself.
 */
final class Kernels {
  /** Vectors that are added in one pass, which reads and writes the sum once. */
  static final int TOGETHER = 4;

  private Kernels() {}

  /** The dot product of two vectors. */
  static float dot(float[] a, int fromA, float[] b, int length) {
    float sum = 0;
    for (int place = 0; place < length; place++) {
      sum += a[fromA + place] * b[place];
    }
    return sum;
  }

  /** Adds a vector, times a weight, to another one. */
  static void add(float weight, float[] vectors, int from, float[] into, int at, int length) {
    for (int place = 0; place < length; place++) {
      into[at + place] += weight * vectors[from + place];
    }
  }

  /**
   * The dot products of four vectors with another one: together they take little longer than one.
   *
   * @param from where each of the four begins
   * @param into the four products
   */
  static void dotFour(float[] vectors, int[] from, float[] other, int length, float[] into) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int from0 = from[0];
    int from1 = from[1];
    int from2 = from[2];
    int from3 = from[3];
    for (int place = 0; place < length; place++) {
      float value = other[place];
      sum0 += vectors[from0 + place] * value;
      sum1 += vectors[from1 + place] * value;
      sum2 += vectors[from2 + place] * value;
      sum3 += vectors[from3 + place] * value;
    }
    into[0] = sum0;
    into[1] = sum1;
    into[2] = sum2;
    into[3] = sum3;
  }

  /**
   * Adds four vectors, times a weight each, to another one.
   *
   * @param from where each of them begins
   */
  static void addFour(
      float[] weights, float[] vectors, int[] from, float[] into, int at, int length) {
    float weight0 = weights[0];
    float weight1 = weights[1];
    float weight2 = weights[2];
    float weight3 = weights[3];
    int from0 = from[0];
    int from1 = from[1];
    int from2 = from[2];
    int from3 = from[3];
    for (int place = 0; place < length; place++) {
      into[at + place] +=
          weight0 * vectors[from0 + place]
              + weight1 * vectors[from1 + place]
              + (weight2 * vectors[from2 + place] + weight3 * vectors[from3 + place]);
    }
  }

  /** Adds any number of vectors to another one, four at a time. */
  static final class Sum {
    private final float[] weights = new float[TOGETHER];
    private final int[] from = new int[TOGETHER];
    private final float[] vectors;
    private final float[] into;
    private final int at;
    private final int length;
    private int waiting;

    Sum(float[] vectors, float[] into, int at, int length) {
      this.vectors = vectors;
      this.into = into;
      this.at = at;
      this.length = length;
    }

    void add(float weight, int begin) {
      weights[waiting] = weight;
      from[waiting++] = begin;
      if (waiting == TOGETHER) {
        addFour(weights, vectors, from, into, at, length);
        waiting = 0;
      }
    }

    /** Adds those that wait for a fourth. */
    void end() {
      for (int one = 0; one < waiting; one++) {
        Kernels.add(weights[one], vectors, from[one], into, at, length);
      }
      waiting = 0;
    }
  }
}
