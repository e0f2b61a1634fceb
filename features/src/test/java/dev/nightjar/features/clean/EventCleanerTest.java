package dev.nightjar.features.clean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.config.Configs;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.RejectedRows;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCleanerTest {
  private static final LocalDate D = LocalDate.of(2026, 3, 10);
  private static final ShopConfig UTC = Configs.shop();
  private static final CleanConfig CLEAN = clean();

  /** Few views make a bot. */
  private static CleanConfig clean(String... over) {
    return Configs.of(
        CleanConfig.class,
        "clean",
        "bot_views_per_minute = 3, bot_views_per_day = 5",
        String.join("\n", over));
  }

  /** A row under test: a good view of D, altered by the test. */
  private static final class Event {
    private static long made;

    private String id;
    private String user = "u1";
    private String item = "i1";
    private String type = "view";
    private String time = "2026-03-10 12:00:00";
    private String session;
    private Double price;
    private Integer quantity;
    private LocalDate file = D;
    private boolean malformed;
    private List<String> unreadable = List.of();
    private String raw = "raw";

    /** Rows are in their files as they are made. */
    private final long number = ++made;

    Row row() {
      Timestamp at = time == null ? null : Timestamp.valueOf(time);
      return TestRow.of(InputTable.EVENTS.mappedSchema())
          .set("event_id", id)
          .set("user_id", user)
          .set("item_id", item)
          .set("event_type", type)
          .set("event_time", at)
          .set("session_id", session)
          .set("price", price)
          .set("quantity", quantity)
          .set(InputTable.RAW, raw)
          .set(InputTable.SOURCE_PATH, "f-" + file)
          .set(InputTable.ROW, number)
          .set(InputTable.SOURCE_DAY, file)
          .set(InputTable.MALFORMED, malformed)
          .set(InputTable.UNREADABLE, unreadable)
          .row();
    }
  }

  /** Alters an event. */
  private interface Change {
    void on(Event event);
  }

  private static Event event(Change change) {
    Event event = new Event();
    change.on(event);
    return event;
  }

  @Test
  void theFirstRuleThatARowBreaksIsItsReason() {
    ShopConfig shop = Configs.shop("opened = " + D.minusDays(1));
    CleanConfig clean = clean("min_price = 0.5");
    List<Event> events =
        List.of(
            event(e -> e.raw = "good"),
            event(e -> e.malformed = true),
            event(e -> e.time = null),
            event(e -> e.user = null),
            event(e -> e.item = null),
            event(e -> e.type = "jump"),
            event(e -> e.type = null),
            event(e -> e.time = "2026-03-11 12:00:00"),
            event(e -> e.time = "2026-03-08 23:59:59"),
            event(e -> e.unreadable = List.of("quantity")),
            event(e -> e.price = -1.0),
            event(e -> e.price = 0.4),
            event(e -> e.quantity = 0),
            event(
                e -> {
                  e.user = null;
                  e.price = -1.0;
                }));
    Map<String, Integer> reasons = reasons(check(events, List.of(D, D.minusDays(2)), shop, clean));
    Map<String, Integer> expected = new TreeMap<>();
    expected.put("kept", 1);
    expected.put("malformed_row", 1);
    expected.put("unreadable_time", 1);
    expected.put("missing_user", 2);
    expected.put("missing_item", 1);
    expected.put("unknown_event_type", 2);
    expected.put("time_in_future", 1);
    expected.put("before_opened", 1);
    expected.put("unreadable_number", 1);
    expected.put("negative_price", 1);
    expected.put("price_below_minimum", 1);
    expected.put("non_positive_quantity", 1);
    assertEquals(expected, reasons);
  }

  @Test
  void searchesAndAppOpensNeedNoItemAndTypesHaveAnyCase() {
    List<Event> events = new ArrayList<>();
    for (String type : List.of("search", "app_open", "SEARCH")) {
      events.add(
          event(
              e -> {
                e.type = type;
                e.item = null;
                e.user = "u-" + type;
              }));
    }
    assertEquals(Map.of("kept", 3), reasons(check(events, List.of(D), UTC, CLEAN)));
  }

  @Test
  void aLateRowGoesIntoItsOwnDayAndAnOlderOneIsRefusedInItsFilesDay() {
    List<Event> events =
        List.of(
            event(e -> e.time = "2026-03-08 00:00:00"),
            event(e -> e.time = "2026-03-07 23:59:59"),
            event(e -> e.time = "2026-03-10 23:59:59"),
            event(e -> e.time = null));
    Dataset<Row> all = check(events, List.of(D.minusDays(2), D.minusDays(1), D), UTC, CLEAN);
    assertEquals(
        List.of(
            "2026-03-08 kept",
            "2026-03-10 kept",
            "2026-03-10 too_late",
            "2026-03-10 unreadable_time"),
        all.collectAsList().stream()
            .map(row -> row.<Date>getAs("day") + " " + reason(row))
            .sorted()
            .toList());
    Dataset<Row> tonight = check(events, List.of(D), UTC, CLEAN);
    assertEquals(3, tonight.count());
  }

  @Test
  void anUndatedSourceGivesOnlyTheDaysAskedForAndUnreadableTimesToTheNight() {
    List<Event> events = new ArrayList<>();
    for (String time :
        new String[] {"2026-03-09 23:59:59", "2026-03-10 00:00:00", "2026-03-11 00:00:00", null}) {
      events.add(
          event(
              e -> {
                e.file = null;
                e.time = time;
              }));
    }
    assertEquals(
        Map.of("kept", 1, "unreadable_time", 1), reasons(check(events, List.of(D), UTC, CLEAN)));
  }

  /** A file cut by the day of UTC has evenings and mornings of other days of the shop. */
  @ParameterizedTest
  @CsvSource({
    "Pacific/Auckland, 2026-03-10 10:59:59, 2026-03-10",
    "Pacific/Auckland, 2026-03-10 11:00:00, 2026-03-11",
    "Pacific/Auckland, 2026-03-10 23:59:59, 2026-03-11",
    "Pacific/Honolulu, 2026-03-10 00:00:00, 2026-03-09",
    "Pacific/Honolulu, 2026-03-10 10:00:00, 2026-03-10",
    "UTC, 2026-03-10 23:59:59, 2026-03-10"
  })
  void aRowGoesToItsOwnDayWhateverZoneItsFileIsCutIn(String zone, String time, LocalDate day) {
    Dataset<Row> checked =
        check(
            List.of(event(e -> e.time = time)),
            List.of(D.minusDays(1), D, D.plusDays(1)),
            Configs.shop("zone = " + zone),
            CLEAN);
    assertEquals(Map.of("kept", 1), reasons(checked));
    assertEquals(day.toString(), checked.first().getAs("day").toString());
  }

  @Test
  void whatIsOfNoDayOfAnUndatedLogIsRefusedInTheNight() {
    List<Event> events = new ArrayList<>();
    for (String time : new String[] {"1970-01-21 12:00:00", "2026-03-10 12:00:00", null}) {
      events.add(
          event(
              e -> {
                e.time = time;
                e.file = null;
              }));
    }
    assertEquals(
        Map.of("kept", 1, "before_opened", 1, "unreadable_time", 1),
        reasons(check(events, List.of(D), UTC, CLEAN)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NULL", "undefined", "Guest", "0", "(null)", "[object Object]"})
  void aWordThatIsNobodyIsNoUser(String word) {
    assertEquals(
        Map.of("missing_user", 1),
        reasons(check(List.of(event(e -> e.user = word)), List.of(D), UTC, CLEAN)));
  }

  @Test
  void daysAreTheShops() {
    ShopConfig london = Configs.shop("zone = Europe/London");
    LocalDate spring = LocalDate.of(2026, 3, 29);
    // British clocks jump from 01:00 to 02:00 on that Sunday at 01:00 UTC.
    List<Event> events = new ArrayList<>();
    for (String time :
        List.of(
            "2026-03-29 00:30:00",
            "2026-03-29 01:30:00",
            "2026-03-29 22:59:59",
            "2026-03-29 23:00:00", // the next day, which its own night reads
            "2026-03-30 12:00:00")) {
      events.add(
          event(
              e -> {
                e.time = time;
                e.file = spring;
              }));
    }
    assertEquals(
        List.of(
            "2026-03-29 00:30:00.0 kept",
            "2026-03-29 01:30:00.0 kept",
            "2026-03-29 22:59:59.0 kept",
            "2026-03-30 12:00:00.0 time_in_future"),
        EventCleaner.check(mapped(events), List.of(spring), spring, london, CLEAN)
            .collectAsList()
            .stream()
            .map(row -> row.<Timestamp>getAs("event_time") + " " + reason(row))
            .sorted()
            .toList());
  }

  @Test
  void ofRowsWithOneEventIdTheFirstByFileAndRowIsKept() {
    List<Event> events =
        List.of(
            withId("a", "2"),
            withId("a", "1"),
            withId("b", "3"),
            event(
                e -> {
                  e.id = "a";
                  e.user = null;
                  e.raw = "0";
                }));
    Dataset<Row> checked = check(events, List.of(D), UTC, CLEAN);
    assertEquals(Map.of("kept", 2, "duplicate", 1, "missing_user", 1), reasons(checked));
    Row refused = checked.where("_broken.reason = 'duplicate'").first();
    assertEquals("1", refused.<String>getAs("_raw"));
  }

  private static Event withId(String id, String raw) {
    return event(
        e -> {
          e.id = id;
          e.raw = raw;
        });
  }

  @Test
  void withoutAnEventIdEqualRowsOfOneSecondAreOneEventOrLinesOfOneBasketByConfig() {
    List<Event> events = new ArrayList<>();
    for (String time :
        List.of("2026-03-10 12:00:00.1", "2026-03-10 12:00:00.9", "2026-03-10 12:00:01")) {
      events.add(
          event(
              e -> {
                e.type = "purchase";
                e.quantity = 2;
                e.session = "basket";
                e.time = time;
              }));
    }
    events.add(
        event(
            e -> {
              e.type = "purchase";
              e.quantity = 3;
              e.session = "basket";
            }));
    Dataset<Row> rejecting = check(events, List.of(D), UTC, CLEAN);
    assertEquals(Map.of("kept", 3, "duplicate", 1), reasons(rejecting));

    CleanConfig keep = clean("duplicates = keep");
    List<Row> kept = EventCleaner.kept(check(events, List.of(D), UTC, keep)).collectAsList();
    assertEquals(4, kept.size());
    assertEquals(9, kept.stream().mapToInt(row -> row.<Integer>getAs("quantity")).sum());
    assertEquals(4, kept.stream().map(row -> row.<String>getAs("event_id")).distinct().count());
  }

  @Test
  void viewsOfABotAreRefusedForItsMinuteOrDayButNeverItsPurchases() {
    List<Event> events = new ArrayList<>();
    for (int second = 0; second < 4; second++) {
      events.add(look("minute", "2026-03-10 12:00:0" + second, "view"));
      events.add(look("minute", "2026-03-10 12:00:0" + second, "purchase"));
      events.add(look("wholesaler", "2026-03-10 12:00:0" + second, "purchase"));
    }
    events.add(look("minute", "2026-03-10 12:01:00", "view"));
    for (int minute = 10; minute < 16; minute++) {
      events.add(look("day", "2026-03-10 12:" + minute + ":00", "search"));
    }
    for (int second = 0; second < 3; second++) {
      events.add(look("person", "2026-03-10 12:00:0" + second, "view"));
    }
    Dataset<Row> bots = check(events, List.of(D), UTC, CLEAN).where("_broken.reason = 'bot'");
    Map<String, Integer> byUser = new TreeMap<>();
    bots.collectAsList()
        .forEach(row -> byUser.merge(row.<String>getAs("user_id"), 1, Integer::sum));
    assertEquals(Map.of("minute", 4, "day", 6), byUser);
  }

  private static Event look(String user, String time, String type) {
    return event(
        e -> {
          e.user = user;
          e.time = time;
          e.type = type;
        });
  }

  @Test
  void aSessionEndsAfterTheGapAndWithTheDay() {
    List<Event> events =
        List.of(
            look("u", "2026-03-09 23:50:00", "view"),
            look("u", "2026-03-10 00:10:00", "view"),
            look("u", "2026-03-10 00:40:00", "cart"),
            look("u", "2026-03-10 01:10:01", "view"),
            event(
                e -> {
                  e.user = "u";
                  e.time = "2026-03-10 01:20:00";
                  e.session = "shop's";
                }));
    List<LocalDate> days = List.of(D.minusDays(1), D);
    Map<String, String> sessions = new TreeMap<>();
    for (Row row : EventCleaner.kept(check(events, days, UTC, CLEAN)).collectAsList()) {
      sessions.put(String.valueOf(row.<Timestamp>getAs("event_time")), row.getAs("session_id"));
    }
    assertEquals(
        Map.of(
            "2026-03-09 23:50:00.0", "u-1773100200",
            "2026-03-10 00:10:00.0", "u-1773101400",
            "2026-03-10 00:40:00.0", "u-1773101400",
            "2026-03-10 01:10:01.0", "u-1773105001",
            "2026-03-10 01:20:00.0", "shop's"),
        sessions);
  }

  @Test
  void aDayBuiltAloneGivesTheRowsItHasAmongOthers() {
    List<Event> events = random(300);
    Dataset<Row> together = check(events, List.of(D.minusDays(1), D), UTC, CLEAN);
    Dataset<Row> alone = check(events, List.of(D), UTC, CLEAN);
    List<String> expected = texts(together.where("day = '2026-03-10'"));
    assertTrue(expected.size() > 30);
    assertEquals(expected, texts(alone));
    List<Event> shuffled = new ArrayList<>(events);
    java.util.Collections.shuffle(shuffled, new Random(5));
    assertEquals(expected, texts(check(shuffled, List.of(D), UTC, CLEAN)));
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static List<Event> random(int size) {
    Random random = new Random(7);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String raw = "raw" + i;
      events.add(
          event(
              e -> {
                e.user = random.nextInt(20) == 0 ? null : "u" + random.nextInt(6);
                e.item = "i" + random.nextInt(3);
                e.type = random.nextBoolean() ? "view" : "purchase";
                e.file = D.minusDays(random.nextInt(2));
                e.time =
                    "2026-03-%02d %02d:%02d:%02d"
                        .formatted(
                            8 + random.nextInt(3),
                            12 + random.nextInt(2),
                            random.nextInt(60),
                            random.nextInt(2));
                e.raw = raw;
              }));
    }
    return events;
  }

  @Test
  void theTablesHaveTheirColumnsAndWhatIsAbsentHasItsDefault() {
    Dataset<Row> checked =
        check(List.of(new Event(), event(e -> e.user = null)), List.of(D), UTC, CLEAN);
    Dataset<Row> kept = EventCleaner.kept(checked);
    Dataset<Row> rejected = EventCleaner.rejected(checked);
    assertEquals("", CleanEvents.TABLE.differenceTo(kept.drop("day").schema()));
    assertEquals("", RejectedRows.TABLE.differenceTo(rejected.drop("day").schema()));
    Row row = kept.first();
    assertEquals(1, row.<Integer>getAs("quantity"));
    assertNull(row.<Double>getAs("price"));
    assertEquals(32, row.<String>getAs("event_id").length());
    assertEquals("events", rejected.first().<String>getAs("input"));
    assertEquals("raw", rejected.first().<String>getAs("raw"));
    assertEquals("f-2026-03-10", rejected.first().<String>getAs("file"));
  }

  private static Dataset<Row> check(
      List<Event> events, List<LocalDate> days, ShopConfig shop, CleanConfig clean) {
    return EventCleaner.check(mapped(events), days, D, shop, clean);
  }

  private static Dataset<Row> mapped(List<Event> events) {
    return TestSpark.dataset(
        InputTable.EVENTS.mappedSchema(), events.stream().map(Event::row).toList());
  }

  private static Map<String, Integer> reasons(Dataset<Row> checked) {
    Map<String, Integer> counts = new TreeMap<>();
    checked.collectAsList().forEach(row -> counts.merge(reason(row), 1, Integer::sum));
    return counts;
  }

  private static String reason(Row row) {
    Row broken = row.getAs("_broken");
    return broken == null ? "kept" : broken.getAs("reason");
  }
}
