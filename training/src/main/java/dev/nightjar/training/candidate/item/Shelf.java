package dev.nightjar.training.candidate.item;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The items that candidates may be, on the driver, in order of id: all of a shop's, or its most
 * popular ones, so that memory is bounded whatever the number of items.
 *
 * @param index numbers the items
 * @param labels title, category and brand of each; parts may be null
 * @param popularity {@link ItemFeatures#POPULARITY} of each
 */
public record Shelf(ItemIndex index, List<Label> labels, double[] popularity) {
  private static final String IS_OFFERED = "is_offered";

  /** The description of an item; each part may be null. */
  public record Label(String title, String category, String brand) {}

  /**
   * Collects the items of a moment, each once: id, texts and two numbers.
   *
   * @param most items; of more, those that are offered come first, then the most popular, then the
   *     newest
   */
  public static Shelf collect(Snapshot snapshot, int most) {
    Dataset<Row> popularity =
        snapshot.itemFeatures().select(ItemFeatures.ITEM_ID, ItemFeatures.POPULARITY);
    List<Row> rows =
        snapshot
            .items()
            .dropDuplicates(Items.ITEM_ID)
            .join(popularity, new String[] {Items.ITEM_ID}, "left_outer")
            .select(
                col(Items.ITEM_ID),
                coalesce(col(Items.STOCK).gt(0), lit(true)).as(IS_OFFERED),
                col(Items.TITLE),
                col(Items.CATEGORY),
                col(Items.BRAND),
                coalesce(col(ItemFeatures.POPULARITY), lit(0.0)).as(ItemFeatures.POPULARITY),
                col(Items.CREATED_AT))
            .orderBy(
                col(IS_OFFERED).desc(),
                round(col(ItemFeatures.POPULARITY), 6).desc(),
                col(Items.CREATED_AT).desc_nulls_last(),
                col(Items.ITEM_ID))
            .limit(most)
            .collectAsList()
            .stream()
            .sorted(Comparator.comparing(row -> row.<String>getAs(Items.ITEM_ID)))
            .toList();
    boolean[] isOffered = new boolean[rows.size()];
    double[] popular = new double[rows.size()];
    for (int item = 0; item < isOffered.length; item++) {
      isOffered[item] = rows.get(item).getAs(IS_OFFERED);
      popular[item] = rows.get(item).getAs(ItemFeatures.POPULARITY);
    }
    return new Shelf(
        new ItemIndex(
            rows.stream().map(row -> row.<String>getAs(Items.ITEM_ID)).toArray(String[]::new),
            isOffered),
        rows.stream()
            .map(
                row ->
                    new Label(
                        row.getAs(Items.TITLE), row.getAs(Items.CATEGORY), row.getAs(Items.BRAND)))
            .toList(),
        popular);
  }
}
