package dev.nightjar.pipeline.warehouse;

import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.DataException;
import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.RejectedRows;
import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.TableColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class WarehouseTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 10);
  private static final Table VISITS = visits(1);
  private static final Table VISITS_2 = visits(2);

  /** As visits, each row of somebody known. */
  private static final Table BUYERS = buyers();

  private static Table visits(int version) {
    TableColumns columns = new TableColumns();
    columns.add(optional("user_id", StringType, "who came"));
    columns.add(optional("visits", LongType, "how often"));
    return columns.table("visits", version, "one user", Table.KNOWN);
  }

  private static Table buyers() {
    TableColumns columns = new TableColumns();
    columns.add(required("user_id", StringType, "who bought"));
    columns.add(optional("visits", LongType, "how often"));
    return columns.table("buyers", 1, "one user", Table.KNOWN);
  }

  @TempDir Path root;
  private Warehouse warehouse;

  @BeforeEach
  void open() {
    warehouse = reopened();
  }

  private Warehouse reopened() {
    return new Warehouse(
        TestSpark.session(),
        Storage.open(root.toString(), TestSpark.session().sparkContext().hadoopConfiguration()));
  }

  private static Dataset<Row> visits(Object... userAndVisits) {
    Stream.Builder<Row> rows = Stream.builder();
    for (int i = 0; i < userAndVisits.length; i += 2) {
      rows.add(
          TestRow.of(VISITS)
              .set("user_id", userAndVisits[i])
              .set("visits", userAndVisits[i + 1])
              .row());
    }
    return TestSpark.dataset(VISITS.schema(), rows.build().toList());
  }

  private Writing begin(String fingerprint) {
    return warehouse.begin(new Provenance(fingerprint, "test", Map.of(), Map.of()), false);
  }

  private static List<String> read(Warehouse warehouse) {
    return warehouse.read(VISITS, DAY).collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  @Test
  void readsWhatWasCommitted() {
    Writing writing = begin("a");
    writing.write(VISITS, DAY, visits("u1", 3L, "u2", 5L));
    writing.commit(1.5);

    assertEquals(List.of("[u1,3]", "[u2,5]"), read(reopened()));
    Manifest manifest = reopened().manifest("visits", DAY).orElseThrow();
    assertEquals(2, manifest.rows());
    assertEquals("a", manifest.fingerprint());
    assertEquals(1.5, manifest.seconds());
  }

  @Test
  void keepsTheOldRowsUntilTheNewOnesAreCommitted() {
    Writing first = begin("a");
    first.write(VISITS, DAY, visits("u1", 1L));
    first.commit(1);

    Writing second = begin("b");
    second.write(VISITS, DAY, visits("u1", 2L));
    assertEquals(List.of("[u1,1]"), read(reopened()), "a writer that dies here changes nothing");

    second.commit(1);
    assertEquals(List.of("[u1,2]"), read(reopened()));
  }

  @Test
  void removesWhatWasAbandonedAndKeepsWhatCounts() throws Exception {
    Writing first = begin("a");
    first.write(VISITS, DAY, visits("u1", 1L));
    first.commit(1);
    Writing second = begin("b");
    second.write(VISITS, DAY, visits("u1", 2L));
    second.abandon();

    assertEquals(List.of("[u1,1]"), read(reopened()));
    assertEquals(1, runs());
  }

  @Test
  void writesManyDaysAtOnceAndEmptyDaysWithoutFiles() {
    StructType withDay = VISITS.schema().add("day", DateType);
    TestRow day = TestRow.of(withDay);
    Dataset<Row> rows =
        TestSpark.dataset(
            withDay,
            List.of(
                day.set("user_id", "u1").set("visits", 1L).set("day", DAY).row(),
                day.set("user_id", "u2").set("visits", 2L).set("day", DAY).row(),
                day.set("user_id", "u1").set("visits", 7L).set("day", DAY.plusDays(2)).row()));
    Writing writing = begin("a");
    writing.writeDays(
        VISITS,
        "day",
        rows,
        List.of(
            new DayRows(DAY, 2, "x", Map.of()),
            new DayRows(DAY.plusDays(1), 0, "", Map.of()),
            new DayRows(DAY.plusDays(2), 1, "y", Map.of())));
    writing.commit(1);

    assertEquals(List.of("[u1,1]", "[u2,2]"), read(reopened()));
    assertEquals(0, reopened().read(VISITS, DAY.plusDays(1)).count());
    assertEquals(3, reopened().readDays(VISITS, DAY.minusDays(9), DAY.plusDays(9)).count());
    assertEquals(List.of(DAY, DAY.plusDays(1), DAY.plusDays(2)), reopened().dates("visits"));
  }

  @Test
  void aLargeDayIsWrittenByManyTasksAndASmallOneByOne() throws IOException {
    Dataset<Row> rows =
        TestSpark.session()
            .range(1000)
            .select(
                concat(lit("u"), col("id")).as("user_id"),
                col("id").as("visits"),
                when(col("id").lt(990), Date.valueOf(DAY))
                    .otherwise(Date.valueOf(DAY.plusDays(1)))
                    .as("day"));
    for (long claimed : List.of(990L, 9_900_000L)) {
      Writing writing = begin("of " + claimed);
      writing.writeDays(
          VISITS,
          "day",
          rows,
          List.of(
              new DayRows(DAY, claimed, "x", Map.of()),
              new DayRows(DAY.plusDays(1), 10, "x", Map.of())));
      writing.commit(1);
      Manifest manifest = reopened().manifest("visits", DAY).orElseThrow();
      try (Stream<Path> files =
          Files.list(root.resolve("visits/date=2026-03-10/run=" + manifest.run()))) {
        long parts = files.filter(file -> file.toString().endsWith(".parquet")).count();
        assertTrue(claimed < 1000 ? parts == 1 : parts > 1, parts + " files");
      }
      assertEquals(990, reopened().read(VISITS, DAY).distinct().count());
      assertEquals(10, reopened().read(VISITS, DAY.plusDays(1)).count());
    }
  }

  @Test
  void refusesRowsThatDoNotFitTheSchema() {
    Dataset<Row> wrong = visits("u1", 1L).withColumnRenamed("visits", "count");
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> begin("a").write(VISITS, DAY, wrong));
    assertTrue(refused.getMessage().contains("lacks visits"), refused.getMessage());
  }

  @Test
  void aRowWithoutARequiredValueFailsTheWriteAndNothingOfItIsKept() throws Exception {
    Dataset<Row> rows = visits("u1", 3L, null, 5L);
    Writing writing = begin("a");
    assertEquals(
        "a row for table buyers has no value in column user_id, which the table declares as required",
        refusedValue(() -> writing.write(BUYERS, DAY, rows)));
    assertEquals(
        "a row for table buyers has no value in column user_id, which the table declares as required",
        refusedValue(
            () ->
                writing.writeDays(
                    BUYERS,
                    "day",
                    rows.withColumn("day", lit(Date.valueOf(DAY))),
                    List.of(new DayRows(DAY, 2, "", Map.of())))));
    writing.abandon();
    assertTrue(Files.notExists(root.resolve("buyers/date=2026-03-10")));
    assertTrue(reopened().manifest("buyers", DAY).isEmpty());
  }

  private static String refusedValue(Executable write) {
    Throwable refused = assertThrows(Exception.class, write);
    String message = ExceptionUtils.getRootCause(refused).getMessage();
    return message
        .replaceFirst("^\\[USER_RAISED_EXCEPTION\\] ", "")
        .replaceFirst(" SQLSTATE.*", "");
  }

  @Test
  void valuesThatAreNotRequiredMayBeNull() {
    Writing writing = begin("a");
    writing.write(BUYERS, DAY, visits("u1", null, "u2", 5L));
    writing.commit(1);
    assertEquals(2, reopened().read(BUYERS, DAY).count());
  }

  @Test
  void refusesToReadAnotherSchemaVersion() {
    Writing writing = begin("a");
    writing.write(VISITS, DAY, visits("u1", 1L));
    writing.commit(1);
    DataException refused = assertThrows(DataException.class, () -> reopened().read(VISITS_2, DAY));
    assertTrue(refused.getMessage().contains("schema version 1"), refused.getMessage());
  }

  @Test
  void statesTheLastWrittenDateWhereADateIsMissing() {
    Writing writing = begin("a");
    writing.write(VISITS, DAY, visits("u1", 1L));
    writing.commit(1);
    DataException refused =
        assertThrows(DataException.class, () -> reopened().read(VISITS, DAY.plusDays(1)));
    assertTrue(
        refused.getMessage().contains("the last written date is 2026-03-10"), refused.getMessage());
  }

  @Test
  void vacuumRemovesOldSupersededRunsAndNothingElse() throws Exception {
    for (String fingerprint : List.of("a", "b", "c")) {
      Writing writing = begin(fingerprint);
      writing.write(VISITS, DAY, visits("u1", (long) fingerprint.charAt(0)));
      writing.commit(1);
    }
    assertEquals(
        List.of(),
        reopened().vacuum(Instant.parse("2000-01-01T00:00:00Z"), Map.of(), false),
        "too young");
    Instant later = Instant.now().plusSeconds(60);
    assertEquals(2, reopened().vacuum(later, Map.of(), true).size());
    assertEquals(3, runs(), "a dry run removes nothing");
    assertEquals(2, reopened().vacuum(later, Map.of(), false).size());
    assertEquals(1, runs());
    assertEquals(List.of("[u1,99]"), read(reopened()));
  }

  /** Two tables of one stage, written again. The manifests of the first run are returned. */
  private List<byte[]> twiceCommitted() throws IOException {
    commitBoth("a", 1);
    List<byte[]> first =
        List.of(Files.readAllBytes(manifest(VISITS)), Files.readAllBytes(manifest(BUYERS)));
    commitBoth("b", 2);
    return first;
  }

  private void commitBoth(String fingerprint, long visits) {
    Writing writing = begin(fingerprint);
    writing.write(VISITS, DAY, visits("u1", visits));
    writing.write(BUYERS, DAY, visits("u1", visits));
    writing.commit(1);
  }

  private Path manifest(Table table) {
    return root.resolve(table.name()).resolve("date=" + DAY).resolve("_manifest.json");
  }

  @Test
  void aCommitThatWasKilledHalfWayCountsAsAWhole() throws Exception {
    List<byte[]> first = twiceCommitted();
    String both =
        "{\"manifests\": [%s, %s]}"
            .formatted(Files.readString(manifest(VISITS)), Files.readString(manifest(BUYERS)));
    Path commit = Files.createDirectories(root.resolve("_commits")).resolve("20260311T0100-b.json");
    Files.writeString(commit, both);
    Files.write(manifest(BUYERS), first.get(1));

    assertEquals(List.of("[u1,2]"), read(reopened()));
    assertEquals(
        2, reopened().read(BUYERS, DAY).head().getLong(1), "not put yet, and yet it counts");
    reopened().finishCommits();
    assertEquals(both.replaceAll("\\s", ""), bothManifests().replaceAll("\\s", ""));
    assertTrue(Files.notExists(commit));
    assertEquals(2, reopened().read(BUYERS, DAY).head().getLong(1));
  }

  private String bothManifests() throws IOException {
    return "{\"manifests\": [%s, %s]}"
        .formatted(Files.readString(manifest(VISITS)), Files.readString(manifest(BUYERS)));
  }

  @Test
  void whatAKilledProcessWasPuttingIsNotRead() throws Exception {
    commitBoth("a", 1);
    warehouse.publish(plan(warehouse));
    for (String folder : List.of("_commits", "_plan")) {
      Path put = Files.createDirectories(root.resolve(folder)).resolve(".20260311.json.4f0c");
      Files.writeString(put, "{\"manif");
    }
    assertEquals(List.of("[u1,1]"), read(reopened()));
    reopened().finishCommits();
    assertEquals(List.of(), reopened().vacuum(Instant.now().plusSeconds(60), Map.of(), false));
  }

  @Test
  void aCommitLeavesNothingBehind() throws Exception {
    twiceCommitted();
    assertEquals(List.of(), warehouse.storage().list("_commits"));
  }

  @Test
  void vacuumKeepsWhatAPublishedPlanNamesUntilItIsReplaced() throws Exception {
    commitBoth("a", 1);
    warehouse.publish(plan(warehouse));
    commitBoth("b", 2);
    Instant later = Instant.now().plusSeconds(60);
    assertEquals(List.of(), reopened().vacuum(later, Map.of(), false));
    warehouse.publish(plan(reopened()));
    assertEquals(2, reopened().vacuum(later, Map.of(), false).size());
    assertEquals(Optional.of(plan(reopened())), reopened().publication(DAY));
  }

  private static Publication plan(Warehouse of) {
    List<Manifest> both =
        List.of(of.manifest("visits", DAY).orElseThrow(), of.manifest("buyers", DAY).orElseThrow());
    return new Publication(
        DAY.toString(),
        "2026-03-11T06:00:00Z",
        "2026-03-12T06:00:00Z",
        1,
        "test",
        Publication.tables(both));
  }

  @Test
  void aPlanGoesWithTheListsThatItNames() throws Exception {
    commitBoth("a", 1);
    warehouse.publish(plan(warehouse));
    assertEquals(
        List.of("_plan/date=" + DAY + ".json", "visits/date=" + DAY),
        reopened().vacuum(Instant.EPOCH, Map.of(VISITS, DAY.plusDays(1)), false));
    assertEquals(Optional.empty(), reopened().publication(DAY));
  }

  @Test
  void whatWasSupersededAMomentAgoIsKeptHoweverOldItIs() throws Exception {
    commitBoth("a", 1);
    Path day = root.resolve("visits").resolve("date=" + DAY);
    String old = "20200101T000000-old";
    Files.move(
        day.resolve("run=" + reopened().manifest("visits", DAY).orElseThrow().run()),
        day.resolve("run=" + old));
    commitBoth("b", 2);
    assertEquals(List.of(), reopened().vacuum(Instant.now().minusSeconds(3600), Map.of(), false));
    FileTime hoursAgo = FileTime.from(Instant.now().minusSeconds(7200));
    Files.setLastModifiedTime(manifest(VISITS), hoursAgo);
    assertEquals(
        List.of("visits/date=" + DAY + "/run=" + old),
        reopened().vacuum(Instant.now().minusSeconds(3600), Map.of(), false));
  }

  @Test
  void foldersThatAreNoDaysAreLeftAlone() throws Exception {
    Writing writing = begin("a");
    writing.write(VISITS, DAY, visits("u1", 1L));
    writing.commit(1);
    Files.createDirectories(root.resolve("visits/date=foo/run=20000101T000000-x"));
    assertEquals(List.of(DAY), reopened().dates("visits"));
    assertEquals(List.of(), reopened().vacuum(Instant.now().plusSeconds(60), Map.of(), false));
  }

  @Test
  void stagesThatWritePartsOfOneTableLeaveEachOthersRows() {
    writeRejected("events", "bot");
    writeRejected("users", "unknown_zone");
    String superseded = warehouse.manifest("rejected_inputs", DAY).orElseThrow().run();
    writeRejected("users", "missing_user_id");
    Warehouse again = reopened();
    assertEquals(
        List.of("[events,bot]", "[users,missing_user_id]"),
        again.read(RejectedRows.TABLE, DAY).select("input", "reason").collectAsList().stream()
            .map(Row::toString)
            .sorted()
            .toList());
    assertEquals(List.of(DAY), again.dates("rejected_rows"));
    assertEquals(
        List.of(1L, 1L),
        again.manifests("rejected_rows", DAY).stream().map(Manifest::rows).toList());
    assertEquals(
        List.of("rejected_inputs/date=2026-03-10/run=" + superseded),
        again.vacuum(Instant.now().plusSeconds(60), Map.of(), false));
  }

  @Test
  void vacuumRemovesRefusedRowsOfOldDaysAndNothingElse() {
    writeRejected("users", "unknown_zone");
    Warehouse again = reopened();
    Instant past = Instant.EPOCH;
    assertEquals(List.of(), again.vacuum(past, Map.of(RejectedRows.TABLE, DAY), false));
    assertEquals(
        List.of("rejected_inputs/date=" + DAY),
        again.vacuum(past, Map.of(RejectedRows.TABLE, DAY.plusDays(1)), false));
    assertEquals(List.of(), reopened().dates("rejected_rows"));
  }

  @Test
  void vacuumRemovesEarlierDaysOfTheTablesItIsToldAndOfNoOther() throws Exception {
    for (LocalDate day : List.of(DAY, DAY.plusDays(1))) {
      Writing writing = begin(day.toString());
      writing.write(VISITS, day, visits("u1", 1L));
      writing.commit(1);
    }
    writeRejected("users", "unknown_zone");
    Map<Table, LocalDate> keptFrom = Map.of(VISITS, DAY.plusDays(1));
    assertEquals(List.of("visits/date=" + DAY), reopened().vacuum(Instant.EPOCH, keptFrom, true));
    assertEquals(List.of("visits/date=" + DAY), reopened().vacuum(Instant.EPOCH, keptFrom, false));
    assertEquals(List.of(DAY.plusDays(1)), reopened().dates("visits"));
    assertEquals(List.of(DAY), reopened().dates("rejected_rows"));
  }

  private void writeRejected(String input, String reason) {
    Row row =
        TestRow.of(RejectedRows.TABLE)
            .set(RejectedRows.INPUT, input)
            .set(RejectedRows.REASON, reason)
            .set(RejectedRows.RAW, "raw")
            .row();
    Writing writing = begin(reason);
    writing.writeDays(
        RejectedRows.TABLE.part(input),
        "day",
        TestSpark.dataset(RejectedRows.SCHEMA, List.of(row))
            .withColumn("day", lit(Date.valueOf(DAY))),
        List.of(new DayRows(DAY, 1, "", Map.of())));
    writing.commit(1);
  }

  @Test
  void vacuumRemovesWhatANightThatDiedLeftOnlyOnceItIsOld() throws Exception {
    Files.createDirectories(root.resolve("_staging/20260310T000000-dead/visits"));
    Files.createDirectories(root.resolve("_checkpoints/20260311T000000-dead/rdd-1"));
    assertEquals(
        List.of("_staging/20260310T000000-dead"),
        reopened().vacuum(Instant.parse("2026-03-10T12:00:00Z"), Map.of(), false));
    assertTrue(Files.exists(root.resolve("_checkpoints/20260311T000000-dead")));
  }

  @Test
  void manyDaysThatAreWrittenAtOnceByTwoRunsDoNotHurtEachOther() throws Exception {
    Dataset<Row> rows = visits("u1", 1L, "u2", 2L).withColumn("day", lit(Date.valueOf(DAY)));
    List<DayRows> days = List.of(new DayRows(DAY, 2, "x", Map.of()));
    Writing one = begin("a");
    Writing two = begin("b");
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      Future<?> left = both.submit(() -> one.writeDays(VISITS, "day", rows, days));
      Future<?> right = both.submit(() -> two.writeDays(VISITS, "day", rows, days));
      left.get();
      right.get();
    } finally {
      both.shutdown();
    }
    assertEquals(2, runs());
    one.commit(1);
    assertEquals(List.of("[u1,1]", "[u2,2]"), read(reopened()));
    two.commit(1);
    assertEquals(List.of("[u1,1]", "[u2,2]"), read(reopened()));
    assertTrue(Files.notExists(root.resolve("visits/_temporary")));
  }

  @Test
  void oneNightAtATimeWorksInARoot() {
    Storage storage = warehouse.storage();
    Storage same = reopened().storage();
    storage.alone(
        () -> {
          DataException refused =
              assertThrows(DataException.class, () -> same.alone(() -> "beside"));
          assertTrue(refused.getMessage().contains("another night"), refused.getMessage());
          return "";
        });
    assertEquals("after", same.alone(() -> "after"));
  }

  private long runs() throws Exception {
    try (Stream<Path> children = Files.list(root.resolve("visits/date=2026-03-10"))) {
      return children.filter(path -> path.getFileName().toString().startsWith("run=")).count();
    }
  }

  @Test
  void refusesARootThatCannotBeWritten() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "not a directory");
    Storage storage =
        Storage.open(
            file.resolve("warehouse").toString(),
            TestSpark.session().sparkContext().hadoopConfiguration());
    DataException refused = assertThrows(DataException.class, storage::requireWritable);
    assertTrue(refused.getMessage().contains("cannot be written"), refused.getMessage());
  }

  @Test
  void putsAFileAsAWholeAndLeavesNothingAside() throws Exception {
    Storage storage = warehouse.storage();
    storage.put("table/_manifest.json", "old".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    storage.put("table/_manifest.json", "new".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertEquals("new", Files.readString(root.resolve("table/_manifest.json")));
    assertEquals(List.of("_manifest.json"), storage.list("table"));
    assertFalse(storage.get("table/absent").isPresent());
  }
}
