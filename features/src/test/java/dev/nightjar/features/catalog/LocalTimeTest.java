package dev.nightjar.features.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.features.table.LocalEvents;
import dev.nightjar.features.table.Users;
import java.sql.Timestamp;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class LocalTimeTest {
  @Test
  void hoursAreThoseOfTheUsersOwnClockElseOfTheShops() {
    // British clocks jump from 01:00 to 02:00 on that Sunday at 01:00 UTC.
    List<String> times =
        List.of("2026-03-29 00:30:00", "2026-03-29 01:30:00", "2026-03-29 22:59:59");
    List<Row> events = new ArrayList<>();
    for (String user : List.of("british", "japanese", "unlisted")) {
      times.forEach(time -> events.add(event(user, time)));
    }
    Dataset<Row> users =
        TestSpark.dataset(
            Users.SCHEMA,
            List.of(user("british", "Europe/London"), user("japanese", "Asia/Tokyo")));
    Dataset<Row> local =
        LocalTime.of(
            TestSpark.dataset(CleanEvents.SCHEMA, events), users, ZoneId.of("Europe/London"));
    assertEquals("", LocalEvents.TABLE.differenceTo(local.schema()));
    assertEquals(
        List.of(
            "british 2026-03-29 0 144",
            "british 2026-03-29 2 146",
            "british 2026-03-29 23 167",
            "japanese 2026-03-29 10 154",
            "japanese 2026-03-29 9 153",
            "japanese 2026-03-30 7 7",
            "unlisted 2026-03-29 0 144",
            "unlisted 2026-03-29 2 146",
            "unlisted 2026-03-29 23 167"),
        local
            .selectExpr("concat_ws(' ', user_id, local_date, local_hour, hour_of_week)")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList());
  }

  private static Row event(String user, String time) {
    return CleanEvents.TABLE
        .row()
        .set(CleanEvents.EVENT_ID, user + time)
        .set(CleanEvents.USER_ID, user)
        .set(CleanEvents.EVENT_TYPE, EventTypes.APP_OPEN)
        .set(CleanEvents.EVENT_TIME, Timestamp.valueOf(time))
        .set(CleanEvents.SESSION_ID, "s")
        .set(CleanEvents.QUANTITY, 1)
        .build();
  }

  private static Row user(String user, String zone) {
    return Users.TABLE
        .row()
        .set(Users.USER_ID, user)
        .set(Users.ZONE, zone)
        .set(Users.IS_ZONE_KNOWN, true)
        .set(Users.HAS_CONSENT, true)
        .build();
  }
}
