package dev.nightjar.training.candidate.demand;

import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.item.Shelf;
import dev.nightjar.training.candidate.matrix.Best;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The lists of all segments with enough purchases, and everyone's.
 *
 * @param lists by the keys of {@link Demand}
 */
public record DemandLists(HashMap<String, DemandList> lists) implements Serializable {
  private static final double TOUCH_SHARE = 0.05;
  private static final double SHOP_SHARE = 0.001;

  /** Demand of a segment for an item. */
  private record ItemDemand(double buyers, double touchers, double recent, double base) {
    static ItemDemand of(Row row) {
      return new ItemDemand(
          row.getAs(Demand.BUYERS),
          row.getAs(Demand.TOUCHERS),
          row.getAs(Demand.RECENT),
          row.getAs(Demand.BASE));
    }

    double wanted(double popularity) {
      return buyers + touchers * TOUCH_SHARE + popularity / (popularity + 1) * SHOP_SHARE;
    }

    double rise() {
      double quarter = base * Demand.RECENT_DAYS / Demand.BASE_DAYS;
      return (recent - quarter) / Math.sqrt(quarter + 1);
    }
  }

  /**
   * Collects {@link Demand}: segments x items that were touched.
   *
   * @param demand of items on the shelf
   * @param minPurchases purchases above which a segment has lists of its own
   * @param most items that a list keeps, best first
   */
  public static DemandLists collect(Dataset<Row> demand, Shelf shelf, int minPurchases, int most) {
    Map<String, TreeMap<Integer, ItemDemand>> demands = new TreeMap<>();
    Map<String, Double> purchases = new HashMap<>();
    demands.put(Demand.EVERYONE, new TreeMap<>());
    List<Row> rows = demand.collectAsList();
    for (Row row : rows) {
      demands
          .computeIfAbsent(row.getAs(Demand.SEGMENT), segment -> new TreeMap<>())
          .put(shelf.index().of(row.getAs(CleanEvents.ITEM_ID)), ItemDemand.of(row));
      purchases.merge(row.getAs(Demand.SEGMENT), row.<Double>getAs(Demand.PURCHASES), Double::sum);
    }
    for (int item = 0; item < shelf.index().size(); item++) {
      demands.get(Demand.EVERYONE).putIfAbsent(item, new ItemDemand(0, 0, 0, 0));
    }
    HashMap<String, DemandList> lists = new HashMap<>();
    demands.forEach(
        (segment, ofSegment) -> {
          boolean isEveryone = segment.equals(Demand.EVERYONE);
          if (isEveryone || purchases.get(segment) >= minPurchases) {
            lists.put(segment, list(ofSegment, isEveryone, shelf, most));
          }
        });
    return new DemandLists(lists);
  }

  private static DemandList list(
      TreeMap<Integer, ItemDemand> demands, boolean isEveryone, Shelf shelf, int most) {
    int[] items = demands.keySet().stream().mapToInt(Integer::intValue).toArray();
    double[] popular = new double[items.length];
    double[] trending = new double[items.length];
    double largest = 1e-9;
    for (int place = 0; place < items.length; place++) {
      ItemDemand demand = demands.get(items[place]);
      popular[place] = demand.wanted(isEveryone ? shelf.popularity()[items[place]] : 0);
      largest = Math.max(largest, popular[place]);
      trending[place] = Best.rounded(demand.rise());
    }
    Best mostPopular = new Best(most);
    Best mostTrending = new Best(most);
    for (int place = 0; place < items.length; place++) {
      popular[place] = Best.rounded(popular[place] / largest);
      if (shelf.index().isOffered(items[place])) {
        mostPopular.offer(items[place], popular[place]);
        if (trending[place] > 0) {
          mostTrending.offer(items[place], trending[place]);
        }
      }
    }
    return new DemandList(items, popular, trending, mostPopular.takeAll(), mostTrending.takeAll());
  }

  /** The list of a user's interest segment, else locale, else everyone's. */
  public DemandList of(Target user) {
    DemandList ofInterest = lists.get(Demand.ofInterest(user.interest()));
    if (ofInterest != null) {
      return ofInterest;
    }
    DemandList ofLocale = lists.get(Demand.ofLocale(user.locale()));
    return ofLocale != null ? ofLocale : lists.get(Demand.EVERYONE);
  }
}
