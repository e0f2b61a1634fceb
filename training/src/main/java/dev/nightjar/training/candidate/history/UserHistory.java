package dev.nightjar.training.candidate.history;

import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.matrix.Best;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * One user with the items of the own history, in order of item. Entry e tells of item {@code
 * items[e]}; a recency is NaN where there is none.
 */
public final class UserHistory implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String userId;
  private final int[] items;
  private final double[] weights;
  private final boolean[] isStrong;
  private final Row[] pairs;

  /**
   * Holds what is given.
   *
   * @param userId who
   * @param items numbers of the items, ascending
   * @param weights interest: ln(1 + strength)
   * @param isStrong whether the entry is among the strongest {@code history_items}, which alone
   *     speak for other items
   * @param pairs the entries as rows of {@link HistoryRows}, in the same order
   */
  UserHistory(String userId, int[] items, double[] weights, boolean[] isStrong, Row[] pairs) {
    this.userId = userId;
    this.items = items;
    this.weights = weights;
    this.isStrong = isStrong;
    this.pairs = pairs;
  }

  public String userId() {
    return userId;
  }

  public int[] items() {
    return items;
  }

  public double[] weights() {
    return weights;
  }

  public boolean[] isStrong() {
    return isStrong;
  }

  public Row[] pairs() {
    return pairs;
  }

  /** Reads the pairs of a user; items that the shop does not list are left out. */
  public static UserHistory of(String userId, List<Row> pairs, ItemIndex index, int historyItems) {
    // an item and its place in one long, so that sorting is of numbers alone
    long[] order = new long[pairs.size()];
    int size = 0;
    for (int place = 0; place < order.length; place++) {
      int item = index.of(pairs.get(place).getString(HistoryRows.ITEM));
      if (item != ItemIndex.UNKNOWN) {
        order[size++] = ((long) item << 32) | place;
      }
    }
    Arrays.sort(order, 0, size);
    Row[] known = new Row[size];
    int[] items = new int[size];
    double[] weights = new double[size];
    for (int entry = 0; entry < size; entry++) {
      known[entry] = pairs.get((int) order[entry]);
      items[entry] = (int) (order[entry] >>> 32);
      weights[entry] = Math.log1p(known[entry].getDouble(HistoryRows.STRENGTH));
    }
    return new UserHistory(userId, items, weights, strongest(weights, historyItems), known);
  }

  public int size() {
    return items.length;
  }

  public boolean hasBought(int entry) {
    return pairs[entry].getLong(HistoryRows.PURCHASES) > 0
        && !pairs[entry].isNullAt(HistoryRows.PURCHASE_RECENCY);
  }

  public boolean hasBoughtItem(int item) {
    int entry = entryOf(item);
    return entry >= 0 && hasBought(entry);
  }

  /** Days since the last purchase of the entry; infinite without one. */
  public double boughtDaysAgo(int entry) {
    return hasBought(entry)
        ? pairs[entry].getDouble(HistoryRows.PURCHASE_RECENCY)
        : Double.POSITIVE_INFINITY;
  }

  /** Days since the last event of an entry that was viewed and never bought; negative else. */
  int onlyViewedDaysAgo(int entry) {
    Row pair = pairs[entry];
    return pair.getLong(HistoryRows.PURCHASES) == 0 && pair.getLong(HistoryRows.VIEWS) > 0
        ? (int) pair.getDouble(HistoryRows.RECENCY)
        : -1;
  }

  /** Entry of an item, negative where the user has no history with it. */
  public int entryOf(int item) {
    return Arrays.binarySearch(items, item);
  }

  private static boolean[] strongest(double[] weights, int most) {
    boolean[] isStrong = new boolean[weights.length];
    if (weights.length <= most) {
      Arrays.fill(isStrong, true);
      return isStrong;
    }
    Best best = new Best(most);
    for (int entry = 0; entry < weights.length; entry++) {
      best.offer(entry, weights[entry]);
    }
    for (int entry : best.takeAll()) {
      isStrong[entry] = true;
    }
    return isStrong;
  }
}
