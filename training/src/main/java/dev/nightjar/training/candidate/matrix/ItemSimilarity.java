package dev.nightjar.training.candidate.matrix;

import java.util.Arrays;

/**
 * Weighs interest so that the product of two items' rows is their similarity. Either way a user
 * weighs ln((1 + items) / (1 + items of the user)), since a user who buys everything says little:
 * on Online Retail before 2011-08-01 that took the recall of new items at 40 from 0.164 to 0.211.
 */
public final class ItemSimilarity {
  /** Cosine of the columns of two items. */
  public static final String COSINE = "cosine";

  /** Product of the columns weighted as in BM25. */
  public static final String BM25 = "bm25";

  /** Saturation and length normalisation of BM25, where an item is a document of users. */
  private static final double K1 = 100;

  private static final double B = 0.8;

  private ItemSimilarity() {}

  /**
   * Items by users, weighted.
   *
   * @param interest users by items
   */
  public static SparseRows weigh(SparseRows interest, String similarity) {
    SparseRows byItem = interest.transposed();
    double[] rarities = new double[interest.rowCount()];
    for (int user = 0; user < rarities.length; user++) {
      rarities[user] = Math.log((1.0 + interest.columnCount()) / (1.0 + interest.size(user)));
    }
    return similarity.equals(BM25) ? bm25(byItem, rarities) : cosine(byItem, rarities);
  }

  private static SparseRows cosine(SparseRows byItem, double[] rarities) {
    float[] weighted = new float[byItem.entryCount()];
    for (int entry = 0; entry < weighted.length; entry++) {
      weighted[entry] = (float) (byItem.value(entry) * rarities[byItem.column(entry)]);
    }
    return byItem.withValues(weighted).unitRows();
  }

  /**
   * Okapi BM25 (Robertson and Walker, 1994): x (K1 + 1) / (x + K1 (1 - B + B length / mean
   * length)), times the rarity of the user.
   */
  private static SparseRows bm25(SparseRows byItem, double[] rarities) {
    double[] lengths = new double[byItem.rowCount()];
    for (int item = 0; item < lengths.length; item++) {
      for (int entry = byItem.start(item); entry < byItem.end(item); entry++) {
        lengths[item] += byItem.value(entry);
      }
    }
    double mean = Math.max(Arrays.stream(lengths).average().orElse(1), Double.MIN_NORMAL);
    float[] weighted = new float[byItem.entryCount()];
    for (int item = 0; item < lengths.length; item++) {
      double saturation = K1 * (1 - B + B * lengths[item] / mean);
      for (int entry = byItem.start(item); entry < byItem.end(item); entry++) {
        double value = byItem.value(entry);
        double rarity = rarities[byItem.column(entry)];
        weighted[entry] = (float) (value * (K1 + 1) / (value + saturation) * rarity);
      }
    }
    return byItem.withValues(weighted);
  }
}
