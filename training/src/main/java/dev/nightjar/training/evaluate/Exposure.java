package dev.nightjar.training.evaluate;

import java.util.Arrays;

/**
 * How the places of all lists are distributed over a shop's items.
 *
 * @param coverage share of the items that are in at least one list, 0 to 1
 * @param gini inequality of the number of places by item: 0 where all items have equally many,
 *     close to 1 where one has all; NaN where all lists are empty
 */
public record Exposure(double coverage, double gini) {

  /**
   * Computes the figures.
   *
   * @param places in how many lists each item is, one number for every item that could
   * @throws IllegalArgumentException where there is no item
   */
  public static Exposure of(int[] places) {
    if (places.length == 0) {
      throw new IllegalArgumentException("exposure needs at least one item");
    }
    int[] ascending = places.clone();
    Arrays.sort(ascending);
    double total = 0;
    double weighted = 0;
    int shown = 0;
    for (int i = 0; i < ascending.length; i++) {
      total += ascending[i];
      weighted += (2.0 * (i + 1) - ascending.length - 1) * ascending[i];
      shown += ascending[i] > 0 ? 1 : 0;
    }
    return new Exposure(
        (double) shown / ascending.length,
        total == 0 ? Double.NaN : weighted / (ascending.length * total));
  }
}
