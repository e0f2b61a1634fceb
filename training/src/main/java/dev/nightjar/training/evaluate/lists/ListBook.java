package dev.nightjar.training.evaluate.lists;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** The lists that are compared: the items of each list and shopper, best first. */
public final class ListBook {
  /** Where a list comes from. */
  public enum Kind {
    BLEND,
    BASELINE,
    SOURCE,
    /** The blend under other settings. */
    VARIANT
  }

  /**
   * A list's name.
   *
   * @param name as shown to the reader
   */
  public record Name(Kind kind, String name) {}

  /** The list from which pushes are made. */
  public static final Name BLEND = new Name(Kind.BLEND, "blend");

  private static final int[] NOTHING = {};

  private final List<Shopper> shoppers;
  private final int length;
  private final Map<Name, Map<Scenario, int[][]>> lists = new LinkedHashMap<>();

  /**
   * Opens a book.
   *
   * @param length most items kept of a list
   */
  public ListBook(List<Shopper> shoppers, int length) {
    this.shoppers = shoppers;
    this.length = length;
  }

  public List<Name> names() {
    return new ArrayList<>(lists.keySet());
  }

  public List<Shopper> shoppers() {
    return shoppers;
  }

  /** The list of each shopper, in their order; empty for a shopper without one. */
  int[][] lists(Name name, Scenario scenario) {
    return lists.get(name).get(scenario);
  }

  /** Adds a list, so that it is reported even where no shopper has one. */
  public void open(Name name) {
    lists.computeIfAbsent(
        name,
        key -> {
          Map<Scenario, int[][]> empty = new EnumMap<>(Scenario.class);
          for (Scenario scenario : Scenario.values()) {
            int[][] byShopper = new int[shoppers.size()][];
            Arrays.fill(byShopper, NOTHING);
            empty.put(scenario, byShopper);
          }
          return empty;
        });
  }

  /**
   * Writes a shopper's list.
   *
   * @param items best first, uncut; they are cut here, for each scenario separately
   */
  public void put(Name name, int shopper, int[] items) {
    open(name);
    Shopper reader = shoppers.get(shopper);
    for (Scenario scenario : Scenario.values()) {
      lists.get(name).get(scenario)[shopper] =
          head(items, item -> scenario.counts(reader.hadBought(item)));
    }
  }

  private int[] head(int[] items, IntPredicate counts) {
    int[] kept = new int[Math.min(length, items.length)];
    int size = 0;
    for (int i = 0; i < items.length && size < kept.length; i++) {
      if (counts.test(items[i])) {
        kept[size++] = items[i];
      }
    }
    return Arrays.copyOf(kept, size);
  }
}
