package dev.nightjar.training.evaluate.lists;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.features.table.Items;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What was known about every item when the lists were made, by a dense index in order of id. */
public final class KnownItems {
  private static final String BUYERS = "buyers";
  private static final String RECENT = "recent_buyers";
  private static final String AGE = "age_days";

  private final List<Item> items;
  private final Map<String, Integer> byId = new HashMap<>();

  /**
   * An index of these items.
   *
   * @param items in any order, each id once
   */
  KnownItems(List<Item> items) {
    this.items = items.stream().sorted(Comparator.comparing(Item::id)).toList();
    for (int index = 0; index < this.items.size(); index++) {
      byId.put(this.items.get(index).id(), index);
    }
  }

  /**
   * One item.
   *
   * @param id the shop's
   * @param buyers users who bought it before the split
   * @param recentBuyers users who bought it in the last {@code backtest.recent_days} before it
   * @param ageDays days from its first event to the split; NaN where it had none
   * @param category path; null where the shop has none
   */
  record Item(String id, long buyers, long recentBuyers, double ageDays, String category) {
    /** Whether it had an event before the split; others are not counted. */
    boolean isSeen() {
      return !Double.isNaN(ageDays);
    }

    private static Item of(Row row) {
      return new Item(
          row.getAs(Items.ITEM_ID),
          row.<Long>getAs(BUYERS),
          row.<Long>getAs(RECENT),
          row.<Double>getAs(AGE),
          row.getAs(Items.CATEGORY));
    }
  }

  /**
   * Collects the items.
   *
   * @param events before the split, returns left out
   * @param listed {@code items} of the night
   */
  public static KnownItems collect(
      Dataset<Row> events, Dataset<Row> listed, AsOf known, int recentDays) {
    Column isPurchase = col(CleanEvents.EVENT_TYPE).equalTo(EventTypes.PURCHASE);
    Column isRecent = known.within(col(CleanEvents.EVENT_TIME), recentDays);
    Dataset<Row> counts =
        events
            .where(col(CleanEvents.ITEM_ID).isNotNull())
            .groupBy(CleanEvents.ITEM_ID)
            .agg(
                count_distinct(when(isPurchase, col(CleanEvents.USER_ID))).as(BUYERS),
                count_distinct(when(isPurchase.and(isRecent), col(CleanEvents.USER_ID))).as(RECENT),
                known.ageDays(min(CleanEvents.EVENT_TIME)).as(AGE));
    List<Row> rows =
        counts
            .join(
                listed.select(Items.ITEM_ID, Items.CATEGORY),
                new String[] {Items.ITEM_ID},
                "full_outer")
            .select(
                col(Items.ITEM_ID),
                coalesce(col(BUYERS), lit(0L)).as(BUYERS),
                coalesce(col(RECENT), lit(0L)).as(RECENT),
                coalesce(col(AGE), lit(Double.NaN)).as(AGE),
                col(Items.CATEGORY))
            .collectAsList();
    return new KnownItems(rows.stream().map(Item::of).toList());
  }

  public int size() {
    return items.size();
  }

  Item item(int index) {
    return items.get(index);
  }

  /** The item's index, or -1 for an unknown item. */
  public int indexOf(String id) {
    return byId.getOrDefault(id, -1);
  }

  /** Number of items with an event before the split. */
  public long seen() {
    return items.stream().filter(Item::isSeen).count();
  }

  /**
   * All items with a positive figure, the largest first, ties by id, which is the index's order.
   */
  int[] best(ToLongFunction<Item> figure) {
    List<Integer> order = new ArrayList<>();
    for (int index = 0; index < items.size(); index++) {
      if (figure.applyAsLong(items.get(index)) > 0) {
        order.add(index);
      }
    }
    // a stable sort: items with equal figures stay in order of id
    order.sort(
        Comparator.comparingLong((Integer index) -> figure.applyAsLong(items.get(index)))
            .reversed());
    return order.stream().mapToInt(Integer::intValue).toArray();
  }
}
