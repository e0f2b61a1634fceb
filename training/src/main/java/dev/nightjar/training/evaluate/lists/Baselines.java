package dev.nightjar.training.evaluate.lists;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Lists that a shop could show without a model. */
public final class Baselines {
  static final ListBook.Name POPULAR = baseline("popular");
  static final ListBook.Name RECENT_POPULAR = baseline("recent_popular");
  static final ListBook.Name PERSONAL = baseline("personal");

  private Baselines() {}

  private static ListBook.Name baseline(String name) {
    return new ListBook.Name(ListBook.Kind.BASELINE, name);
  }

  /**
   * Writes the baselines: the items with most buyers, those with most in the last days, and those
   * the user bought in most baskets, ties by number of buyers, filled with popular items.
   */
  public static void write(ListBook book, KnownItems items) {
    int[] popular = items.best(KnownItems.Item::buyers);
    int[] recent = items.best(KnownItems.Item::recentBuyers);
    for (int i = 0; i < book.shoppers().size(); i++) {
      Shopper shopper = book.shoppers().get(i);
      book.put(POPULAR, i, popular);
      book.put(RECENT_POPULAR, i, recent);
      IntStream fill = Arrays.stream(popular).filter(item -> !shopper.hadBought(item));
      book.put(PERSONAL, i, IntStream.concat(shopper.frequent(), fill).toArray());
    }
  }
}
