package dev.nightjar.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.Soak;
import dev.nightjar.features.TestSpark;
import dev.nightjar.pipeline.warehouse.Manifest;
import dev.nightjar.pipeline.warehouse.Storage;
import dev.nightjar.pipeline.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights of a shop whose log has no day in its path. It has an event an hour: each day has 24, of
 * prices from 0 to 23.
 */
@Soak
class UndatedLogTest {
  private static final String CONF =
      """
      shop.zone = "UTC"
      clean.history_days = 8
      sources.events {
        path = ${data}"/events.csv"
        columns {
          user_id = "user"
          item_id = "item"
          event_type = "type"
          event_time = "time"
          price = "price"
        }
      }
      """;
  private static final LocalDate FIFTH = LocalDate.of(2026, 3, 5);
  private static final LocalDate SIXTH = LocalDate.of(2026, 3, 6);
  private static final LocalDate SEVENTH = LocalDate.of(2026, 3, 7);
  private static final LocalDate EIGHTH = LocalDate.of(2026, 3, 8);

  @TempDir Path directory;
  private Path root;

  @BeforeEach
  void openTheShop() throws IOException {
    root = directory.resolve("root");
    Files.writeString(directory.resolve("shop.conf"), CONF);
  }

  // ---- a log that always holds the last 72 hours, written at 4 o'clock ----------

  @Test
  void aDayThatALogHasOnlyInPartKeepsItsRowsAndIsTold() throws IOException {
    write(lastHours(SIXTH));
    assertFalse(night(SIXTH).contains("kept as cleaned before"));
    write(lastHours(SEVENTH));
    assertTold(
        night(SEVENTH),
        "1 day, such as 2026-03-05, kept as cleaned before: the log has fewer rows of it than before",
        "remove clean_events/date=2026-03-05");
    write(lastHours(EIGHTH));
    assertTold(night(EIGHTH), "1 day, such as 2026-03-06, kept as cleaned before");
    for (LocalDate day : List.of(FIFTH, SIXTH, SEVENTH, EIGHTH)) {
      assertEquals("24 kept, 0 refused", rows(day), day.toString());
    }
  }

  @Test
  void anotherSettingCleansAgainTheDaysThatTheLogHasWhole() throws IOException {
    String old = "ann,mug,view,2026-03-02T10:00,10";
    write(with(old, lastHours(SIXTH)));
    night(SIXTH);
    write(with(old, lastHours(SEVENTH)));
    assertTold(
        night(SEVENTH, "--set", "clean.min_price=2"),
        "2 days, such as 2026-03-05, kept as cleaned before: the log has fewer rows of them");
    assertEquals("20 kept, 0 refused", rows(FIFTH.minusDays(1)));
    assertEquals("24 kept, 0 refused", rows(FIFTH));
    assertEquals("22 kept, 2 refused", rows(SIXTH));
    assertEquals("22 kept, 2 refused", rows(SEVENTH));
    night(SEVENTH);
    assertEquals("24 kept, 0 refused", rows(SIXTH));
    assertEquals("24 kept, 0 refused", rows(SEVENTH));
  }

  // ---- a log that holds everything ---------------------------------------------

  @Test
  void rowsThatAreOfNoDayAreNotMissedWhereTheyWere() throws IOException {
    List<String> log = new ArrayList<>(hours(FIFTH.atStartOfDay(), 48));
    log.add("ann,mug,view,soon,3");
    log.add("ann,mug");
    log.add("NULL,mug,view,1970-01-21 12:00:00,3");
    log.add("bob,mug,vew,2026-03-06 12:00:00,3");
    write(log);
    night(SIXTH);
    assertEquals("24 kept, 4 refused", rows(SIXTH));
    log.addAll(hours(SEVENTH.atStartOfDay(), 24));
    log.add("late,mug,view,2026-03-06 12:00:00,3");
    write(log);
    String out = night(SEVENTH);
    assertFalse(out.contains("kept as cleaned before"), out);
    assertEquals("25 kept, 1 refused", rows(SIXTH));
    assertEquals("24 kept, 3 refused", rows(SEVENTH));
  }

  @Test
  void rowsThatAreRemovedAreMissedUntilTheDayIsRemovedToo() throws IOException {
    List<String> log = new ArrayList<>(hours(FIFTH.atStartOfDay(), 72));
    write(log);
    night(SEVENTH);
    log.removeIf(row -> row.contains("2026-03-06T05") || row.contains("2026-03-06T06"));
    write(log);
    assertTold(night(SEVENTH), "1 day, such as 2026-03-06,", "clean_events/date=2026-03-06");
    assertEquals("24 kept, 0 refused", rows(SIXTH));
    Files.move(root.resolve("clean_events/date=2026-03-06"), directory.resolve("removed"));
    assertFalse(night(SEVENTH).contains("kept as cleaned before"));
    assertEquals("22 kept, 0 refused", rows(SIXTH));
  }

  @Test
  void anotherZoneMovesRowsFromDayToDay() throws IOException {
    List<String> log = new ArrayList<>(hours(FIFTH.atStartOfDay(), 72));
    log.add("ann,pan,view,2026-03-06T01:30,3");
    write(log);
    night(SEVENTH);
    assertEquals("25 kept, 0 refused", rows(SIXTH));
    String out = night(SEVENTH, "--set", "shop.zone=Etc/GMT+4");
    assertFalse(out.contains("kept as cleaned before"), out);
    assertEquals("25 kept, 0 refused", rows(FIFTH));
    assertEquals("24 kept, 0 refused", rows(SIXTH));
    assertEquals("20 kept, 0 refused", rows(SEVENTH));
  }

  // ---- the shop ------------------------------------------------------------------

  /** What the log holds at 4 o'clock after the night's day. */
  private static List<String> lastHours(LocalDate night) {
    return hours(night.plusDays(1).atTime(4, 0).minusHours(72), 72);
  }

  private static List<String> hours(LocalDateTime from, int count) {
    return IntStream.range(0, count)
        .mapToObj(from::plusHours)
        .map(time -> "ann,mug,view," + time + "," + time.getHour())
        .toList();
  }

  private static List<String> with(String row, List<String> log) {
    return Stream.concat(Stream.of(row), log.stream()).toList();
  }

  private void write(List<String> log) throws IOException {
    String text =
        Stream.concat(Stream.of("user,item,type,time,price"), log.stream())
            .collect(Collectors.joining("\n", "", "\n"));
    Files.writeString(directory.resolve("events.csv"), text);
  }

  /** Cleans, and returns what was printed. */
  private String night(LocalDate night, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("run", "--root", root.toString(), "--date", night.toString(), "--until"));
    arguments.addAll(List.of("clean", "--conf", directory.resolve("shop.conf").toString()));
    arguments.addAll(List.of("--set", "data=" + directory));
    arguments.addAll(List.of(more));
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertEquals(0, run.code(), run.toString());
    return run.out();
  }

  private static void assertTold(String out, String... words) {
    for (String word : words) {
      assertTrue(out.contains(word), "'" + word + "' is not told: " + out);
    }
  }

  private String rows(LocalDate day) {
    Warehouse warehouse =
        new Warehouse(
            TestSpark.session(),
            Storage.open(
                root.toString(), TestSpark.session().sparkContext().hadoopConfiguration()));
    return "%d kept, %d refused"
        .formatted(
            warehouse.manifest("clean_events", day).map(Manifest::rows).orElseThrow(),
            warehouse.manifests("rejected_rows", day).stream().mapToLong(Manifest::rows).sum());
  }
}
