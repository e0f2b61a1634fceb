package dev.nightjar.training.candidate;

import dev.nightjar.training.table.ItemFactors;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Item factors in memory, one array per factor, so that a user's scores are a sum of scaled arrays,
 * which the JVM vectorises.
 */
final class ItemMatrix implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Ascending. */
  private final String[] itemIds;

  /** By factor, then item. */
  private final float[][] byFactor;

  private ItemMatrix(String[] itemIds, float[][] byFactor) {
    this.itemIds = itemIds;
    this.byFactor = byFactor;
  }

  /** Collects {@code item_factors}: items x rank x 4 bytes on the driver and each executor. */
  static ItemMatrix collect(Dataset<Row> itemFactors) {
    List<Row> rows = itemFactors.select(ItemFactors.ITEM_ID, ItemFactors.FACTORS).collectAsList();
    Row[] sorted = rows.toArray(Row[]::new);
    Arrays.sort(sorted, Comparator.comparing(row -> row.getString(0)));
    int rank = sorted.length == 0 ? 0 : sorted[0].getList(1).size();
    String[] itemIds = new String[sorted.length];
    float[][] byFactor = new float[rank][sorted.length];
    for (int item = 0; item < sorted.length; item++) {
      itemIds[item] = sorted[item].getString(0);
      List<Float> factors = sorted[item].getList(1);
      for (int factor = 0; factor < rank; factor++) {
        byFactor[factor][item] = factors.get(factor);
      }
    }
    return new ItemMatrix(itemIds, byFactor);
  }

  /** Dot products with every item, in order of item. */
  float[] scores(List<Float> userFactors) {
    float[] scores = new float[itemIds.length];
    for (int factor = 0; factor < byFactor.length; factor++) {
      float weight = userFactors.get(factor);
      float[] column = byFactor[factor];
      for (int item = 0; item < scores.length; item++) {
        scores[item] += weight * column[item];
      }
    }
    return scores;
  }

  /** The item at a position. */
  String itemId(int index) {
    return itemIds[index];
  }

  /** Position of an item, negative where it has no factors. */
  int indexOf(String itemId) {
    return Arrays.binarySearch(itemIds, itemId);
  }
}
