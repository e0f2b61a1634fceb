package dev.nightjar.features.catalog;

import static dev.nightjar.features.config.Configs.section;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.DataException;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.refuse.RuleCounts;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourceFile;
import dev.nightjar.features.source.SourcesConfig;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is unusual about the files of a night, and what follows from it. */
class UsualCountsTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 10);
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static SourcesConfig sources(String expect) {
    return SourcesConfig.from(
        section(
            "sources",
            """
            events { path = e, columns { user_id = u, event_type = t, event_time = w } }
            items { path = i, columns { item_id = i } }
            users { path = u, columns { user_id = u }, expect { %s } }
            """
                .formatted(expect)));
  }

  private static SourceConfig users(String expect) {
    return sources(expect).of(InputTable.USERS).orElseThrow();
  }

  /** Counts of {@code rows} rows, the last {@code broken} of which broke a rule. */
  private static RuleCounts counts(
      InputTable input, long rows, String reason, boolean isRefused, long broken) {
    List<RuleCounts.Cell> cells = new ArrayList<>();
    if (rows > broken) {
      cells.add(cell(input, Optional.empty(), false, rows - broken));
    }
    if (broken > 0) {
      cells.add(cell(input, Optional.of(reason), isRefused, broken));
    }
    return new RuleCounts(cells);
  }

  private static RuleCounts.Cell cell(
      InputTable input, Optional<String> reason, boolean isRefused, long rows) {
    return new RuleCounts.Cell(
        input, NIGHT, reason, isRefused, rows, 0, "u.csv", OptionalLong.empty());
  }

  private static RuleCounts users(long rows) {
    return counts(InputTable.USERS, rows, "", false, 0);
  }

  /** The stored counts of the nights before, the last one given last. */
  private static Dataset<Row> before(RuleCounts... nights) {
    Dataset<Row> all = UsualCounts.table(TestSpark.session(), new RuleCounts(List.of()), NIGHT);
    for (int back = nights.length; back > 0; back--) {
      all =
          all.unionByName(
              UsualCounts.table(
                  TestSpark.session(), nights[nights.length - back], NIGHT.minusDays(back)));
    }
    return all;
  }

  private static List<String> words(String expect, RuleCounts tonight, RuleCounts... nights) {
    return UsualCounts.compare(sources(expect), tonight, before(nights), NIGHT).stream()
        .map(Unusual::words)
        .toList();
  }

  @Test
  void aFirstNightIsNotUnusual() {
    assertEquals(List.of(), words("", users(3)));
  }

  @ParameterizedTest
  @CsvSource({"100, 100", "100, 51", "100, 300", "8, 3", "0, 5", "5, 0.5"})
  void aNightLikeTheOthersIsNotUnusual(long before, double tonight) {
    assertEquals(List.of(), words("", users((long) Math.ceil(tonight)), users(before)));
  }

  @Test
  void aListOfHalfItsRowsIsUnusual() {
    assertEquals(
        List.of(
            "sources.users has 49 rows, the nights before had 100 rows; sources.users.expect.min_rows_share is 0.5"),
        words("", users(49), users(90), users(110), users(100)));
    assertEquals(List.of(), words("min_rows_share = 0.4", users(49), users(100)));
  }

  @Test
  void aListWithoutRowsIsUnusualHoweverShortItWas() {
    assertEquals(1, words("", users(0), users(2)).size());
    assertEquals(List.of(), words("min_rows_share = 0", users(0), users(2)));
  }

  @Test
  void aListDeliveredFourTimesIsUnusual() {
    assertEquals(
        List.of(
            "sources.users has 400 rows, the nights before had 100 rows; sources.users.expect.max_rows_share is 3.0"),
        words("", users(400), users(100), users(100)));
    assertEquals(List.of(), words("max_rows_share = 0", users(400), users(100)));
  }

  @Test
  void aLevelThatTheLastNightHadIsTheNewOne() {
    assertEquals(List.of(), words("", users(30), users(100), users(100), users(100), users(30)));
  }

  @Test
  void aColumnThatCanNoLongerBeReadIsUnusualThoughNoRowIsRefused() {
    String reason = "unreadable_created_at";
    assertEquals(
        List.of(
            "30.0 % of the rows of sources.users are unreadable_created_at, the nights before it were 2.0 %; sources.users.expect.max_share_rise is 0.1"),
        words(
            "",
            counts(InputTable.USERS, 100, reason, false, 30),
            counts(InputTable.USERS, 100, reason, false, 2)));
  }

  @Test
  void refusedRowsOfAllReasonsAreCountedTogether() {
    List<String> words =
        words(
            "", counts(InputTable.USERS, 100, "missing_user_id", true, 15), users(100), users(100));
    assertEquals(1, words.size());
    assertTrue(words.get(0).startsWith("15.0 % of the rows of sources.users are refused"));
  }

  @Test
  void listsOfPeopleStopTheNightAndOthersWarn() {
    SourcesConfig sources = sources("");
    List<Unusual> items =
        UsualCounts.compare(
            sources,
            counts(InputTable.ITEMS, 10, "", false, 0),
            before(counts(InputTable.ITEMS, 100, "", false, 0)),
            NIGHT);
    assertEquals(1, Unusual.require(items).size());
    assertTrue(Unusual.require(items).get(0).startsWith("unusual: sources.items has 10 rows"));
    List<Unusual> people = UsualCounts.compare(sources, users(10), before(users(100)), NIGHT);
    DataException stopped = assertThrows(DataException.class, () -> Unusual.require(people));
    assertTrue(
        stopped.getMessage().contains("--set sources.users.expect.otherwise=warn"),
        stopped.getMessage());
    assertEquals(
        1,
        Unusual.require(
                UsualCounts.compare(
                    sources("otherwise = warn"), users(10), before(users(100)), NIGHT))
            .size());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-10T10:00:00Z, true",
    "2026-11-26T10:00:00Z, true",
    "2026-03-06T23:30:00Z, true",
    "2026-03-06T22:30:00Z, false",
    "2025-03-10T10:00:00Z, false"
  })
  void aFileWithoutADayIsAsOldAsItsLastChange(Instant changed, boolean isFresh) {
    SourceFile file = new SourceFile("file:/u.csv", 1, changed.toEpochMilli(), Optional.empty());
    assertEquals(
        isFresh, InputAge.of(users(""), List.of(file), NIGHT, BERLIN).isEmpty(), "" + changed);
  }

  @Test
  void theNewestFileCountsAndTheMessageSaysHowOldItIs() {
    SourceFile old = dated(NIGHT.minusDays(30));
    assertEquals(
        Optional.empty(),
        InputAge.of(users(""), List.of(old, dated(NIGHT.minusDays(3))), NIGHT, BERLIN));
    assertEquals(
        "the newest file of sources.users, file:/u/2026-03-06.csv, is of 2026-03-06, 4 days before the night; sources.users.expect.max_age_days is 3",
        InputAge.of(users(""), List.of(old, dated(NIGHT.minusDays(4))), NIGHT, BERLIN)
            .orElseThrow()
            .words());
    assertEquals(
        Optional.empty(), InputAge.of(users("max_age_days = 30"), List.of(old), NIGHT, BERLIN));
  }

  private static SourceFile dated(LocalDate day) {
    return new SourceFile("file:/u/" + day + ".csv", 1, 0, Optional.of(day));
  }
}
