package dev.nightjar.training.intent;

import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.UserFeatures;
import dev.nightjar.training.candidate.Candidates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The features of purchase intent. What does not exist (a recency without an event, a score of a
 * source that did not propose the pair) is NaN; a count of what never happened is 0.
 */
public final class IntentFeatures {
  public static final String PAIR_PURCHASES = "f_pair_purchases";
  public static final String USER_AGE_DAYS = "f_user_age_days";
  public static final String USER_PURCHASES_90D = "f_user_purchases_90d";
  public static final String ITEM_BUYERS_30D = "f_item_buyers_30d";
  public static final String ITEM_PURCHASES_90D = "f_item_purchases_90d";

  private static final String PAIR = "pair";
  private static final String USER = "user";
  private static final String ITEM = "item";

  private static final List<String> PAIR_COUNTS =
      List.of(
          PairFeatures.STRENGTH,
          PairFeatures.VIEWS,
          PairFeatures.FAVORITES,
          PairFeatures.CARTS,
          PairFeatures.PURCHASES,
          PairFeatures.PURCHASES_30D,
          PairFeatures.PURCHASES_90D,
          PairFeatures.QUANTITY,
          PairFeatures.VIEWS_7D,
          PairFeatures.IS_CART_OPEN);
  private static final List<String> PAIR_TIMES =
      List.of(
          PairFeatures.RECENCY_DAYS,
          PairFeatures.PURCHASE_RECENCY_DAYS,
          PairFeatures.PURCHASE_GAP_DAYS);
  private static final List<String> USER_NUMBERS =
      List.of(
          UserFeatures.AGE_DAYS,
          UserFeatures.RECENCY_DAYS,
          UserFeatures.PURCHASE_RECENCY_DAYS,
          UserFeatures.EVENTS_30D,
          UserFeatures.SESSIONS_30D,
          UserFeatures.VIEWS_7D,
          UserFeatures.CARTS_7D,
          UserFeatures.PURCHASES_7D,
          UserFeatures.PURCHASES_30D,
          UserFeatures.PURCHASES_90D,
          UserFeatures.SPEND_30D,
          UserFeatures.SPEND_90D,
          UserFeatures.BASKETS_90D,
          UserFeatures.MEAN_BASKET_LINES,
          UserFeatures.ITEMS_BOUGHT,
          UserFeatures.REPEAT_SHARE,
          UserFeatures.DISTINCT_ITEMS_90D,
          UserFeatures.MEAN_BASKET_VALUE);
  private static final List<String> ITEM_NUMBERS =
      List.of(
          ItemFeatures.PRICE,
          ItemFeatures.POPULARITY,
          ItemFeatures.VIEWS_7D,
          ItemFeatures.VIEWS_30D,
          ItemFeatures.PURCHASES_7D,
          ItemFeatures.PURCHASES_30D,
          ItemFeatures.PURCHASES_90D,
          ItemFeatures.BUYERS_30D,
          ItemFeatures.BUYERS_90D,
          ItemFeatures.BUYERS,
          ItemFeatures.NEW_BUYERS_30D,
          ItemFeatures.MEAN_QUANTITY,
          ItemFeatures.PURCHASE_RECENCY_DAYS,
          ItemFeatures.CONVERSION,
          ItemFeatures.TREND,
          ItemFeatures.SEASON_TREND,
          ItemFeatures.REPEAT_RATE,
          ItemFeatures.AGE_DAYS);
  private static final List<String> SOURCE_SCORES =
      Candidates.SOURCE_NAMES.stream().map(Candidates::score).toList();

  /** The features that change with the calendar by themselves. */
  static final List<String> OF_CALENDAR =
      TimeContext.NAMES.stream().map(IntentFeatures::feature).toList();

  private static final Map<String, Column> COLUMNS = columns();

  /** Names of the features in the order in which a model sees them. */
  public static final List<String> NAMES = List.copyOf(COLUMNS.keySet());

  private IntentFeatures() {}

  /**
   * Joins the features of the snapshot to each candidate.
   *
   * @param candidates {@code candidates} proposed at the snapshot's moment
   * @param kept further columns of {@code candidates} to keep
   * @return user_id, item_id, sources and {@link #NAMES} as doubles, never null; one row per
   *     candidate
   */
  public static Dataset<Row> assemble(
      Dataset<Row> candidates, Snapshot snapshot, List<String> kept) {
    Dataset<Row> joined =
        candidates
            .join(
                pairs(snapshot.pairFeatures()),
                new String[] {Candidates.USER_ID, Candidates.ITEM_ID},
                "left_outer")
            .join(users(snapshot), new String[] {Candidates.USER_ID}, "left_outer")
            .join(items(snapshot.itemFeatures()), new String[] {Candidates.ITEM_ID}, "left_outer");
    List<Column> selected = new ArrayList<>();
    selected.add(col(Candidates.USER_ID));
    selected.add(col(Candidates.ITEM_ID));
    selected.add(col(Candidates.SOURCES));
    COLUMNS.forEach((name, column) -> selected.add(column.as(name)));
    kept.forEach(name -> selected.add(col(name)));
    return joined.select(selected.toArray(Column[]::new));
  }

  private static Map<String, Column> columns() {
    Map<String, Column> columns = new LinkedHashMap<>();
    SOURCE_SCORES.forEach(name -> columns.put(feature(name), orNaN(col(name))));
    columns.put("f_source_count", orNaN(size(col(Candidates.SOURCES))));
    PAIR_COUNTS.forEach(name -> columns.put(feature(PAIR, name), orZero(from(PAIR, name))));
    PAIR_TIMES.forEach(name -> columns.put(feature(PAIR, name), orNaN(from(PAIR, name))));
    addRhythm(columns);
    columns.put(
        "f_category_affinity",
        orZero(
            coalesce(
                from(PAIR, PairFeatures.CATEGORY_AFFINITY),
                try_element_at(
                    from(USER, UserFeatures.CATEGORY_TASTE),
                    from(ITEM, ItemFeatures.TOP_CATEGORY)))));
    columns.put(
        "f_price_band_affinity",
        orNaN(get(from(USER, UserFeatures.PRICE_BAND_TASTE), from(ITEM, ItemFeatures.PRICE_BAND))));
    USER_NUMBERS.forEach(name -> columns.put(feature(USER, name), orNaN(from(USER, name))));
    ITEM_NUMBERS.forEach(name -> columns.put(feature(ITEM, name), orNaN(from(ITEM, name))));
    TimeContext.NAMES.forEach(name -> columns.put(feature(name), orNaN(col(name))));
    return columns;
  }

  /** How a pair's purchase days are placed among the user's, and how due both are. */
  private static void addRhythm(Map<String, Column> columns) {
    Column first = from(PAIR, PairFeatures.FIRST_PURCHASE_DATE);
    Column last = from(PAIR, PairFeatures.LAST_PURCHASE_DATE);
    Column purchases = when(last.isNotNull(), from(PAIR, PairFeatures.PURCHASES));
    Column dates = from(USER, UserFeatures.PURCHASE_DATES);
    Column days = size(dates);
    Column gap =
        when(days.geq(2), datediff(array_max(dates), array_min(dates)).divide(days.minus(1)));
    columns.put(
        "f_pair_due",
        due(
            from(PAIR, PairFeatures.PURCHASE_RECENCY_DAYS),
            from(PAIR, PairFeatures.PURCHASE_GAP_DAYS)));
    columns.put("f_pair_purchase_span_days", orNaN(datediff(last, first)));
    columns.put("f_pair_purchase_share", orNaN(purchases.divide(days)));
    columns.put(
        "f_pair_purchase_share_since_first",
        orNaN(purchases.divide(size(filter(dates, date -> date.geq(first))))));
    columns.put(
        "f_pair_purchase_days_since",
        orNaN(when(last.isNotNull(), size(filter(dates, date -> date.gt(last))))));
    columns.put("f_user_purchase_days", orNaN(days));
    columns.put("f_user_purchase_gap_days", orNaN(gap));
    columns.put("f_user_due", due(from(USER, UserFeatures.PURCHASE_RECENCY_DAYS), gap));
  }

  /** Log of the days since the last time over the usual days between two; 0 is due today. */
  private static Column due(Column recencyDays, Column gapDays) {
    return orNaN(log(recencyDays.plus(1).divide(gapDays.plus(1))));
  }

  private static String feature(String side, String name) {
    return feature(side + "_" + name);
  }

  private static String feature(String column) {
    return "f_" + column;
  }

  private static Column from(String side, String name) {
    return col(side + "_" + name);
  }

  private static Column orNaN(Column value) {
    return coalesce(value.cast(DataTypes.DoubleType), lit(Double.NaN));
  }

  private static Column orZero(Column value) {
    return coalesce(value.cast(DataTypes.DoubleType), lit(0.0));
  }

  private static Dataset<Row> pairs(Dataset<Row> pairFeatures) {
    return prefixed(
        pairFeatures,
        PAIR,
        List.of(PairFeatures.USER_ID, PairFeatures.ITEM_ID),
        Stream.of(
                PAIR_COUNTS,
                PAIR_TIMES,
                List.of(
                    PairFeatures.CATEGORY_AFFINITY,
                    PairFeatures.FIRST_PURCHASE_DATE,
                    PairFeatures.LAST_PURCHASE_DATE))
            .flatMap(List::stream)
            .toList());
  }

  /**
   * Users with their calendars, joined here where a user is one row, rather than for each
   * candidate.
   */
  private static Dataset<Row> users(Snapshot snapshot) {
    return prefixed(
            snapshot.userFeatures(),
            USER,
            List.of(UserFeatures.USER_ID),
            Stream.of(
                    USER_NUMBERS,
                    List.of(
                        UserFeatures.CATEGORY_TASTE,
                        UserFeatures.PRICE_BAND_TASTE,
                        UserFeatures.PURCHASE_DATES))
                .flatMap(List::stream)
                .toList())
        .join(TimeContext.ofUsers(snapshot), new String[] {UserFeatures.USER_ID}, "left_outer");
  }

  private static Dataset<Row> items(Dataset<Row> itemFeatures) {
    return prefixed(
        itemFeatures,
        ITEM,
        List.of(ItemFeatures.ITEM_ID),
        Stream.of(ITEM_NUMBERS, List.of(ItemFeatures.TOP_CATEGORY, ItemFeatures.PRICE_BAND))
            .flatMap(List::stream)
            .toList());
  }

  private static Dataset<Row> prefixed(
      Dataset<Row> features, String side, List<String> keys, List<String> names) {
    return features.select(
        Stream.concat(
                keys.stream().map(key -> col(key)),
                names.stream().map(name -> col(name).as(side + "_" + name)))
            .toArray(Column[]::new));
  }
}
