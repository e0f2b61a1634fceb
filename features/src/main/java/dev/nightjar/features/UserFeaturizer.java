package dev.nightjar.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.features.table.LocalEvents;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.TableValues;
import dev.nightjar.features.table.UserFeatures;
import dev.nightjar.features.table.Users;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Features of users. */
final class UserFeaturizer {
  private static final List<Integer> WINDOWS = List.of(1, 7, 30, 90);
  private static final String[] HOURS = Counts.names("hour_", 24);
  private static final String[] WEEKDAYS = Counts.names("weekday_", 7);

  private static final String FIRST_AT = "first_at";
  private static final String LAST_AT = "last_at";
  private static final String LAST_PURCHASE_AT = "last_purchase_at";
  private static final String EVENTS = "events";
  private static final String PURCHASES = "purchases";
  private static final String SPEND = "spend";
  private static final String BASKETS = "baskets";
  private static final String BOUGHT_DAYS = "bought_days";
  private static final String SENDS = "sends";
  private static final String OPENS = "opens";
  private static final String SHOP_SENDS = "shop_sends";
  private static final String SHOP_OPENS = "shop_opens";

  /** Money is summed in whole ten-thousandths, so that the order of the rows does not matter. */
  private static final double MONEY_UNITS = 1e4;

  /** Counts that are 0 for a user without any. */
  private static final List<String> COUNTED =
      List.of(
          UserFeatures.EVENTS_30D,
          UserFeatures.SESSIONS_30D,
          UserFeatures.BASKETS_90D,
          UserFeatures.ITEMS_BOUGHT,
          UserFeatures.DISTINCT_ITEMS_90D,
          UserFeatures.PUSHES_7D,
          UserFeatures.PUSHES_30D);

  private UserFeaturizer() {}

  /**
   * Features of the users of a history, of the pushes and of the listing.
   *
   * @param events {@link LocalEvents} with {@link Returns#KEPT}
   * @param tastes {@link Taste#ofPairs}
   */
  static Dataset<Row> fromTastes(
      Dataset<Row> events,
      Dataset<Row> tastes,
      Dataset<Row> users,
      Dataset<Row> pushes,
      AsOf asOf,
      FeatureConfig config) {
    String[] user = {UserFeatures.USER_ID};
    Dataset<Row> active = byUser(bySession(events, asOf)).join(byPairs(tastes, asOf), user, "left");
    Dataset<Row> pushed = byPushes(pushes, asOf);
    Dataset<Row> joined =
        active
            .join(pushed, user, "full_outer")
            .join(users.select(Users.USER_ID, Users.CREATED_AT), user, "full_outer")
            .crossJoin(broadcast(shop(pushed)));
    return features(asOf, config).select(joined);
  }

  private static TableValues features(AsOf asOf, FeatureConfig config) {
    TableValues features = UserFeatures.TABLE.values();
    for (int days : WINDOWS) {
      for (String measure : List.of("views", "carts", PURCHASES)) {
        features.set(in(measure, days), orZero(in(measure, days)));
      }
      features.set(in(SPEND, days), orZero(in(SPEND, days)).divide(MONEY_UNITS));
    }
    for (String counted : COUNTED) {
      features.set(counted, orZero(counted));
    }
    Column againDays = col(BOUGHT_DAYS).minus(col(UserFeatures.ITEMS_BOUGHT));
    Column dates = coalesce(col(UserFeatures.PURCHASE_DATES), array().cast("array<date>"));
    Column taste = coalesce(col(UserFeatures.CATEGORY_TASTE), map().cast("map<string,double>"));
    Column shopRate = Counts.ratio(col(SHOP_OPENS), col(SHOP_SENDS));
    Column openRate =
        Counts.shrunk(orZero(OPENS), orZero(SENDS), shopRate, config.openRateSmoothing());
    return features
        .set(UserFeatures.AGE_DAYS, asOf.ageDays(least(col(Users.CREATED_AT), col(FIRST_AT))))
        .set(UserFeatures.RECENCY_DAYS, asOf.ageDays(col(LAST_AT)))
        .set(UserFeatures.PURCHASE_RECENCY_DAYS, asOf.ageDays(col(LAST_PURCHASE_AT)))
        .set(UserFeatures.PURCHASE_DATES, dates)
        .set(UserFeatures.MEAN_BASKET_LINES, Counts.ratio(col(PURCHASES), col(BASKETS)))
        .set(UserFeatures.REPEAT_SHARE, Counts.ratio(againDays, col(BOUGHT_DAYS)))
        .set(
            UserFeatures.MEAN_BASKET_VALUE,
            Counts.ratio(col(SPEND), col(BASKETS).multiply(MONEY_UNITS)))
        .set(UserFeatures.CATEGORY_TASTE, taste)
        .set(UserFeatures.PRICE_BAND_TASTE, Counts.shares(Taste.BAND_NAMES, col(Taste.PRICED)))
        .set(UserFeatures.HOUR_HISTOGRAM, Counts.shares(HOURS, col(EVENTS)))
        .set(UserFeatures.WEEKDAY_HISTOGRAM, Counts.shares(WEEKDAYS, col(EVENTS)))
        .set(UserFeatures.OPEN_RATE, openRate);
  }

  /**
   * One row per (user, session), so that sessions and baskets are counted without counting distinct
   * ids.
   */
  private static Dataset<Row> bySession(Dataset<Row> events, AsOf asOf) {
    Column time = col(CleanEvents.EVENT_TIME);
    Column isPurchase = Returns.isKeptPurchase();
    Column isView = col(CleanEvents.EVENT_TYPE).equalTo(EventTypes.VIEW);
    Column isCart = col(CleanEvents.EVENT_TYPE).equalTo(EventTypes.CART);
    Column paid = col(CleanEvents.PRICE).multiply(col(Returns.KEPT)).multiply(MONEY_UNITS);
    Column money = when(isPurchase, floor(paid.plus(0.5)));
    List<Column> sums = new ArrayList<>();
    for (int days : WINDOWS) {
      Column isRecent = asOf.within(time, days);
      sums.add(Counts.where(isView.and(isRecent)).as(in("views", days)));
      sums.add(Counts.where(isCart.and(isRecent)).as(in("carts", days)));
      sums.add(Counts.where(isPurchase.and(isRecent)).as(in(PURCHASES, days)));
      sums.add(sum(when(isRecent, money)).as(in(SPEND, days)));
    }
    sums.add(Counts.where(asOf.within(time, 30)).as(UserFeatures.EVENTS_30D));
    sums.add(count(lit(1)).as(EVENTS));
    sums.add(Counts.where(isPurchase).as(PURCHASES));
    sums.add(sum(money).as(SPEND));
    sums.add(
        collect_set(when(isPurchase, col(LocalEvents.LOCAL_DATE))).as(UserFeatures.PURCHASE_DATES));
    sums.add(max(time).as(LAST_AT));
    sums.add(max(when(isPurchase, time)).as(LAST_PURCHASE_AT));
    for (int hour = 0; hour < HOURS.length; hour++) {
      sums.add(Counts.where(col(LocalEvents.LOCAL_HOUR).equalTo(hour)).as(HOURS[hour]));
    }
    Column weekday = floor(col(LocalEvents.HOUR_OF_WEEK).divide(HOURS.length));
    for (int day = 0; day < WEEKDAYS.length; day++) {
      sums.add(Counts.where(weekday.equalTo(day)).as(WEEKDAYS[day]));
    }
    return events
        .groupBy(CleanEvents.USER_ID, CleanEvents.SESSION_ID)
        .agg(min(time).as(FIRST_AT), sums.toArray(Column[]::new));
  }

  private static Dataset<Row> byUser(Dataset<Row> sessions) {
    List<Column> sums = new ArrayList<>();
    for (int days : WINDOWS) {
      for (String measure : List.of("views", "carts", PURCHASES, SPEND)) {
        sums.add(sum(in(measure, days)).as(in(measure, days)));
      }
    }
    sums.add(sum(UserFeatures.EVENTS_30D).as(UserFeatures.EVENTS_30D));
    sums.add(Counts.where(col(UserFeatures.EVENTS_30D).gt(0)).as(UserFeatures.SESSIONS_30D));
    sums.add(Counts.where(col(UserFeatures.PURCHASES_90D).gt(0)).as(UserFeatures.BASKETS_90D));
    sums.add(Counts.where(col(PURCHASES).gt(0)).as(BASKETS));
    sums.add(sum(PURCHASES).as(PURCHASES));
    sums.add(
        sort_array(array_distinct(flatten(collect_list(UserFeatures.PURCHASE_DATES))))
            .as(UserFeatures.PURCHASE_DATES));
    sums.add(sum(EVENTS).as(EVENTS));
    sums.add(sum(SPEND).as(SPEND));
    sums.add(max(LAST_AT).as(LAST_AT));
    sums.add(max(LAST_PURCHASE_AT).as(LAST_PURCHASE_AT));
    Arrays.stream(HOURS).forEach(hour -> sums.add(sum(hour).as(hour)));
    Arrays.stream(WEEKDAYS).forEach(day -> sums.add(sum(day).as(day)));
    return sessions
        .groupBy(UserFeatures.USER_ID)
        .agg(min(FIRST_AT).as(FIRST_AT), sums.toArray(Column[]::new));
  }

  private static Dataset<Row> byPairs(Dataset<Row> tastes, AsOf asOf) {
    List<Column> sums = new ArrayList<>(Taste.bands());
    sums.add(Taste.categories());
    Column isRecent = asOf.within(col(PairHistory.LAST_AT), 90);
    Column boughtDays = col(PairHistory.PURCHASE_DAYS);
    sums.add(Counts.where(boughtDays.gt(0)).as(UserFeatures.ITEMS_BOUGHT));
    sums.add(sum(boughtDays).as(BOUGHT_DAYS));
    return tastes
        .groupBy(UserFeatures.USER_ID)
        .agg(
            Counts.where(isRecent).as(UserFeatures.DISTINCT_ITEMS_90D),
            sums.toArray(Column[]::new));
  }

  private static Dataset<Row> byPushes(Dataset<Row> pushes, AsOf asOf) {
    Column sentAt = col(Pushes.SENT_AT);
    return pushes
        .groupBy(Pushes.USER_ID)
        .agg(
            Counts.where(asOf.within(sentAt, 7)).as(UserFeatures.PUSHES_7D),
            Counts.where(asOf.within(sentAt, 30)).as(UserFeatures.PUSHES_30D),
            count(lit(1)).as(SENDS),
            count(Pushes.OPENED_AT).as(OPENS));
  }

  /** One row: pushes of the shop and how many of them were opened. */
  private static Dataset<Row> shop(Dataset<Row> pushed) {
    return pushed.agg(sum(SENDS).as(SHOP_SENDS), sum(OPENS).as(SHOP_OPENS));
  }

  private static String in(String measure, int days) {
    return measure + "_" + days + "d";
  }

  private static Column orZero(String column) {
    return coalesce(col(column), lit(0));
  }
}
