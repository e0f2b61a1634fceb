package dev.nightjar.training.evaluate.lists;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.Chance;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.features.table.Users;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The users who bought after the split and what they bought, on the driver.
 *
 * @param known users the shop knew, by id, even if they bought nothing that counts
 * @param unknown days from the split to the first purchase of each user the shop did not know
 * @param unlisted purchases of items the shop did not know, as days from the split; known users
 *     only
 * @param share of the buyers that is measured, above 0, at most 1
 */
public record Shoppers(
    List<Shopper> known, List<Integer> unknown, List<Integer> unlisted, double share) {
  /**
   * Which buyers are measured.
   *
   * @param most how many, at most
   * @param seed of the draw where there are more
   */
  public record Draw(int most, long seed) {}

  /** Column: days from the split to the first purchase of a user and item, from 0. */
  public static final String DAYS_AFTER = "days_after";

  private static final String BASKETS = "baskets";
  private static final String IS_LISTED = "is_listed";

  /**
   * Collects them.
   *
   * @param purchases user_id, item_id and {@link #DAYS_AFTER} of what was bought after the split
   * @param before events before the split, returns left out
   * @param users {@code users} of the night
   */
  public static Shoppers collect(
      Dataset<Row> purchases,
      Dataset<Row> before,
      Dataset<Row> users,
      KnownItems items,
      Draw draw) {
    long buyers = purchases.select(CleanEvents.USER_ID).distinct().count();
    double share = Math.min(1.0, (double) draw.most() / Math.max(1, buyers));
    Dataset<Row> drawn = share < 1 ? purchases.where(isDrawn(draw.seed(), share)) : purchases;
    Dataset<Row> buyerIds = broadcast(drawn.select(CleanEvents.USER_ID).distinct());
    String[] user = {CleanEvents.USER_ID};
    Map<String, Before> history = history(before.join(buyerIds, user, "left_semi"), items);
    List<Row> listed =
        buyerIds
            .join(users.select(Users.USER_ID).withColumn(IS_LISTED, lit(true)), user, "left_outer")
            .select(col(Users.USER_ID), coalesce(col(IS_LISTED), lit(false)).as(IS_LISTED))
            .collectAsList();
    return new Collected(items, history).of(listed, drawn.collectAsList(), share);
  }

  /** A draw of users that is a function of the seed and the user. */
  public static Column isDrawn(long seed, double share) {
    return Chance.of(lit(seed), col(CleanEvents.USER_ID)).lt(share);
  }

  private static String user(Row row) {
    return row.getAs(CleanEvents.USER_ID);
  }

  private static String item(Row row) {
    return row.getAs(CleanEvents.ITEM_ID);
  }

  /** What a user had bought: baskets in all, and items, the most often bought first. */
  private record Before(int baskets, List<Integer> frequent) {}

  /** By user. */
  private static Map<String, Before> history(Dataset<Row> events, KnownItems items) {
    Column isPurchase = col(CleanEvents.EVENT_TYPE).equalTo(EventTypes.PURCHASE);
    Column basket = when(isPurchase, col(CleanEvents.SESSION_ID));
    Map<String, Integer> baskets = new HashMap<>();
    events
        .groupBy(CleanEvents.USER_ID)
        .agg(count_distinct(basket).as(BASKETS))
        .collectAsList()
        .forEach(row -> baskets.put(user(row), row.<Long>getAs(BASKETS).intValue()));
    Map<String, List<Row>> bought = new HashMap<>();
    events
        .where(isPurchase)
        .groupBy(CleanEvents.USER_ID, CleanEvents.ITEM_ID)
        .agg(count_distinct(basket).as(BASKETS))
        .collectAsList()
        .forEach(row -> bought.computeIfAbsent(user(row), key -> new ArrayList<>()).add(row));
    Map<String, Before> history = new HashMap<>();
    baskets.forEach(
        (user, count) ->
            history.put(
                user, new Before(count, frequent(bought.getOrDefault(user, List.of()), items))));
    return history;
  }

  /** The most often bought first, of those the ones with most buyers, then by id. */
  private static List<Integer> frequent(List<Row> bought, KnownItems items) {
    record Bought(int item, long baskets) {}
    return bought.stream()
        .map(row -> new Bought(items.indexOf(item(row)), row.<Long>getAs(BASKETS)))
        .sorted(
            Comparator.comparingLong(Bought::baskets)
                .thenComparingLong(thing -> items.item(thing.item()).buyers())
                .reversed()
                .thenComparingInt(Bought::item))
        .map(Bought::item)
        .toList();
  }

  private record Collected(KnownItems items, Map<String, Before> history) {
    Shoppers of(List<Row> listed, List<Row> purchases, double share) {
      Map<String, Boolean> isListed = new HashMap<>();
      listed.forEach(row -> isListed.put(user(row), row.getAs(IS_LISTED)));
      Map<String, TreeMap<Integer, Integer>> after = new TreeMap<>();
      Map<String, Integer> unknown = new TreeMap<>();
      List<Integer> unlisted = new ArrayList<>();
      for (Row row : purchases) {
        String user = user(row);
        int item = items.indexOf(item(row));
        int day = row.<Integer>getAs(DAYS_AFTER);
        if (!isListed.get(user) && !history.containsKey(user)) {
          unknown.merge(user, day, Math::min);
        } else if (item < 0) {
          unlisted.add(day);
        } else {
          after.computeIfAbsent(user, key -> new TreeMap<>()).put(item, day);
        }
      }
      List<Shopper> shoppers = new ArrayList<>();
      after.forEach((user, bought) -> shoppers.add(shopper(user, bought)));
      return new Shoppers(shoppers, List.copyOf(unknown.values()), unlisted, share);
    }

    private Shopper shopper(String user, TreeMap<Integer, Integer> after) {
      Before before = history.get(user);
      return before == null
          ? Shopper.cold(user, after)
          : Shopper.known(user, before.baskets(), before.frequent(), after);
    }
  }
}
