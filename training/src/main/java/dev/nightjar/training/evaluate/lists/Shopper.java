package dev.nightjar.training.evaluate.lists;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;

/** A user who bought after the split. Items are identified by their index. */
public final class Shopper {
  private final String id;
  private final int baskets;
  private final boolean isCold;
  private final int[] frequent;
  private final int[] bought;
  private final int[] after;
  private final int[] daysAfter;

  private Shopper(
      String id, int baskets, boolean isCold, int[] frequent, SortedMap<Integer, Integer> after) {
    this.id = id;
    this.baskets = baskets;
    this.isCold = isCold;
    this.frequent = frequent;
    this.bought = frequent.clone();
    Arrays.sort(bought);
    this.after = after.keySet().stream().mapToInt(Integer::intValue).toArray();
    this.daysAfter = after.values().stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * A user with a history.
   *
   * @param baskets bought before the split
   * @param frequent items bought before the split, the most often bought first
   * @param after for each item bought after the split the days to the first purchase, from 0
   */
  static Shopper known(
      String id, int baskets, List<Integer> frequent, SortedMap<Integer, Integer> after) {
    int[] items = frequent.stream().mapToInt(Integer::intValue).toArray();
    return new Shopper(id, baskets, false, items, after);
  }

  /** A user listed by the shop without an event. */
  static Shopper cold(String id, SortedMap<Integer, Integer> after) {
    return new Shopper(id, 0, true, new int[0], after);
  }

  public String id() {
    return id;
  }

  /** Baskets bought before the split. */
  int baskets() {
    return baskets;
  }

  public boolean isCold() {
    return isCold;
  }

  /** Items bought before the split, the most often bought first. */
  IntStream frequent() {
    return Arrays.stream(frequent);
  }

  boolean hadBought(int item) {
    return Arrays.binarySearch(bought, item) >= 0;
  }

  /** Items first bought within so many days from the split on, ascending. */
  IntStream boughtAfter(int days) {
    return IntStream.range(0, after.length).filter(i -> daysAfter[i] < days).map(i -> after[i]);
  }

  /** The purchased items that count, ascending. */
  public int[] relevant(Scenario scenario, int days, KnownItems items) {
    return boughtAfter(days)
        .filter(item -> items.item(item).isSeen() && scenario.counts(hadBought(item)))
        .toArray();
  }
}
