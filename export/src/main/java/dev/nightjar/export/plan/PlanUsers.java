package dev.nightjar.export.plan;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.minute;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.export.policy.PastPushes;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.policy.QuietHours;
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Users;
import dev.nightjar.training.table.SendHours;
import java.sql.Timestamp;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Gathers everything a user's plan depends on in one row per user of {@code users}. */
final class PlanUsers {
  static final String USER_ID = Users.USER_ID;
  static final String ZONE = Users.ZONE;
  static final String HAS_CONSENT = Users.HAS_CONSENT;
  static final String IS_ZONE_KNOWN = Users.IS_ZONE_KNOWN;

  /** Quiet hours in force for the user, minutes of the local day. */
  static final String QUIET_FROM = "quiet_from_minute";

  static final String QUIET_TO = "quiet_to_minute";

  /** Zones in which the quiet hours hold: the user's, or those where the user may live. */
  static final String QUIET_ZONES = "quiet_zones";

  /** Pushes of the past: array of (at: UTC microseconds, local_date). */
  static final String PAST = "past";

  /** Best items of the user: array of (rank, item_id, ..., value of a sale). */
  static final String BASKET = "basket";

  /**
   * Instants in time order: array of (open_probability, lateness, send_at, local_date, minute,
   * local_hour). Ordered by its fields, a greater one is better: more likely opened, then earlier.
   */
  static final String SLOTS = "slots";

  static final String AT = "at";
  static final String LOCAL_DATE = "local_date";
  static final String MINUTE = "minute";
  static final String LOCAL_HOUR = "local_hour";
  static final String SEND_AT = "send_at";
  static final String OPEN_PROBABILITY = SendHours.OPEN_PROBABILITY;
  static final String VALUE = "value";

  /** Column by which the tables of a user are joined. */
  static final String[] USER = {USER_ID};

  private static final String LATENESS = "lateness";
  private static final String CURVE = "curve";
  private static final int DECIMALS = 9;

  /** Keeps an estimated open probability of 0 above 0. */
  private static final double LEAST_OPEN_PROBABILITY = 1e-6;

  private PlanUsers() {}

  static Dataset<Row> compute(
      PlanWindow window, PlanInputs inputs, PolicyConfig policy, PlanConfig config) {
    Column from = col(Users.QUIET_FROM);
    Column to = col(Users.QUIET_TO);
    Dataset<Row> users =
        inputs
            .users()
            .select(
                col(USER_ID),
                col(ZONE),
                col(HAS_CONSENT),
                col(IS_ZONE_KNOWN),
                quietZones(inputs, policy.unknownZone()).as(QUIET_ZONES),
                QuietHours.minute(from, from, to, policy.quietFrom()).as(QUIET_FROM),
                QuietHours.minute(to, from, to, policy.quietTo()).as(QUIET_TO));
    return users
        .join(broadcast(zoneSlots(users, window)), ZONE)
        .join(past(window, inputs), USER, "left")
        .join(baskets(inputs, config), USER, "left")
        .join(curves(window, inputs), USER, "left")
        .withColumn(PAST, pastInZone())
        .withColumn(SLOTS, slotsWithChances(config.unknownOpenProbability()))
        .drop(CURVE);
  }

  private static Column quietZones(PlanInputs inputs, PolicyConfig.UnknownZone policy) {
    if (policy != PolicyConfig.UnknownZone.STRICT) {
      return array(col(ZONE));
    }
    Column[] zones =
        inputs.users().select(Users.ZONE).distinct().collectAsList().stream()
            .map(row -> row.getString(0))
            .sorted()
            .map(functions::lit)
            .toArray(Column[]::new);
    return when(col(IS_ZONE_KNOWN), array(col(ZONE))).otherwise(array(zones));
  }

  /** The window's slots on the wall clock of each zone: as many rows as there are zones. */
  private static Dataset<Row> zoneSlots(Dataset<Row> users, PlanWindow window) {
    Column instants =
        array(window.slots().stream().map(at -> lit(Timestamp.from(at))).toArray(Column[]::new));
    Column slots =
        transform(
            instants,
            at -> {
              Column local = from_utc_timestamp(at, col(ZONE));
              return struct(
                  at.as(SEND_AT),
                  to_date(local).as(LOCAL_DATE),
                  hour(local).multiply(60).plus(minute(local)).as(MINUTE),
                  hour(local).as(LOCAL_HOUR),
                  weekday(local).multiply(24).plus(hour(local)).as(SendHours.HOUR_OF_WEEK));
            });
    return users.select(ZONE).distinct().select(col(ZONE), slots.as(SLOTS));
  }

  private static Dataset<Row> past(PlanWindow window, PlanInputs inputs) {
    return PastPushes.compute(inputs.pushes(), window.memory())
        .groupBy(Pushes.USER_ID)
        .agg(collect_list(Pushes.SENT_AT).as(PAST));
  }

  private static Dataset<Row> baskets(PlanInputs inputs, PlanConfig config) {
    Dataset<Row> prices = inputs.items().select(Items.ITEM_ID, Items.PRICE);
    Column value =
        when(col(Items.PRICE).gt(0), col(Items.PRICE)).otherwise(config.unpricedItemValue());
    Column item =
        struct(
            col(RankedItems.RANK),
            col(RankedItems.ITEM_ID),
            col(RankedItems.PURCHASE_PROBABILITY),
            col(RankedItems.SCORE),
            col(RankedItems.REASON),
            value.as(VALUE));
    return inputs
        .rankedItems()
        .where(col(RankedItems.RANK).leq(config.itemsPerUser()))
        .join(prices, new String[] {RankedItems.ITEM_ID}, "left")
        .groupBy(RankedItems.USER_ID)
        .agg(array_sort(collect_list(item)).as(BASKET));
  }

  /** Hour of week to open probability, for the hours that the window can touch. */
  private static Dataset<Row> curves(PlanWindow window, PlanInputs inputs) {
    Column entry = struct(col(SendHours.HOUR_OF_WEEK), col(SendHours.OPEN_PROBABILITY));
    return inputs
        .sendHours()
        .where(col(SendHours.HOUR_OF_WEEK).isin(window.hoursOfWeek().toArray()))
        .groupBy(SendHours.USER_ID)
        .agg(map_from_entries(collect_list(entry)).as(CURVE));
  }

  private static Column pastInZone() {
    return transform(
        coalesce(col(PAST), array().cast("array<timestamp>")),
        at ->
            struct(
                unix_micros(at).as(AT), to_date(from_utc_timestamp(at, col(ZONE))).as(LOCAL_DATE)));
  }

  private static Column slotsWithChances(double unknown) {
    return transform(
        col(SLOTS),
        slot -> {
          Column chance =
              coalesce(element_at(col(CURVE), slot.getField(SendHours.HOUR_OF_WEEK)), lit(unknown));
          return struct(
              greatest(round(chance, DECIMALS), lit(LEAST_OPEN_PROBABILITY)).as(OPEN_PROBABILITY),
              negate(unix_micros(slot.getField(SEND_AT))).as(LATENESS),
              slot.getField(SEND_AT).as(SEND_AT),
              slot.getField(LOCAL_DATE).as(LOCAL_DATE),
              slot.getField(MINUTE).as(MINUTE),
              slot.getField(LOCAL_HOUR).as(LOCAL_HOUR));
        });
  }
}
