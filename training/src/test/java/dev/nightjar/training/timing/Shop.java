package dev.nightjar.training.timing;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.LocalEvents;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.UserFeatures;
import dev.nightjar.features.table.Users;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A shop written down by hand, local times throughout. */
final class Shop {
  private final LocalDate date;
  private final List<Row> events = new ArrayList<>();
  private final List<Row> users = new ArrayList<>();
  private final List<Row> pushes = new ArrayList<>();
  private final Map<String, ZoneId> zones = new HashMap<>();

  /**
   * @param date the day that is closed, UTC
   */
  Shop(String date) {
    this.date = LocalDate.parse(date);
  }

  Shop user(String user, String zone, String locale) {
    zones.put(user, ZoneId.of(zone));
    users.add(RowFactory.create(user, zone, true, locale, null, true, null, null, null));
    return this;
  }

  /** An event that is a session of its own. */
  Shop session(String user, LocalDateTime local) {
    return event(user, user + local, local);
  }

  Shop event(String user, String session, LocalDateTime local) {
    events.add(
        RowFactory.create(
            "e" + events.size(),
            user,
            "item",
            "view",
            Timestamp.from(local.atZone(zones.get(user)).toInstant()),
            session,
            null,
            1,
            null,
            null,
            null,
            null,
            Date.valueOf(local.toLocalDate()),
            local.getHour(),
            (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour()));
    return this;
  }

  /** A push, opened {@code minutes} after it was sent; null is never. */
  Shop push(String user, LocalDateTime local, Integer minutes, Double propensity) {
    Instant sent = local.atZone(zones.get(user)).toInstant();
    Timestamp opened = minutes == null ? null : Timestamp.from(sent.plusSeconds(60L * minutes));
    pushes.add(
        RowFactory.create(
            "p" + pushes.size(),
            user,
            "item",
            null,
            Timestamp.from(sent),
            null,
            opened,
            null,
            null,
            propensity));
    return this;
  }

  Snapshot snapshot() {
    return new Snapshot(
        new AsOf(date, ZoneOffset.UTC),
        TestSpark.dataset(LocalEvents.SCHEMA, events),
        TestSpark.dataset(Items.SCHEMA, List.of()),
        TestSpark.dataset(Users.SCHEMA, users),
        TestSpark.dataset(Pushes.SCHEMA, pushes),
        TestSpark.dataset(UserFeatures.SCHEMA, List.of()),
        TestSpark.dataset(ItemFeatures.SCHEMA, List.of()),
        TestSpark.dataset(PairFeatures.SCHEMA, List.of()));
  }

  /** Users in zone {@code UTC} of country {@code GB}, named {@code u0} and on. */
  Shop users(int count) {
    for (int i = 0; i < count; i++) {
      user("u" + i, "UTC", "en-GB");
    }
    return this;
  }
}
