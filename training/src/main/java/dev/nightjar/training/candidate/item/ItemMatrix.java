package dev.nightjar.training.candidate.item;

import dev.nightjar.training.table.ItemFactors;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
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

  /** The factors of one item. */
  private record Factors(int item, float[] values) implements Serializable {
    static Factors of(Row row, ItemIndex index) {
      List<Float> boxed = row.getList(1);
      float[] values = new float[boxed.size()];
      for (int factor = 0; factor < values.length; factor++) {
        values[factor] = boxed.get(factor);
      }
      return new Factors(index.of(row.getString(0)), values);
    }
  }

  /** Collects {@code item_factors}: items x rank x 4 bytes on the driver and each executor. */
  public static ItemMatrix collect(Dataset<Row> itemFactors, Broadcast<ItemIndex> index) {
    List<Factors> rows =
        itemFactors
            .select(ItemFactors.ITEM_ID, ItemFactors.FACTORS)
            .javaRDD()
            .map(row -> Factors.of(row, index.value()))
            .filter(row -> row.item() != ItemIndex.UNKNOWN)
            .collect();
    int size = index.value().size();
    int rank = rows.isEmpty() ? 0 : rows.get(0).values().length;
    boolean[] hasFactors = new boolean[size];
    float[][] byFactor = new float[rank][size];
    for (Factors row : rows) {
      hasFactors[row.item()] = true;
      for (int factor = 0; factor < rank; factor++) {
        byFactor[factor][row.item()] = row.values()[factor];
      }
    }
    return new ItemMatrix(hasFactors, byFactor);
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
