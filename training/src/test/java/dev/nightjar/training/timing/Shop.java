package dev.nightjar.training.timing;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.FeatureRows;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.LocalEvents;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.UserFeatures;
import dev.nightjar.features.table.Users;
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

/** A shop whose rows a test adds one by one, in local times. */
final class Shop {
  private final LocalDate date;
  private final List<Row> events = new ArrayList<>();
  private final List<Row> users = new ArrayList<>();
  private final List<Row> pushes = new ArrayList<>();
  private final Map<String, ZoneId> zones = new HashMap<>();

  /**
   * @param date the night's day, UTC
   */
  Shop(String date) {
    this.date = LocalDate.parse(date);
  }

  Shop user(String user, String zone, String locale) {
    zones.put(user, ZoneId.of(zone));
    users.add(
        TestRow.of(Users.SCHEMA)
            .set(Users.USER_ID, user)
            .set(Users.ZONE, zone)
            .set(Users.IS_ZONE_KNOWN, true)
            .set(Users.LOCALE, locale)
            .set(Users.HAS_CONSENT, true)
            .row());
    return this;
  }

  /** An event that is a session of its own. */
  Shop session(String user, LocalDateTime local) {
    return event(user, user + local, local);
  }

  Shop event(String user, String session, LocalDateTime local) {
    events.add(
        FeatureRows.at(local.atZone(zones.get(user)).toInstant(), zones.get(user))
            .set(CleanEvents.EVENT_ID, "e" + events.size())
            .set(CleanEvents.USER_ID, user)
            .set(CleanEvents.ITEM_ID, "item")
            .set(CleanEvents.EVENT_TYPE, "view")
            .set(CleanEvents.SESSION_ID, session)
            .set(CleanEvents.QUANTITY, 1)
            .row());
    return this;
  }

  /** A push, opened {@code minutes} after it was sent; null is never. */
  Shop push(String user, LocalDateTime local, Integer minutes, Double propensity) {
    Instant sent = local.atZone(zones.get(user)).toInstant();
    Instant opened = minutes == null ? null : sent.plusSeconds(60L * minutes);
    pushes.add(
        TestRow.of(Pushes.SCHEMA)
            .set(Pushes.PUSH_ID, "p" + pushes.size())
            .set(Pushes.USER_ID, user)
            .set(Pushes.ITEM_ID, "item")
            .set(Pushes.SENT_AT, sent)
            .set(Pushes.OPENED_AT, opened)
            .set(Pushes.PROPENSITY, propensity)
            .row());
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

  /** Users in zone {@code UTC} of country {@code GB}, named {@code u0}, {@code u1}, ... */
  Shop users(int count) {
    for (int i = 0; i < count; i++) {
      user("u" + i, "UTC", "en-GB");
    }
    return this;
  }
}
