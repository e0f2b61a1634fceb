package dev.nightjar.export.rank;

import dev.nightjar.features.table.Items;
import dev.nightjar.training.table.ItemFactors;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The kind of each item, from the catalog and from its buyers. */
final class ItemKinds implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final float[] NO_FACTORS = {};
  private static final ItemKind UNKNOWN = new ItemKind(List.of(), "", NO_FACTORS);

  private final Map<String, ItemKind> kinds;

  ItemKinds(Map<String, ItemKind> kinds) {
    this.kinds = kinds;
  }

  /** Collects every item with its factors: items x (rank x 4 bytes and some words). */
  static ItemKinds collect(Dataset<Row> items, Dataset<Row> itemFactors) {
    Map<String, float[]> directions = new HashMap<>();
    for (Row row : itemFactors.select(ItemFactors.ITEM_ID, ItemFactors.FACTORS).collectAsList()) {
      directions.put(
          row.getAs(ItemFactors.ITEM_ID),
          direction(row.getList(row.fieldIndex(ItemFactors.FACTORS))));
    }
    Map<String, ItemKind> kinds = new HashMap<>();
    for (Row row : items.select(Items.ITEM_ID, Items.CATEGORY, Items.BRAND).collectAsList()) {
      String itemId = row.getAs(Items.ITEM_ID);
      String brand = row.getAs(Items.BRAND);
      kinds.put(
          itemId,
          new ItemKind(
              steps(row.getAs(Items.CATEGORY)),
              brand == null ? "" : brand,
              directions.getOrDefault(itemId, NO_FACTORS)));
    }
    return new ItemKinds(kinds);
  }

  /** The kind of an item; an empty one for an item that the shop does not list. */
  ItemKind of(String itemId) {
    return kinds.getOrDefault(itemId, UNKNOWN);
  }

  private static List<String> steps(String category) {
    return category == null || category.isBlank() ? List.of() : List.of(category.split("/"));
  }

  private static float[] direction(List<Float> factors) {
    double squares = 0;
    for (float factor : factors) {
      squares += factor * factor;
    }
    if (squares == 0) {
      return NO_FACTORS;
    }
    float[] direction = new float[factors.size()];
    for (int factor = 0; factor < direction.length; factor++) {
      direction[factor] = (float) (factors.get(factor) / Math.sqrt(squares));
    }
    return direction;
  }
}
