package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.clean.RejectReason;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.RejectedEvents;
import dev.nightjar.features.table.Suppressions;
import dev.nightjar.features.table.Users;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the shop knows at a moment about its items, users, pushes and those it must not contact.
 *
 * <p>Each mapped input may be empty ({@code SourceReader.none}): items and users are then those of
 * the events. Where several rows tell of the same item or user, each column takes its value from
 * the newest row that has one.
 */
public final class Catalog {
  private static final String KNOWN_AT = "_known_at";
  private static final String ORDER = "_order";
  private static final String SEEN = "seen_";
  private static final String UPDATED_AT = "updated_at";
  private static final String MISSING = "missing_";
  private static final String UNREADABLE = "unreadable_";

  /** True for a user with a row that was whole and known; null for one with refusals alone. */
  private static final String IS_LISTED = "_is_listed";

  private static final String CLOCK = "^([01]?[0-9]|2[0-3]):[0-5][0-9]$";

  private Catalog() {}

  /**
   * Items that are listed or occur in an event.
   *
   * @param mapped rows of {@link InputTable#ITEMS}
   * @param events {@code clean_events}
   * @return {@code items}: one row per item, unordered
   */
  public static Dataset<Row> items(Dataset<Row> mapped, Dataset<Row> events, AsOf asOf) {
    Column id = col(Items.ITEM_ID);
    Dataset<Row> listed =
        newest(known(mapped, InputTable.ITEMS, asOf), Items.ITEM_ID, Items.TABLE.columns());
    Column when = struct(col(CleanEvents.EVENT_TIME), col(CleanEvents.EVENT_ID));
    Dataset<Row> seen =
        events
            .where(asOf.knows(col(CleanEvents.EVENT_TIME)).and(id.isNotNull()))
            .groupBy(id.as(SEEN + Items.ITEM_ID))
            .agg(
                lastGiven(Items.PRICE, when).as(SEEN + Items.PRICE),
                min(CleanEvents.EVENT_TIME).as(SEEN + Items.CREATED_AT));
    Dataset<Row> all = listed.join(seen, id.equalTo(col(SEEN + Items.ITEM_ID)), "full_outer");
    for (String column : List.of(Items.ITEM_ID, Items.PRICE, Items.CREATED_AT)) {
      all = all.withColumn(column, coalesce(col(column), col(SEEN + column)));
    }
    return all.select(columns(Items.TABLE.columns()));
  }

  /**
   * Users that are listed, or occur in an event or a push.
   *
   * @param mapped rows of {@link InputTable#USERS}
   * @param events {@code clean_events}
   * @param pushes {@code pushes}
   * @return {@code users}: one row per user, unordered
   */
  public static Dataset<Row> users(
      Dataset<Row> mapped, Dataset<Row> events, Dataset<Row> pushes, AsOf asOf, ShopConfig shop) {
    Column id = col(Users.USER_ID);
    Dataset<Row> listed = listedUsers(mapped, asOf);
    Dataset<Row> seen =
        events
            .where(asOf.knows(col(CleanEvents.EVENT_TIME)))
            .select(id, col(CleanEvents.EVENT_TIME).as(Users.CREATED_AT))
            .unionByName(
                pushes
                    .where(asOf.knows(col(Pushes.SENT_AT)))
                    .select(id, lit(null).cast("timestamp").as(Users.CREATED_AT)))
            .groupBy(id.as(SEEN + Users.USER_ID))
            .agg(min(Users.CREATED_AT).as(SEEN + Users.CREATED_AT));
    Column zone = col(Users.ZONE);
    return listed
        .join(seen, id.equalTo(col(SEEN + Users.USER_ID)), "full_outer")
        .where(col(IS_LISTED).or(col(SEEN + Users.USER_ID).isNotNull()))
        .withColumn(Users.USER_ID, coalesce(id, col(SEEN + Users.USER_ID)))
        .withColumn(Users.CREATED_AT, coalesce(col(Users.CREATED_AT), col(SEEN + Users.CREATED_AT)))
        .withColumn(Users.IS_ZONE_KNOWN, Zones.valid(zone))
        .withColumn(Users.ZONE, Zones.orShop(zone, shop.zone()))
        .withColumn(
            Users.HAS_CONSENT, coalesce(col(Users.HAS_CONSENT), lit(shop.consentByDefault())))
        .select(columns(Users.TABLE.columns()));
  }

  /**
   * Users with what was known of them. A user may be kept from a push by a row that tells nothing
   * else: consent that is there but unreadable is none, since it must not fall to the default, and
   * so is that of a row that cannot be split; a refusal within two days of the moment holds
   * already, as a suppression does, and one holds whenever the user was created.
   *
   * @return the columns of {@code users} and {@link #IS_LISTED}
   */
  private static Dataset<Row> listedUsers(Dataset<Row> mapped, AsOf asOf) {
    Column isUnclear = array_contains(col(InputTable.UNREADABLE), "consent");
    Column isRefusal = isUnclear.or(not(coalesce(col("consent"), lit(true))));
    Column isListed = isKnown(InputTable.USERS, asOf);
    Column updated = when(not(col(InputTable.MALFORMED)), col(UPDATED_AT));
    Column isSoon = updated.isNull().or(planned(asOf).knows(updated));
    Dataset<Row> rows =
        ordered(
            mapped
                .where(col(Users.USER_ID).isNotNull())
                .withColumn(IS_LISTED, when(isListed, lit(true)))
                .where(col(IS_LISTED).or(isRefusal.and(isSoon)))
                .withColumn(UPDATED_AT, updated),
            asOf);
    for (String column : InputTable.USERS.columns()) {
      if (!List.of(Users.USER_ID, "consent").contains(column)) {
        rows = rows.withColumn(column, when(col(IS_LISTED), col(column)));
      }
    }
    Dataset<Row> known =
        rows.withColumn(Users.HAS_CONSENT, when(isRefusal, false).otherwise(col("consent")))
            .withColumn(Users.QUIET_FROM, clock(Users.QUIET_FROM))
            .withColumn(Users.QUIET_TO, clock(Users.QUIET_TO))
            .withColumn(Users.IS_ZONE_KNOWN, lit(null).cast("boolean"));
    List<String> columns = new ArrayList<>(List.of(Users.TABLE.columns()));
    columns.add(IS_LISTED);
    return newest(known, Users.USER_ID, columns.toArray(String[]::new));
  }

  /**
   * The end of what is planned after the moment: the next day in some user's zone reaches past the
   * shop's.
   */
  private static AsOf planned(AsOf asOf) {
    return asOf.minusDays(-2);
  }

  private static Column clock(String column) {
    return when(col(column).rlike(CLOCK), lpad(col(column), 5, "0"));
  }

  /**
   * Pushes sent before the moment. Several rows of one push to one user, such as a later report of
   * its outcome, are one push; what happened to it at or after the moment is null. One push id may
   * stand for a campaign: each of its users was sent a push. Whoever unsubscribed at a time that
   * cannot be read did so when the push was sent.
   *
   * @param mapped rows of {@link InputTable#PUSHES}
   * @return {@code pushes}: one row per push and user, unordered
   */
  public static Dataset<Row> pushes(Dataset<Row> mapped, AsOf asOf) {
    Column first = struct(col(Pushes.SENT_AT), col(InputTable.RAW));
    Column propensity = col(Pushes.PROPENSITY);
    Column valid = propensity.gt(0).and(propensity.leq(1));
    Column left = array_contains(col(InputTable.UNREADABLE), Pushes.UNSUBSCRIBED_AT);
    return mapped
        .where(isWhole(InputTable.PUSHES).and(asOf.knows(col(Pushes.SENT_AT))))
        .withColumn(Pushes.PROPENSITY, when(valid, propensity))
        .withColumn(
            Pushes.UNSUBSCRIBED_AT,
            when(left, col(Pushes.SENT_AT)).otherwise(col(Pushes.UNSUBSCRIBED_AT)))
        .groupBy(Pushes.PUSH_ID, Pushes.USER_ID)
        .agg(
            firstGiven(Pushes.ITEM_ID, first),
            firstGiven(Pushes.TEMPLATE_ID, first),
            min(Pushes.SENT_AT).as(Pushes.SENT_AT),
            outcome(Pushes.DELIVERED_AT, asOf),
            outcome(Pushes.OPENED_AT, asOf),
            outcome(Pushes.CLICKED_AT, asOf),
            outcome(Pushes.UNSUBSCRIBED_AT, asOf),
            firstGiven(Pushes.PROPENSITY, first))
        .select(columns(Pushes.TABLE.columns()));
  }

  private static Column outcome(String column, AsOf asOf) {
    return min(when(asOf.knows(col(column)), col(column))).as(column);
  }

  private static Column firstGiven(String column, Column order) {
    return min_by(col(column), when(col(column).isNotNull(), order)).as(column);
  }

  private static Column lastGiven(String column, Column order) {
    return max_by(col(column), when(col(column).isNotNull(), order)).as(column);
  }

  /**
   * Users who must not be contacted on the day after the moment: listed ones, and those who turned
   * pushes off from a push. One that begins within two days of the moment holds already. A row that
   * cannot be split suppresses whom it names.
   *
   * @param mapped rows of {@link InputTable#SUPPRESSIONS}
   * @param pushes {@code pushes}
   * @return {@code suppressions}: one row per user with all its reasons, unordered
   */
  public static Dataset<Row> suppressions(Dataset<Row> mapped, Dataset<Row> pushes, AsOf asOf) {
    Column since = col(Suppressions.SINCE);
    Column id = col(Suppressions.USER_ID);
    // A suppression whose time cannot be read has a null time, and holds always.
    Dataset<Row> listed =
        mapped
            .where(id.isNotNull())
            .withColumn(Suppressions.SINCE, when(not(col(InputTable.MALFORMED)), since))
            .where(since.isNull().or(planned(asOf).knows(since)))
            .select(id, col(Suppressions.REASON), since);
    Dataset<Row> left =
        pushes
            .where(asOf.knows(col(Pushes.UNSUBSCRIBED_AT)))
            .select(
                id,
                lit("unsubscribed").as(Suppressions.REASON),
                col(Pushes.UNSUBSCRIBED_AT).as(Suppressions.SINCE));
    Column isAlways = count(when(since.isNull(), 1)).gt(0);
    Column reasons = concat_ws(", ", array_sort(collect_set(col(Suppressions.REASON))));
    return listed
        .unionByName(left)
        .groupBy(id)
        .agg(
            when(reasons.notEqual(""), reasons).as(Suppressions.REASON),
            when(not(isAlways), min(since)).as(Suppressions.SINCE));
  }

  /**
   * What is wrong with the rows of an input other than events.
   *
   * @param mapped rows of {@code table}
   * @return the columns of {@code rejected_events}: one row per source row, its reason null where
   *     nothing is wrong. Of the others, those of {@link #isRefused} are not used, and the rest are
   *     used without the value that the reason names
   */
  public static Dataset<Row> checked(Dataset<Row> mapped, InputTable table) {
    Column unreadable = col(InputTable.UNREADABLE);
    Column reason = when(col(InputTable.MALFORMED), RejectReason.MALFORMED_ROW.code());
    for (String column : table.columns()) {
      Column isUnreadable = array_contains(unreadable, column);
      reason = reason.when(isUnreadable, lit(UNREADABLE + column));
      if (table.required().contains(column)) {
        reason = reason.when(col(column).isNull(), lit(MISSING + column));
      }
    }
    if (table == InputTable.USERS) {
      reason =
          reason
              .when(col("zone").isNotNull().and(not(Zones.valid(col("zone")))), "unknown_zone")
              .when(isNoClock("quiet_from").or(isNoClock("quiet_to")), "invalid_quiet_hours");
    }
    Column time = table == InputTable.PUSHES ? col(Pushes.SENT_AT) : lit(null).cast("timestamp");
    Column user =
        table.columns().contains(Users.USER_ID) ? col(Users.USER_ID) : lit(null).cast("string");
    return mapped.select(
        reason.as(RejectedEvents.REASON),
        // Its text alone where it is told: to make it costs more than to read the row.
        when(reason.isNotNull(), col(InputTable.RAW)).as(RejectedEvents.RAW),
        col(InputTable.SOURCE_PATH).as(RejectedEvents.SOURCE_PATH),
        time.as(RejectedEvents.EVENT_TIME),
        user.as(RejectedEvents.USER_ID));
  }

  /** Whether a reason of {@link #checked} refuses the whole row. */
  public static boolean isRefused(String reason, InputTable table) {
    return reason.equals(RejectReason.MALFORMED_ROW.code())
        || table.required().stream()
            .anyMatch(
                column -> reason.equals(MISSING + column) || reason.equals(UNREADABLE + column));
  }

  private static Column isNoClock(String column) {
    return col(column).isNotNull().and(not(col(column).rlike(CLOCK)));
  }

  /** True where a row could be split and has every required value. */
  private static Column isWhole(InputTable table) {
    Column whole = not(col(InputTable.MALFORMED));
    for (String column : table.required()) {
      whole = whole.and(col(column).isNotNull());
    }
    return whole;
  }

  /** Whole rows that were known at the moment, in their order. */
  private static Dataset<Row> known(Dataset<Row> mapped, InputTable table, AsOf asOf) {
    return ordered(mapped.where(isKnown(table, asOf)), asOf);
  }

  private static Column isKnown(InputTable table, AsOf asOf) {
    Column updated = col(UPDATED_AT);
    Column created = col("created_at");
    return isWhole(table)
        .and(updated.isNull().or(asOf.knows(updated)))
        .and(created.isNull().or(asOf.knows(created)));
  }

  /** Adds the order in which rows became known: undated ones first. */
  private static Dataset<Row> ordered(Dataset<Row> rows, AsOf asOf) {
    Column fileEnd =
        to_utc_timestamp(
            date_add(col(InputTable.SOURCE_DAY), 1).cast("timestamp"), asOf.zone().getId());
    return rows.withColumn(
        ORDER, struct(coalesce(col(UPDATED_AT), fileEnd).as(KNOWN_AT), col(InputTable.RAW)));
  }

  /** One row per id: for each column the value of the newest row that has one. */
  private static Dataset<Row> newest(Dataset<Row> known, String id, String[] columns) {
    List<Column> values = new ArrayList<>();
    for (String column : columns) {
      if (!column.equals(id)) {
        values.add(lastGiven(column, col(ORDER)));
      }
    }
    return known
        .groupBy(id)
        .agg(values.get(0), values.subList(1, values.size()).toArray(Column[]::new));
  }

  private static Column[] columns(String[] names) {
    return Arrays.stream(names).map(org.apache.spark.sql.functions::col).toArray(Column[]::new);
  }
}
