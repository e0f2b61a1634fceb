package dev.nightjar.export.rank;

import dev.nightjar.training.statistics.Cosine;
import java.io.Serializable;
import java.util.List;

/**
 * Category, brand and factors of one item.
 *
 * @param category steps of the path, wide to narrow; empty where it has none
 * @param brand empty where it has none
 * @param direction factors, scaled to length 1; empty where it has none
 */
record ItemKind(List<String> category, String brand, float... direction) implements Serializable {

  /**
   * How alike two items are, 0 to 1: the mean of shared category path, same brand and cosine of
   * factors (0 where negative), of those that both items have; 0 where they share none.
   */
  double likenessTo(ItemKind other) {
    int known = 0;
    double sum = 0;
    if (!category.isEmpty() && !other.category.isEmpty()) {
      known++;
      sum += sharedPath(other);
    }
    if (!brand.isEmpty() && !other.brand.isEmpty()) {
      known++;
      sum += brand.equals(other.brand) ? 1 : 0;
    }
    if (direction.length > 0 && direction.length == other.direction.length) {
      known++;
      sum += Math.max(0, Cosine.ofUnits(direction, other.direction));
    }
    return known == 0 ? 0 : sum / known;
  }

  private double sharedPath(ItemKind other) {
    int least = Math.min(category.size(), other.category.size());
    int shared = 0;
    while (shared < least && category.get(shared).equals(other.category.get(shared))) {
      shared++;
    }
    return (double) shared / Math.max(category.size(), other.category.size());
  }
}
