package dev.nightjar.training.candidate;

import java.util.Arrays;

/** Weighs interest so that the product of two items' rows is their similarity. */
final class ItemSimilarity {
  /** Saturation and length normalisation of BM25, where an item is a document of users. */
  private static final double K1 = 100;

  private static final double B = 0.8;

  private ItemSimilarity() {}

  /**
   * Items by users, weighted.
   *
   * @param interest users by items
   */
  static SparseRows weigh(SparseRows interest, String similarity) {
    SparseRows byItem = interest.transposed();
    return similarity.equals(CandidateConfig.BM25) ? bm25(byItem, interest) : byItem.unitRows();
  }

  /**
   * Okapi BM25 (Robertson and Walker, 1994): x (K1 + 1) / (x + K1 (1 - B + B length / mean length))
   * times ln(items / items of the user), so that a user of many items says less.
   */
  private static SparseRows bm25(SparseRows byItem, SparseRows interest) {
    double[] lengths = new double[byItem.rowCount()];
    for (int item = 0; item < lengths.length; item++) {
      for (int entry = byItem.starts[item]; entry < byItem.starts[item + 1]; entry++) {
        lengths[item] += byItem.values[entry];
      }
    }
    double mean = Math.max(Arrays.stream(lengths).average().orElse(1), Double.MIN_NORMAL);
    float[] weighted = new float[byItem.values.length];
    for (int item = 0; item < lengths.length; item++) {
      double saturation = K1 * (1 - B + B * lengths[item] / mean);
      for (int entry = byItem.starts[item]; entry < byItem.starts[item + 1]; entry++) {
        double rarity =
            Math.log((1.0 + lengths.length) / (1.0 + interest.size(byItem.columns[entry])));
        double value = byItem.values[entry];
        weighted[entry] = (float) (value * (K1 + 1) / (value + saturation) * rarity);
      }
    }
    return byItem.withValues(weighted);
  }
}
