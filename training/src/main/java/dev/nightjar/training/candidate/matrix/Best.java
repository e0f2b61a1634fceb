package dev.nightjar.training.candidate.matrix;

/**
 * Keeps the largest scores of a stream of items, ties to the smaller index. A score and its item
 * are one long, so that comparing and moving them is one instruction: 40 bits of millionths, 24 of
 * index.
 */
public final class Best {
  /** The most items that can be numbered. */
  public static final int MOST_ITEMS = 1 << 24;

  private static final double STEPS = 1e6;
  private static final double LARGEST = (1L << 39) / STEPS - 1;

  /** A heap, worst on top. */
  private final long[] keys;

  private int size;

  /** Scores below it, in millionths, are not among the largest. */
  private double floor = Double.NEGATIVE_INFINITY;

  public Best(int most) {
    this.keys = new long[most];
  }

  /** The score as it is written and compared: in millionths. */
  public static double rounded(double score) {
    return Math.rint(score * STEPS) / STEPS;
  }

  void clear() {
    size = 0;
    floor = Double.NEGATIVE_INFINITY;
  }

  public void offer(int item, double score) {
    double millionths = Math.max(-LARGEST, Math.min(LARGEST, score)) * STEPS;
    if (millionths < floor) {
      return; // most items end here, without being rounded
    }
    long key = ((long) Math.rint(millionths) << 24) | (MOST_ITEMS - 1 - item);
    if (size < keys.length) {
      up(size++, key);
    } else if (size > 0 && key > keys[0]) {
      down(0, key);
    }
    if (size == keys.length && size > 0) {
      floor = (keys[0] >> 24) - 1;
    }
  }

  /** The items kept, best first; empties the heap. */
  public int[] takeAll() {
    int[] items = new int[size];
    for (int place = size - 1; place >= 0; place--) {
      items[place] = MOST_ITEMS - 1 - (int) (keys[0] & (MOST_ITEMS - 1));
      long last = keys[--size];
      if (size > 0) {
        down(0, last);
      }
    }
    clear();
    return items;
  }

  private void up(int from, long key) {
    int place = from;
    while (place > 0 && keys[(place - 1) / 2] > key) {
      keys[place] = keys[(place - 1) / 2];
      place = (place - 1) / 2;
    }
    keys[place] = key;
  }

  private void down(int from, long key) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && keys[child + 1] < keys[child]) {
        child++;
      }
      if (keys[child] >= key) {
        break;
      }
      keys[place] = keys[child];
      place = child;
    }
    keys[place] = key;
  }
}
