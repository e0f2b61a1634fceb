package dev.nightjar.training.evaluate;

import dev.nightjar.training.statistics.Cosine;
import java.util.List;
import java.util.Objects;

/** How much the items of one list differ from each other (Ziegler et al. 2005). */
public final class ListDiversity {
  private ListDiversity() {}

  /**
   * Mean over the pairs of items of 1 - cosine of their vectors, 0 to 2.
   *
   * @param vectors one per item; null for an item without one, which is left out
   * @return NaN where fewer than two items have a vector
   */
  public static double ofVectors(List<float[]> vectors) {
    List<float[]> known = vectors.stream().filter(Objects::nonNull).toList();
    double sum = 0;
    for (int left = 0; left < known.size(); left++) {
      for (int right = left + 1; right < known.size(); right++) {
        sum += 1 - Cosine.of(known.get(left), known.get(right));
      }
    }
    return known.size() < 2 ? Double.NaN : sum / pairs(known.size());
  }

  /**
   * Share of the pairs of items whose categories differ, 0 to 1.
   *
   * @param categories one per item; null for an item without one, which is left out
   * @return NaN where fewer than two items have a category
   */
  public static double ofCategories(List<String> categories) {
    List<String> known = categories.stream().filter(Objects::nonNull).toList();
    double differing = 0;
    for (int left = 0; left < known.size(); left++) {
      for (int right = left + 1; right < known.size(); right++) {
        differing += known.get(left).equals(known.get(right)) ? 0 : 1;
      }
    }
    return known.size() < 2 ? Double.NaN : differing / pairs(known.size());
  }

  private static double pairs(int items) {
    return items * (items - 1) / 2.0;
  }
}
