package dev.nightjar.export.plan;

import dev.nightjar.export.policy.PushHistory;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PushLog;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Suppressions;
import dev.nightjar.features.table.Users;
import dev.nightjar.training.table.SendHours;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.apache.spark.sql.Row;

/** The rows that a plan is made from, added by a test. */
final class Shop {
  final List<Row> users = new ArrayList<>();
  final List<Row> suppressions = new ArrayList<>();
  final List<Row> pushes = new ArrayList<>();
  final List<Row> log = new ArrayList<>();
  final List<Row> schedules = new ArrayList<>();
  final List<Row> ranked = new ArrayList<>();
  final List<Row> items = new ArrayList<>();
  final List<Row> hours = new ArrayList<>();
  Instant madeAt = Instant.EPOCH;

  Shop user(String user, String zone) {
    return user(user, zone, true, null, null);
  }

  Shop user(String user, String zone, boolean consent, String quietFrom, String quietTo) {
    users.add(
        TestRow.of(Users.TABLE)
            .set(Users.USER_ID, user)
            .set(Users.ZONE, zone)
            .set(Users.IS_ZONE_KNOWN, true)
            .set(Users.HAS_CONSENT, consent)
            .set(Users.QUIET_FROM, quietFrom)
            .set(Users.QUIET_TO, quietTo)
            .row());
    return this;
  }

  Shop unknownZone(String user, String shopZone) {
    users.add(
        TestRow.of(Users.TABLE)
            .set(Users.USER_ID, user)
            .set(Users.ZONE, shopZone)
            .set(Users.IS_ZONE_KNOWN, false)
            .set(Users.HAS_CONSENT, true)
            .row());
    return this;
  }

  Shop item(String item, Double price) {
    items.add(
        TestRow.of(Items.TABLE)
            .set(Items.IS_LISTED, true)
            .set(Items.ITEM_ID, item)
            .set(Items.PRICE, price)
            .row());
    return this;
  }

  /** Items in rank order, with chances 0.5, 0.25, 0.125, ... */
  Shop ranks(String user, String... best) {
    double probability = 1;
    for (int i = 0; i < best.length; i++) {
      probability /= 2;
      ranked.add(
          TestRow.of(RankedItems.TABLE)
              .set(RankedItems.USER_ID, user)
              .set(RankedItems.RANK, i + 1)
              .set(RankedItems.ITEM_ID, best[i])
              .set(RankedItems.PURCHASE_PROBABILITY, probability)
              .set(RankedItems.SCORE, probability)
              .set(RankedItems.SOURCES, List.of("als"))
              .set(RankedItems.REASON, "trending")
              .row());
    }
    return this;
  }

  Shop opens(String user, IntToDoubleFunction byHourOfWeek) {
    TestRow ofUser =
        TestRow.of(SendHours.TABLE).set(SendHours.USER_ID, user).set(SendHours.EVIDENCE, "shop");
    for (int hour = 0; hour < 168; hour++) {
      hours.add(
          ofUser
              .set(SendHours.HOUR_OF_WEEK, hour)
              .set(SendHours.OPEN_PROBABILITY, byHourOfWeek.applyAsDouble(hour))
              .row());
    }
    return this;
  }

  Shop pushed(String id, String user, String sentAt) {
    return pushed(id, user, Instant.parse(sentAt));
  }

  Shop pushed(String id, String user, Instant sentAt) {
    pushes.add(
        TestRow.of(Pushes.TABLE)
            .set(Pushes.PUSH_ID, id)
            .set(Pushes.USER_ID, user)
            .set(Pushes.SENT_AT, sentAt)
            .row());
    return this;
  }

  Shop scheduled(String id, String user, String sendAt) {
    schedules.add(
        TestRow.of(PushSchedule.TABLE)
            .set(PushSchedule.PUSH_ID, id)
            .set(PushSchedule.USER_ID, user)
            .set(PushSchedule.SEND_AT, Instant.parse(sendAt))
            .zeros()
            .row());
    return this;
  }

  Shop suppressed(String user, String reason, String since) {
    suppressions.add(
        TestRow.of(Suppressions.TABLE)
            .set(Suppressions.USER_ID, user)
            .set(Suppressions.REASON, reason)
            .set(Suppressions.SINCE, since == null ? null : Instant.parse(since))
            .row());
    return this;
  }

  PlanInputs inputs() {
    return new PlanInputs(
        TestSpark.dataset(Users.SCHEMA, users),
        TestSpark.dataset(Suppressions.SCHEMA, suppressions),
        new PushHistory(
            TestSpark.dataset(Pushes.SCHEMA, pushes),
            TestSpark.dataset(PushLog.SCHEMA, log),
            TestSpark.dataset(PushSchedule.SCHEMA, schedules)),
        TestSpark.dataset(RankedItems.SCHEMA, ranked),
        TestSpark.dataset(Items.SCHEMA, items),
        TestSpark.dataset(SendHours.SCHEMA, hours),
        madeAt);
  }
}
