package dev.nightjar.training.candidate.matrix;

import java.util.Arrays;

/**
 * One sum for each item, most of them untouched, with the cause that added most to it. Cleared in
 * the time it took to fill.
 */
public final class SparseSums {
  /** The result of {@link #cause} where there is none. */
  public static final int NO_CAUSE = -1;

  private final double[] sums;
  private final double[] largest;
  private final int[] causes;
  private final boolean[] isTouched;
  private int[] touched = new int[64];
  private int size;

  public SparseSums(int items) {
    this.sums = new double[items];
    this.largest = new double[items];
    this.causes = new int[items];
    this.isTouched = new boolean[items];
  }

  public void clear() {
    for (int place = 0; place < size; place++) {
      int item = touched[place];
      sums[item] = 0;
      isTouched[item] = false;
    }
    size = 0;
  }

  public void add(int item, double amount, int cause) {
    if (!isTouched[item]) {
      touch(item);
      largest[item] = amount;
      causes[item] = cause;
    } else if (amount > largest[item]) {
      largest[item] = amount;
      causes[item] = cause;
    }
    sums[item] += amount;
  }

  /** Adds unless {@code cause} was the last to add to the item. */
  public boolean addOnce(int item, double amount, int cause) {
    if (!isTouched[item]) {
      touch(item);
    } else if (causes[item] == cause) {
      return false;
    }
    causes[item] = cause;
    sums[item] += amount;
    return true;
  }

  /** Keeps the larger of the item's score and this one. */
  public void raise(int item, double score, int cause) {
    if (!isTouched[item] || score > sums[item]) {
      if (!isTouched[item]) {
        touch(item);
      }
      sums[item] = score;
      causes[item] = cause;
    }
  }

  /** Replaces the sum of a touched item. */
  public void set(int item, double score) {
    sums[item] = score;
  }

  public boolean has(int item) {
    return isTouched[item];
  }

  public double sum(int item) {
    return sums[item];
  }

  public int cause(int item) {
    return isTouched[item] ? causes[item] : NO_CAUSE;
  }

  /** Number of touched items. */
  public int size() {
    return size;
  }

  /** The touched item at a position, in the order of first touch. */
  public int item(int place) {
    return touched[place];
  }

  private void touch(int item) {
    if (size == touched.length) {
      touched = Arrays.copyOf(touched, 2 * size);
    }
    touched[size++] = item;
    isTouched[item] = true;
  }
}
