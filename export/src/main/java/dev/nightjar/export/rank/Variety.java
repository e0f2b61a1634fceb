package dev.nightjar.export.rank;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Maximal marginal relevance (Carbonell and Goldstein 1998): each of the first places goes to the
 * item with the largest
 *
 * <pre>
 *   (1 - diversity) * ln(score) - diversity * similarity to the most similar item above
 * </pre>
 *
 * among those whose category has not reached its limit. Where every category has, the limit is
 * lifted. Since the score enters as its logarithm, an item equal in kind to one above keeps its
 * place only with exp(diversity / (1 - diversity)) times the score: 1.5 at 0.3, 2.7 at 0.5. The
 * places after the first ones are in order of score. Ties go to the better score.
 */
final class Variety implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A score of 0 counts as this, the smallest that rounding leaves. */
  private static final double SMALLEST = 1e-9;

  private final double diversity;
  private final int maxPerCategory;
  private final int depth;

  Variety(RankConfig config) {
    this.diversity = config.diversity();
    this.maxPerCategory = config.maxPerCategory();
    this.depth = config.varietyDepth();
  }

  /**
   * The new order of a list.
   *
   * @param kinds the items, best score first
   * @param scores theirs
   * @return positions in the given lists, first place first
   */
  int[] order(List<ItemKind> kinds, double[] scores) {
    int size = scores.length;
    double[] likeness = new double[size];
    boolean[] isTaken = new boolean[size];
    Map<List<String>, Integer> perCategory = new HashMap<>();
    int[] order = new int[size];
    int place = 0;
    for (; place < Math.min(depth, size); place++) {
      int next = next(kinds, scores, likeness, isTaken, perCategory);
      isTaken[next] = true;
      order[place] = next;
      perCategory.merge(kinds.get(next).category(), 1, Integer::sum);
      for (int item = 0; item < size && diversity > 0; item++) {
        if (!isTaken[item]) {
          likeness[item] = Math.max(likeness[item], kinds.get(item).likenessTo(kinds.get(next)));
        }
      }
    }
    for (int item = 0; item < size; item++) {
      if (!isTaken[item]) {
        order[place++] = item;
      }
    }
    return order;
  }

  private int next(
      List<ItemKind> kinds,
      double[] scores,
      double[] likeness,
      boolean[] isTaken,
      Map<List<String>, Integer> perCategory) {
    int best = -1;
    int bestWithin = -1;
    for (int item = 0; item < scores.length; item++) {
      if (isTaken[item]) {
        continue;
      }
      double value = value(scores, likeness, item);
      if (best < 0 || value > value(scores, likeness, best)) {
        best = item;
      }
      if (isWithin(kinds.get(item), perCategory)
          && (bestWithin < 0 || value > value(scores, likeness, bestWithin))) {
        bestWithin = item;
      }
    }
    return bestWithin < 0 ? best : bestWithin;
  }

  private double value(double[] scores, double[] likeness, int item) {
    double relevance = Math.log(Math.max(scores[item], SMALLEST));
    return (1 - diversity) * relevance - diversity * likeness[item];
  }

  private boolean isWithin(ItemKind kind, Map<List<String>, Integer> perCategory) {
    return maxPerCategory == 0
        || kind.category().isEmpty()
        || perCategory.getOrDefault(kind.category(), 0) < maxPerCategory;
  }
}
