package dev.nightjar.training.candidate.history;

import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.matrix.Best;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * One user with the items of the user's history, in order of item. Entry e is about item {@code
 * items[e]}; days are NaN where there are none.
 */
public final class UserHistory implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ITEM = HistoryRows.position(PairFeatures.ITEM_ID);
  private static final int STRENGTH = HistoryRows.position(PairFeatures.STRENGTH);
  private static final int VIEWS = HistoryRows.position(PairFeatures.VIEWS);
  private static final int PURCHASES = HistoryRows.position(PairFeatures.PURCHASES);
  private static final int VIEWS_7D = HistoryRows.position(PairFeatures.VIEWS_7D);
  private static final int RECENCY = HistoryRows.position(PairFeatures.RECENCY_DAYS);
  private static final int PURCHASE_RECENCY =
      HistoryRows.position(PairFeatures.PURCHASE_RECENCY_DAYS);
  private static final int PURCHASE_GAP = HistoryRows.position(PairFeatures.PURCHASE_GAP_DAYS);
  private static final int IS_CART_OPEN = HistoryRows.position(PairFeatures.IS_CART_OPEN);

  private final String userId;
  private final int[] items;
  private final double[] weights;
  private final boolean[] isStrong;
  private final Row[] pairs;

  /**
   * A history.
   *
   * @param userId the user's id
   * @param items numbers of the items, ascending
   * @param weights interest: ln(1 + strength)
   * @param isStrong whether the entry is among the strongest {@code history_items}, which alone
   *     count for other items
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

  /**
   * Reads the pairs of a user; items that the shop does not list are left out.
   *
   * @param user {@code user_id} and {@code pairs} of {@link HistoryRows}; without pairs there is no
   *     history
   */
  public static UserHistory of(Row user, ItemIndex index, int historyItems) {
    int at = user.fieldIndex(HistoryRows.PAIRS);
    List<Row> pairs = user.isNullAt(at) ? List.of() : user.getList(at);
    return of(user.getAs(PairFeatures.USER_ID), pairs, index, historyItems);
  }

  private static UserHistory of(String userId, List<Row> pairs, ItemIndex index, int historyItems) {
    // an item and its position in one long, so that only numbers are sorted
    long[] order = new long[pairs.size()];
    int size = 0;
    for (int place = 0; place < order.length; place++) {
      int item = index.of(pairs.get(place).getString(ITEM));
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
      weights[entry] = Math.log1p(known[entry].getDouble(STRENGTH));
    }
    return new UserHistory(userId, items, weights, strongest(weights, historyItems), known);
  }

  public int size() {
    return items.length;
  }

  public boolean hasBought(int entry) {
    return pairs[entry].getLong(PURCHASES) > 0 && !pairs[entry].isNullAt(PURCHASE_RECENCY);
  }

  public boolean hasBoughtItem(int item) {
    int entry = entryOf(item);
    return entry >= 0 && hasBought(entry);
  }

  /** Days since the last purchase of the entry; infinite without one. */
  public double boughtDaysAgo(int entry) {
    return hasBought(entry) ? pairs[entry].getDouble(PURCHASE_RECENCY) : Double.POSITIVE_INFINITY;
  }

  /** Days of purchases. */
  public long purchases(int entry) {
    return pairs[entry].getLong(PURCHASES);
  }

  public long viewsOf7Days(int entry) {
    return pairs[entry].getLong(VIEWS_7D);
  }

  public boolean isCartOpen(int entry) {
    return pairs[entry].getBoolean(IS_CART_OPEN);
  }

  /** Days since the last event. */
  public double daysAgo(int entry) {
    return pairs[entry].getDouble(RECENCY);
  }

  /** Days since the last purchase, also of one that was returned. */
  public double lastPurchaseDaysAgo(int entry) {
    return orNaN(entry, PURCHASE_RECENCY);
  }

  /** Mean days between two purchases. */
  public double purchaseGapDays(int entry) {
    return orNaN(entry, PURCHASE_GAP);
  }

  private double orNaN(int entry, int column) {
    return pairs[entry].isNullAt(column) ? Double.NaN : pairs[entry].getDouble(column);
  }

  /** Days since the last event of an entry that was viewed and never bought; negative otherwise. */
  public int onlyViewedDaysAgo(int entry) {
    Row pair = pairs[entry];
    return pair.getLong(PURCHASES) == 0 && pair.getLong(VIEWS) > 0
        ? (int) pair.getDouble(RECENCY)
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
