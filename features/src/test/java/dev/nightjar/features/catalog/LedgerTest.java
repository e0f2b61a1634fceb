package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.Configs;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.table.Consents;
import dev.nightjar.features.table.Releases;
import dev.nightjar.features.table.Suppressions;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A refusal is remembered whatever becomes of the file that it was in. */
class LedgerTest {
  private static final AsOf TONIGHT =
      new AsOf(LocalDate.of(2026, 3, 10), ZoneId.of("Europe/Berlin"));
  private static final CleanConfig CLEAN = Configs.of(CleanConfig.class, "clean");

  /** A file that lists all users, without a day. */
  private static final UserFiles LIST = new UserFiles(SourceConfig.Kind.SNAPSHOT, Optional.empty());

  // ---- consent ---------------------------------------------------------------

  /**
   * Each row is DAY:VALUE, DAY the day of March it was updated; ? is a value that is no boolean.
   */
  @ParameterizedTest
  @CsvSource({
    "1:yes, true",
    "1:no, false",
    "1:blank, false",
    "1:?, false",
    "1:yes 2:no, false",
    "2:no 1:yes, false",
    "1:no 2:yes, true",
    "2:yes 2:no, false",
    "2:no 2:yes 2:yes, false",
    "2:yes 2:?, false",
    "1:yes 2:blank, false",
    "2:yes 2:blank, true",
    "1:no 2:blank, false",
    "1:no 2:yes 3:blank, false",
    "1:yes 12:no, false",
    "1:yes 30:no, false",
    "1:no 30:yes, false"
  })
  void theNewestStatementCountsAndOfOneMomentTheNo(String rows, boolean hasConsent) {
    assertEquals(hasConsent, consent(consents(rows, UserFiles.CHANGES, none().consents()), false));
  }

  @ParameterizedTest
  @CsvSource({
    "1:no, 5:blank, false",
    "1:no, 5:yes, true",
    "1:yes, 5:blank, true",
    "5:no, 1:yes, false",
    "1:yes, '', true"
  })
  void whatEarlierNightsWereToldStillCounts(String before, String tonight, boolean hasConsent) {
    Dataset<Row> ledger = consents(before, UserFiles.CHANGES, none().consents());
    Dataset<Row> now = consents(tonight, UserFiles.CHANGES, ledger);
    // Where nothing is stated any more, this shop's users are asked by default.
    assertEquals(hasConsent, consent(now, true));
  }

  @Test
  void whoIsMissingFromAFullListStatesNothingButANoStays() {
    Dataset<Row> agreed = consents("1:yes", LIST, none().consents());
    assertEquals(true, consent(agreed, false));
    Dataset<Row> gone = consents("", LIST, agreed);
    assertEquals(0, gone.count());
    Dataset<Row> refused = consents("1:no", LIST, none().consents());
    assertEquals(false, consent(consents("", LIST, refused), true));
  }

  @Test
  void aFullListWithoutTimesIsWhatHoldsTonight() {
    Dataset<Row> yesterday =
        CatalogConsents.compute(
            users(Map.of("consent", false)), LIST, none().consents(), TONIGHT.minusDays(1));
    Dataset<Row> today =
        CatalogConsents.compute(users(Map.of("consent", true)), LIST, yesterday, TONIGHT);
    assertEquals(true, consent(today, false));
    Dataset<Row> torn =
        CatalogConsents.compute(
            users(Map.of("consent", true), Map.of("consent", false)), LIST, yesterday, TONIGHT);
    assertEquals(false, consent(torn, true));
  }

  @Test
  void aNoAtATimeThatCannotBeReadHoldsAndAYesAtOneIsTheOldest() {
    Map<String, Object> no = Map.of("consent", false, InputTable.UNREADABLE, List.of("updated_at"));
    Map<String, Object> yes = Map.of("consent", true, "updated_at", at(9));
    assertEquals(false, consent(changes(no, yes), true));
    Map<String, Object> vague =
        Map.of("consent", true, InputTable.UNREADABLE, List.of("updated_at"));
    assertEquals(
        false, consent(changes(vague, Map.of("consent", false, "updated_at", at(1))), true));
  }

  @Test
  void ofDatedFullListsOnlyTheNewestStatesAYes() {
    Dataset<Row> rows =
        users(
            Map.of("consent", true, InputTable.SOURCE_DAY, day(8)),
            Map.of("user_id", "u2", "consent", true, InputTable.SOURCE_DAY, day(9)));
    assertEquals(Map.of("u2", true), all(listedBy(9, rows)));
  }

  @Test
  void theNewestFullListStatesNoYesWhereItHasNoRows() {
    Dataset<Row> rows = users(Map.of("consent", true, InputTable.SOURCE_DAY, day(9)));
    assertEquals(Map.of("u1", true), all(listedBy(9, rows)));
    assertEquals(Map.of(), all(listedBy(10, rows)));
    Dataset<Row> no = users(Map.of("consent", false, InputTable.SOURCE_DAY, day(9)));
    assertEquals(false, consent(listedBy(10, no), true));
  }

  /** Consents by full lists of which the newest is of a day of March. */
  private static Dataset<Row> listedBy(int newest, Dataset<Row> rows) {
    UserFiles files =
        new UserFiles(SourceConfig.Kind.SNAPSHOT, Optional.of(day(newest).toLocalDate()));
    return CatalogConsents.compute(rows, files, none().consents(), TONIGHT);
  }

  // ---- suppressions ------------------------------------------------------------

  @Test
  void whoWasSuppressedStaysSo() {
    Ledger first = night(none(), listed(Map.of("since", at(1), "reason", "bounce")));
    Ledger second = night(first, listed());
    assertEquals(List.of("[u1,bounce,2026-03-01 12:00:00.0]"), texts(second.suppressions()));
    Ledger third = night(second, listed(Map.of("reason", "complaint")));
    assertEquals(List.of("[u1,bounce, complaint,null]"), texts(third.suppressions()));
  }

  @Test
  void onlyAReleaseLiftsASuppressionAndItIsRememberedToo() {
    Ledger first = night(none(), listed(Map.of("since", at(1))));
    Ledger released = night(first, listed(Map.of("since", at(1), "released_at", at(5))));
    assertEquals(List.of(), texts(released.suppressions()));
    Ledger old = night(released, listed(Map.of("since", at(1))));
    assertEquals(List.of(), texts(old.suppressions()));
    Ledger again = night(old, listed(Map.of("since", at(6))));
    assertEquals(1, texts(again.suppressions()).size());
  }

  @Test
  void aReleaseThatIsToComeOrThatStandsBesideARowWithoutATimeLiftsNothing() {
    assertEquals(
        1,
        texts(
                night(night(none(), listed(Map.of())), listed(Map.of("released_at", at(20))))
                    .suppressions())
            .size());
    assertEquals(
        1,
        texts(night(none(), listed(Map.of(), Map.of("released_at", at(5)))).suppressions()).size());
  }

  /** An entry of the 9th without a time; the list of the 10th has it with a release, or twice. */
  @ParameterizedTest
  @CsvSource({"10, false, true", "8, false, false", "20, false, false", "10, true, false"})
  void anEntryWithoutATimeBeganByTheEndOfTheNightThatKnewIt(
      int released, boolean isThereStill, boolean isLifted) {
    Ledger first = night(none(), listed(Map.of()), ofMarch(9));
    List<Map<String, Object>> rows = new ArrayList<>();
    rows.add(Map.of("released_at", at(released)));
    if (isThereStill) {
      rows.add(Map.of());
    }
    Ledger second = night(first, checked(InputTable.SUPPRESSIONS, rows), TONIGHT);
    assertEquals(isLifted, second.suppressions().isEmpty());
  }

  /** Days of March, - where nothing is stated and ? where it cannot be read. */
  @ParameterizedTest
  @CsvSource({
    "1, 5, ''",
    "-, 5, ''",
    "1, 20, '[u1,null,2026-03-01 12:00:00.0]'",
    "-, 20, '[u1,null,2026-03-10 22:59:59.0]'",
    "6, 5, '[u1,null,2026-03-06 12:00:00.0]'",
    "5, 5, '[u1,null,2026-03-05 12:00:00.0]'",
    "?, 5, '[u1,null,null]'",
    "?, 20, '[u1,null,null]'",
    "1, ?, '[u1,null,2026-03-01 12:00:00.0]'",
    "-, ?, '[u1,null,null]'",
    "20, 25, '[u1,null,2026-03-20 12:00:00.0]'",
  })
  void aRowThatIsNoReleaseSuppressesWhenItIsSeenForTheFirstTime(
      String since, String released, String expected) {
    Map<String, Object> cells = new TreeMap<>();
    List<String> unreadable = new ArrayList<>();
    Map.of("since", since, "released_at", released)
        .forEach(
            (column, day) -> {
              if (day.equals("?")) {
                unreadable.add(column);
              } else if (!day.equals("-")) {
                cells.put(column, at(Integer.parseInt(day)));
              }
            });
    cells.put(InputTable.UNREADABLE, unreadable);
    assertEquals(expected, String.join(" ", texts(night(none(), listed(cells)).suppressions())));
  }

  @Test
  void whoIsSuppressedUntilADayIsReleasedOnIt() {
    Map<String, Object> until = Map.of("released_at", at(20));
    Ledger first = night(none(), listed(until));
    assertEquals(1, texts(first.suppressions()).size());
    assertEquals(List.of(), texts(night(first, listed(until), ofMarch(20)).suppressions()));
  }

  /** What the list of the 11th says after one that said "until the 20th": SINCE,RELEASED_AT. */
  @ParameterizedTest
  @CsvSource({
    "'', 20, true",
    "'', 19, false",
    "'1,20', 20, true",
    "'1,-', 20, false",
    "'-,-', 20, false",
    "'1,25', 20, false",
    "'1,25', 25, true",
    "'-,25', 20, false",
    "'21,-', 20, false",
  })
  void aReleaseToComeIsRememberedUnlessTheListSaysOtherwise(
      String then, int day, boolean isReleased) {
    Ledger first = night(none(), listed(Map.of("since", at(1), "released_at", at(20))));
    List<Map<String, Object>> rows = new ArrayList<>();
    if (!then.isEmpty()) {
      Map<String, Object> cells = new TreeMap<>();
      List<String> columns = List.of("since", "released_at");
      for (String column : columns) {
        String cell = then.split(",", 2)[columns.indexOf(column)];
        if (!cell.equals("-")) {
          cells.put(column, at(Integer.parseInt(cell)));
        }
      }
      rows.add(cells);
    }
    Ledger second = night(first, checked(InputTable.SUPPRESSIONS, rows), ofMarch(11));
    Ledger third = night(second, listed(), ofMarch(day));
    assertEquals(isReleased, third.suppressions().isEmpty());
  }

  private static AsOf ofMarch(int day) {
    return new AsOf(LocalDate.of(2026, 3, day), TONIGHT.zone());
  }

  @Test
  void aReleaseDoesNotLiftWhatBeganAfterItThoughAnOlderSuppressionIsKnown() {
    Ledger both =
        night(night(none(), listed(Map.of("since", at(1)))), listed(Map.of("since", at(6))));
    Ledger late = night(both, listed(Map.of("since", at(1), "released_at", at(5))));
    assertEquals(List.of("[u1,null,2026-03-06 12:00:00.0]"), texts(late.suppressions()));
    Ledger begun =
        night(night(none(), listed(Map.of("since", at(20)))), listed(Map.of("since", at(6))));
    assertEquals(List.of("[u1,null,2026-03-06 12:00:00.0]"), texts(begun.suppressions()));
  }

  @Test
  void reportsOfTheirOwnSuppress() {
    Dataset<Row> pushes =
        checked(
            InputTable.PUSHES,
            Map.of("unsubscribed_at", at(9)),
            Map.of("user_id", "u2", "push_id", "p", "bounced_at", at(8)),
            Map.of("user_id", "u3", InputTable.UNREADABLE, List.of("unsubscribed_at")),
            Map.of("user_id", "u4", "push_id", "p", "opened_at", at(9)));
    Ledger ledger = none();
    assertEquals(
        List.of(
            "[u1,unsubscribed,2026-03-09 12:00:00.0]",
            "[u2,bounced,2026-03-08 12:00:00.0]",
            "[u3,unsubscribed,null]"),
        texts(
            CatalogSuppressions.compute(
                none().suppressions(), pushes, ledger.releases(), ledger.suppressions(), TONIGHT)));
    assertEquals(4, pushes.where("_broken is null or not _broken.is_refused").count());
  }

  /** Days of March of a push, of the log's newest push, and of leaving; what the ledger has. */
  @ParameterizedTest
  @CsvSource({"8, 9, 9, 9", "8, 9, 28, 8", "8, 28, 28, 28", "8, 28, 30, 8"})
  void whoLeftLaterThanTheLogGoesLeftWithThePush(int sent, int newest, int left, int since) {
    Dataset<Row> pushes =
        checked(
            InputTable.PUSHES,
            Map.of("push_id", "p", "sent_at", at(sent), "unsubscribed_at", at(left)),
            Map.of("user_id", "u2", "push_id", "q", "sent_at", at(newest)));
    assertEquals(
        List.of("[u1,unsubscribed,%s]".formatted(at(since))),
        texts(
            CatalogSuppressions.compute(
                none().suppressions(), pushes, none().releases(), none().suppressions(), TONIGHT)));
  }

  @Test
  void whoWasSuppressedOnTheDayOfAReleaseMayHaveBeenAfterIt() {
    Ledger both =
        night(
            none(),
            listed(Map.of("since", at(1), "released_at", at(5)), Map.of("since", midnight(5))));
    assertEquals(1, texts(both.suppressions()).size());
    assertEquals(
        List.of(),
        texts(
            night(both, listed(Map.of("since", midnight(5), "released_at", at(6))))
                .suppressions()));
  }

  private static Timestamp midnight(int day) {
    return Timestamp.valueOf("2026-03-%02d 00:00:00".formatted(day));
  }

  @Test
  void aTornRowOfThePushLogSuppressesWhereItHasAnOutcomeAndAtNoTime() {
    List<String> torn = List.of("unsubscribed_at", "bounced_at", "sent_at");
    Map<String, Object> cells = Map.of(InputTable.MALFORMED, true, InputTable.UNREADABLE, torn);
    Map<String, Object> left = new TreeMap<>(cells);
    left.putAll(Map.of("push_id", "p", "sent_at", at(8), "unsubscribed_at", at(9)));
    Map<String, Object> sent = new TreeMap<>(cells);
    sent.putAll(Map.of("user_id", "u2", "push_id", "p", "sent_at", at(8)));
    assertEquals(
        List.of("[u1,unsubscribed,null]"),
        texts(
            CatalogSuppressions.compute(
                none().suppressions(),
                checked(InputTable.PUSHES, left, sent),
                none().releases(),
                none().suppressions(),
                TONIGHT)));
  }

  @Test
  void aLaterYesLiftsASuppressionOnlyWhereTheShopSaysSo() {
    Dataset<Row> consents = changes(Map.of("consent", true, "updated_at", at(5)));
    Dataset<Row> releases =
        CatalogSuppressions.releases(listed(), consents, none().releases(), TONIGHT);
    assertEquals(List.of("[u1,2026-03-05 12:00:00.0]"), texts(releases));
    Dataset<Row> torn =
        changes(
            Map.of("consent", true, "updated_at", at(5)),
            Map.of("consent", false, "updated_at", at(6)));
    assertEquals(
        0, CatalogSuppressions.releases(listed(), torn, none().releases(), TONIGHT).count());
  }

  private static Ledger night(Ledger before, Dataset<Row> listed) {
    return night(before, listed, TONIGHT);
  }

  private static Ledger night(Ledger before, Dataset<Row> listed, AsOf asOf) {
    Dataset<Row> releases =
        CatalogSuppressions.releases(listed, none().consents(), before.releases(), asOf);
    Dataset<Row> suppressions =
        CatalogSuppressions.compute(
            CatalogSuppressions.listed(listed, asOf),
            checked(InputTable.PUSHES),
            releases.where(asOf.knows(col("released_at"))),
            before.suppressions(),
            asOf);
    return new Ledger(
        before.consents(),
        TestSpark.dataset(Suppressions.SCHEMA, suppressions.collectAsList()),
        TestSpark.dataset(Releases.SCHEMA, releases.collectAsList()));
  }

  private static Ledger none() {
    return Ledger.none(TestSpark.session());
  }

  private static Dataset<Row> consents(String rows, UserFiles files, Dataset<Row> before) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (String row : rows.isEmpty() ? new String[0] : rows.split(" ", -1)) {
      String[] parts = row.split(":", 2);
      Map<String, Object> cells = new TreeMap<>();
      cells.put("updated_at", at(Integer.parseInt(parts[0])));
      switch (parts[1]) {
        case "yes" -> cells.put("consent", true);
        case "no" -> cells.put("consent", false);
        case "?" -> cells.put(InputTable.UNREADABLE, List.of("consent"));
        default -> cells.put("consent", null);
      }
      all.add(cells);
    }
    Dataset<Row> computed =
        CatalogConsents.compute(checked(InputTable.USERS, all), files, before, TONIGHT);
    return TestSpark.dataset(Consents.SCHEMA, computed.collectAsList());
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // List.of only reads them
  private static Dataset<Row> changes(Map<String, Object>... rows) {
    return CatalogConsents.compute(
        checked(InputTable.USERS, List.of(rows)), UserFiles.CHANGES, none().consents(), TONIGHT);
  }

  private static boolean consent(Dataset<Row> consents, boolean byDefault) {
    return consents
        .select(CatalogConsents.hasConsent(byDefault))
        .collectAsList()
        .get(0)
        .getBoolean(0);
  }

  private static Map<String, Boolean> all(Dataset<Row> consents) {
    Map<String, Boolean> all = new TreeMap<>();
    consents
        .select(col("user_id"), CatalogConsents.hasConsent(false))
        .collectAsList()
        .forEach(row -> all.put(row.getString(0), row.getBoolean(1)));
    all.values().removeIf(has -> !has);
    return all;
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // List.of only reads them
  private static Dataset<Row> users(Map<String, Object>... rows) {
    return checked(InputTable.USERS, List.of(rows));
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // List.of only reads them
  private static Dataset<Row> listed(Map<String, Object>... rows) {
    return checked(InputTable.SUPPRESSIONS, List.of(rows));
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // List.of only reads them
  private static Dataset<Row> checked(InputTable input, Map<String, Object>... rows) {
    return checked(input, List.of(rows));
  }

  /** Checked rows, of user u1 where they do not name another. */
  private static Dataset<Row> checked(InputTable input, List<Map<String, Object>> rows) {
    StructType schema = input.mappedSchema();
    List<Row> filled = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      TestRow cells =
          TestRow.of(schema)
              .set("user_id", "u1")
              .set(InputTable.RAW, "raw")
              .set(InputTable.MALFORMED, false)
              .set(InputTable.UNREADABLE, List.of());
      for (Map.Entry<String, Object> cell : row.entrySet()) {
        cells = cells.set(cell.getKey(), cell.getValue());
      }
      filled.add(cells.row());
    }
    return InputRules.of(input, CLEAN).check(TestSpark.dataset(schema, filled));
  }

  private static Timestamp at(int day) {
    return Timestamp.valueOf("2026-03-%02d 12:00:00".formatted(day));
  }

  private static Date day(int day) {
    return Date.valueOf(LocalDate.of(2026, 3, day));
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
