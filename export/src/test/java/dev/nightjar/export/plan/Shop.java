package dev.nightjar.export.plan;

import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.export.table.SendHours;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Suppressions;
import dev.nightjar.features.table.Users;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A shop on paper: the rows that a plan is made from. */
final class Shop {
  final List<Row> users = new ArrayList<>();
  final List<Row> suppressions = new ArrayList<>();
  final List<Row> pushes = new ArrayList<>();
  final List<Row> schedules = new ArrayList<>();
  final List<Row> ranked = new ArrayList<>();
  final List<Row> items = new ArrayList<>();
  final List<Row> hours = new ArrayList<>();

  Shop user(String user, String zone) {
    return user(user, zone, true, null, null);
  }

  Shop user(String user, String zone, boolean consent, String quietFrom, String quietTo) {
    users.add(RowFactory.create(user, zone, true, null, null, consent, quietFrom, quietTo, null));
    return this;
  }

  Shop item(String item, Double price) {
    items.add(RowFactory.create(item, null, null, null, price, null, null, null));
    return this;
  }

  /** Items in rank order, with chances 0.5, 0.25, 0.125, ... */
  Shop ranks(String user, String... best) {
    double probability = 1;
    for (int i = 0; i < best.length; i++) {
      probability /= 2;
      ranked.add(
          RowFactory.create(
              user, i + 1, best[i], probability, probability, List.of("als"), "trending"));
    }
    return this;
  }

  Shop opens(String user, IntToDoubleFunction byHourOfWeek) {
    for (int hour = 0; hour < 168; hour++) {
      hours.add(RowFactory.create(user, hour, byHourOfWeek.applyAsDouble(hour), "shop"));
    }
    return this;
  }

  Shop pushed(String id, String user, String sentAt) {
    return pushed(id, user, Instant.parse(sentAt));
  }

  Shop pushed(String id, String user, Instant sentAt) {
    pushes.add(
        RowFactory.create(
            id, user, null, null, Timestamp.from(sentAt), null, null, null, null, null));
    return this;
  }

  Shop scheduled(String id, String user, String sendAt) {
    schedules.add(
        RowFactory.create(
            id,
            user,
            List.of("i1"),
            Timestamp.from(Instant.parse(sendAt)),
            0,
            "UTC",
            0.1,
            0.1,
            "best",
            0.9));
    return this;
  }

  Shop suppressed(String user, String reason, String since) {
    Timestamp from = since == null ? null : Timestamp.from(Instant.parse(since));
    suppressions.add(RowFactory.create(user, reason, from));
    return this;
  }

  PlanInputs inputs() {
    return new PlanInputs(
        TestSpark.dataset(Users.SCHEMA, users),
        TestSpark.dataset(Suppressions.SCHEMA, suppressions),
        TestSpark.dataset(Pushes.SCHEMA, pushes),
        TestSpark.dataset(PushSchedule.SCHEMA, schedules),
        TestSpark.dataset(RankedItems.SCHEMA, ranked),
        TestSpark.dataset(Items.SCHEMA, items),
        TestSpark.dataset(SendHours.SCHEMA, hours));
  }
}
