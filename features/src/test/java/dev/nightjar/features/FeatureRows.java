package dev.nightjar.features;

import com.typesafe.config.ConfigFactory;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.LocalEvents;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Users;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Rows of the input tables, short enough to be read in a test; users live in UTC. */
final class FeatureRows {
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
    Instant instant = Instant.parse(time);
    ZonedDateTime local = instant.atZone(ZoneOffset.UTC);
    return RowFactory.create(
        String.join("|", user, item, type, time),
        user,
        item,
        type,
        Timestamp.from(instant),
        user + "|" + local.toLocalDate(),
        price,
        quantity,
        rating,
        null,
        null,
        null,
        Date.valueOf(local.toLocalDate()),
        local.getHour(),
        (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour());
  }

  static Row item(String item, String category, Double price, String createdAt) {
    return RowFactory.create(item, null, category, null, price, null, timestamp(createdAt), null);
  }

  static Row user(String user, String createdAt) {
    return RowFactory.create(user, "UTC", true, null, timestamp(createdAt), true, null, null, null);
  }

  static Row push(String user, String sentAt, String openedAt) {
    return RowFactory.create(
        user + "|" + sentAt,
        user,
        null,
        null,
        timestamp(sentAt),
        null,
        timestamp(openedAt),
        null,
        null,
        0.5);
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
    return FeatureConfig.from(ConfigFactory.parseResources("reference.conf").getConfig("features"));
  }

  /** Rows by the values of {@code keys}, joined by a bar. */
  static Map<String, Row> by(Dataset<Row> rows, String... keys) {
    return rows.collectAsList().stream()
        .collect(
            Collectors.toMap(
                row -> Arrays.stream(keys).map(row::<String>getAs).collect(Collectors.joining("|")),
                row -> row));
  }

  private static Timestamp timestamp(String time) {
    return time == null ? null : Timestamp.from(Instant.parse(time));
  }
}
