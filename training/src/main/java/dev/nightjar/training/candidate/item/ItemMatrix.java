package dev.nightjar.training.candidate.item;

import dev.nightjar.training.table.ItemFactors;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Item factors in memory, one array per factor, so that a user's scores are a sum of scaled arrays,
 * which the JVM vectorises.
 */
public final class ItemMatrix implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Items whose sums stay in the fastest cache while all factors are added to them. */
  private static final int BLOCK_ITEMS = 2048;

  private final boolean[] hasFactors;

  /** By factor, then item. */
  private final float[][] byFactor;

  private ItemMatrix(boolean[] hasFactors, float[][] byFactor) {
    this.hasFactors = hasFactors;
    this.byFactor = byFactor;
  }

  /** Collects {@code item_factors}: items x rank x 4 bytes on the driver and each executor. */
  public static ItemMatrix collect(Dataset<Row> itemFactors, ItemIndex index) {
    List<Row> rows = itemFactors.select(ItemFactors.ITEM_ID, ItemFactors.FACTORS).collectAsList();
    int rank = rows.isEmpty() ? 0 : factors(rows.get(0)).size();
    boolean[] hasFactors = new boolean[index.size()];
    float[][] byFactor = new float[rank][index.size()];
    for (Row row : rows) {
      int item = index.of(row.getAs(ItemFactors.ITEM_ID));
      if (item != ItemIndex.UNKNOWN) {
        hasFactors[item] = true;
        List<Float> factors = factors(row);
        for (int factor = 0; factor < rank; factor++) {
          byFactor[factor][item] = factors.get(factor);
        }
      }
    }
    return new ItemMatrix(hasFactors, byFactor);
  }

  private static List<Float> factors(Row row) {
    return row.getList(row.fieldIndex(ItemFactors.FACTORS));
  }

  /** Dot products with every item; 0 where it has no factors. */
  public void multiply(List<Float> userFactors, float[] into) {
    Arrays.fill(into, 0);
    for (int from = 0; from < into.length; from += BLOCK_ITEMS) {
      int until = Math.min(into.length, from + BLOCK_ITEMS);
      for (int factor = 0; factor < byFactor.length; factor++) {
        addScaled(byFactor[factor], userFactors.get(factor), into, from, until);
      }
    }
  }

  private static void addScaled(float[] column, float weight, float[] into, int from, int until) {
    for (int item = from; item < until; item++) {
      into[item] += weight * column[item];
    }
  }

  public boolean has(int item) {
    return hasFactors[item];
  }
}
