package dev.nightjar.features;

import dev.nightjar.features.config.Configs;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.LocalEvents;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Users;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of the input tables, short enough to be read in a test; users live in UTC. */
public final class FeatureRows {
  private FeatureRows() {}

  /** An event whose session is the user's UTC day. */
  static Row event(String user, String item, String type, String time, Double price, int quantity) {
    return event(user, item, type, time, price, quantity, null);
  }

  static Row event(
      String user,
      String item,
      String type,
      String time,
      Double price,
      int quantity,
      Double rating) {
    return at(Instant.parse(time), ZoneOffset.UTC)
        .set(CleanEvents.EVENT_ID, String.join("|", user, item, type, time))
        .set(CleanEvents.USER_ID, user)
        .set(CleanEvents.ITEM_ID, item)
        .set(CleanEvents.EVENT_TYPE, type)
        .set(CleanEvents.SESSION_ID, user + "|" + time.substring(0, 10))
        .set(CleanEvents.PRICE, price)
        .set(CleanEvents.QUANTITY, quantity)
        .set(CleanEvents.RATING, rating)
        .row();
  }

  /** An event with nothing set but its time and the user's local time. */
  public static TestRow at(Instant time, ZoneId zone) {
    ZonedDateTime local = time.atZone(zone);
    return TestRow.of(LocalEvents.SCHEMA)
        .set(CleanEvents.EVENT_TIME, time)
        .set(LocalEvents.LOCAL_DATE, local.toLocalDate())
        .set(LocalEvents.LOCAL_HOUR, local.getHour())
        .set(
            LocalEvents.HOUR_OF_WEEK, (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour());
  }

  static Row item(String item, String category, Double price, String createdAt) {
    return TestRow.of(Items.SCHEMA)
        .set(Items.IS_LISTED, true)
        .set(Items.ITEM_ID, item)
        .set(Items.CATEGORY, category)
        .set(Items.PRICE, price)
        .set(Items.CREATED_AT, instant(createdAt))
        .row();
  }

  static Row user(String user, String createdAt) {
    return TestRow.of(Users.SCHEMA)
        .set(Users.USER_ID, user)
        .set(Users.ZONE, "UTC")
        .set(Users.IS_ZONE_KNOWN, true)
        .set(Users.CREATED_AT, instant(createdAt))
        .set(Users.HAS_CONSENT, true)
        .row();
  }

  static Row push(String user, String sentAt, String openedAt) {
    return TestRow.of(Pushes.SCHEMA)
        .set(Pushes.PUSH_ID, user + "|" + sentAt)
        .set(Pushes.USER_ID, user)
        .set(Pushes.SENT_AT, instant(sentAt))
        .set(Pushes.OPENED_AT, instant(openedAt))
        .set(Pushes.PROPENSITY, 0.5)
        .row();
  }

  static Dataset<Row> events(Row... rows) {
    return TestSpark.dataset(LocalEvents.SCHEMA, List.of(rows));
  }

  static Dataset<Row> items(Row... rows) {
    return TestSpark.dataset(Items.SCHEMA, List.of(rows));
  }

  static Dataset<Row> users(Row... rows) {
    return TestSpark.dataset(Users.SCHEMA, List.of(rows));
  }

  static Dataset<Row> pushes(Row... rows) {
    return TestSpark.dataset(Pushes.SCHEMA, List.of(rows));
  }

  /** The defaults of {@code reference.conf}. */
  static FeatureConfig config() {
    return Configs.of(FeatureConfig.class, "features");
  }

  /** Rows by the values of {@code keys}, joined by a bar. */
  static Map<String, Row> by(Dataset<Row> rows, String... keys) {
    return rows.collectAsList().stream()
        .collect(
            Collectors.toMap(
                row -> Arrays.stream(keys).map(row::<String>getAs).collect(Collectors.joining("|")),
                row -> row));
  }

  private static Instant instant(String time) {
    return time == null ? null : Instant.parse(time);
  }
}
