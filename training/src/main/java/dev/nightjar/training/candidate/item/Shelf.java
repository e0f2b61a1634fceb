package dev.nightjar.training.candidate.item;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.nightjar.features.DataException;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import dev.nightjar.training.candidate.matrix.Best;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the shop sells, on the driver, in order of id. */
public final class Shelf {
  private final ItemIndex index;
  private final List<Label> labels;
  private final double[] popularity;

  /**
   * Holds what is given.
   *
   * @param index numbers the items
   * @param labels title, category and brand of each; parts may be null
   * @param popularity {@link ItemFeatures#POPULARITY} of each
   */
  public Shelf(ItemIndex index, List<Label> labels, double[] popularity) {
    this.index = index;
    this.labels = labels;
    this.popularity = popularity;
  }

  public ItemIndex index() {
    return index;
  }

  public List<Label> labels() {
    return labels;
  }

  public double[] popularity() {
    return popularity;
  }

  /** What is written on an item; each part may be null. */
  public record Label(String title, String category, String brand) {}

  /** Collects the items of a moment, each once: id, texts and two numbers. */
  public static Shelf collect(Snapshot snapshot) {
    Dataset<Row> popularity =
        snapshot.itemFeatures().select(ItemFeatures.ITEM_ID, ItemFeatures.POPULARITY);
    List<Row> rows =
        snapshot
            .items()
            .dropDuplicates(Items.ITEM_ID)
            .join(popularity, new String[] {Items.ITEM_ID}, "left_outer")
            .select(
                col(Items.ITEM_ID),
                coalesce(col(Items.STOCK).gt(0), lit(true)),
                col(Items.TITLE),
                col(Items.CATEGORY),
                col(Items.BRAND),
                coalesce(col(ItemFeatures.POPULARITY), lit(0.0)))
            .collectAsList()
            .stream()
            .sorted(Comparator.comparing(row -> row.getString(0)))
            .toList();
    if (rows.size() > Best.MOST_ITEMS) {
      throw new DataException(
          "items: "
              + rows.size()
              + " items are more than the "
              + Best.MOST_ITEMS
              + " that candidates can number; leave out what is no longer sold");
    }
    boolean[] isOffered = new boolean[rows.size()];
    double[] popular = new double[rows.size()];
    for (int item = 0; item < isOffered.length; item++) {
      isOffered[item] = rows.get(item).getBoolean(1);
      popular[item] = rows.get(item).getDouble(5);
    }
    return new Shelf(
        new ItemIndex(rows.stream().map(row -> row.getString(0)).toArray(String[]::new), isOffered),
        rows.stream()
            .map(row -> new Label(row.getString(2), row.getString(3), row.getString(4)))
            .toList(),
        popular);
  }
}
