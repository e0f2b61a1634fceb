package dev.nightjar.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.Soak;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.Table;
import dev.nightjar.pipeline.warehouse.Storage;
import dev.nightjar.pipeline.warehouse.Warehouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small generated shop, from raw files to push plan, by the command line. The night is run once;
 * every test gets a copy of its root. The copies are at the same path, since the paths of the raw
 * files are among the settings that decide what runs again.
 */
class NightTest {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 28);

  /** All sources; a shop this small would by default have neither segments nor rules. */
  private static final List<String> SETTINGS =
      Stream.of(
              "als.rank=8",
              "als.iterations=3",
              "candidates.segment_min_users=20",
              "candidates.rules_min_baskets=2",
              "candidates.abandoned=20",
              "candidates.complement=20",
              "candidates.trending=10")
          .flatMap(setting -> Stream.of("--set", setting))
          .toList();

  private static final List<String> SMALL =
      List.of(
          "--users",
          "120",
          "--set",
          "demo.items=80",
          "--set",
          "demo.days=45",
          "--set",
          "intent.trees=20");

  private static final List<String> MAY_BE_EMPTY =
      List.of("rejected_rows", "releases", "suppressions");

  @TempDir static Path directory;
  private static Path made;
  private static Path root;
  private static CommandLineRun first;
  private static Set<String> jobs;
  private static boolean isAnythingCached;

  @BeforeAll
  static void runTheNight() throws IOException, TimeoutException {
    root = directory.resolve("shop one");
    SparkContext context = TestSpark.session().sparkContext();
    int cachedBefore = context.getPersistentRDDs().size();
    jobs = JobNames.during(context, () -> first = demo(root));
    isAnythingCached = context.getPersistentRDDs().size() > cachedBefore;
    made = directory.resolve("as it was made");
    Files.move(root, made);
  }

  @BeforeEach
  void copyTheNight() throws IOException {
    delete(root);
    copy(made, root);
  }

  private static CommandLineRun demo(Path root) {
    List<String> arguments = new ArrayList<>(List.of("demo", "--root", root.toString()));
    arguments.addAll(SMALL);
    arguments.addAll(SETTINGS);
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private static CommandLineRun run(Path root, Path shop, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--root",
                root.toString(),
                "--conf",
                shop.resolve("shop.conf").toString(),
                "--set",
                "data=" + shop));
    arguments.addAll(SETTINGS);
    arguments.addAll(List.of(more));
    if (!arguments.contains("--date")) {
      arguments.addAll(List.of("--date", DATE.toString()));
    }
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private static Warehouse warehouse(Path root) {
    return new Warehouse(
        TestSpark.session(),
        Storage.open(root.toString(), TestSpark.session().sparkContext().hadoopConfiguration()));
  }

  private static Map<String, String> runs(Path root) {
    Map<String, String> runs = new TreeMap<>();
    Warehouse warehouse = warehouse(root);
    for (Table table : NightTables.all()) {
      for (Table part : table.parts()) {
        runs.put(part.name(), warehouse.manifest(part.name(), DATE).orElseThrow().run());
      }
    }
    runs.put("intent_model", warehouse.manifest("intent_model", DATE).orElseThrow().run());
    return runs;
  }

  @Soak
  @Test
  void anOlderFileThatIsGivenAgainIsCleanedAgain() throws IOException {
    Path shop = root.resolve("_shop");
    Path old = shop.resolve("events/2026-03-20.csv");
    Files.writeString(
        old,
        "again,u1000001,i100001,view,2026-03-20T10:00:00Z,,1.00,1,,,,\n",
        StandardOpenOption.APPEND);
    LocalDate day = LocalDate.of(2026, 3, 20);
    long before = warehouse(root).read(CleanEvents.TABLE, day).count();
    CommandLineRun again = run(root, shop, "--until", "clean");
    assertEquals(0, again.code(), again.toString());
    assertEquals(before + 1, warehouse(root).read(CleanEvents.TABLE, day).count());
  }

  /** The two shops are in two folders, and refused rows name their file. */
  private static List<String> withoutFolders(List<String> rows) {
    return rows.stream().map(row -> row.replaceAll("file:[^,]*/", "")).sorted().toList();
  }

  private static void assertEqualRows(Path left, Path right) {
    for (Table table : NightTables.all()) {
      assertEquals(
          withoutFolders(RowsAsText.of(warehouse(left), table, DATE)),
          withoutFolders(RowsAsText.of(warehouse(right), table, DATE)),
          "rows of " + table.name());
    }
  }

  @Test
  void writesEveryTableAndPrintsWhere() {
    assertEquals(0, first.code(), first.toString());
    for (Table table : NightTables.all()) {
      for (Table part : table.parts()) {
        assertTrue(first.out().contains(part.name() + "/date=2026-03-28/run="), part.name());
      }
      assertTrue(
          MAY_BE_EMPTY.contains(table.name())
              || warehouse(root).read(table, DATE).limit(1).count() == 1,
          table.name() + " has no rows");
    }
    assertFalse(first.out().contains("Exception"), first.out());
    assertEquals("", first.error());
  }

  @Test
  void everyJobHasTheNameOfItsStageAndNothingStaysCached() {
    Pattern named =
        Pattern.compile(
            "(clean|catalog|features|als|candidates|intent|timing|rank|plan|publish|report)(: .+)?");
    assertEquals(
        List.of(), jobs.stream().filter(job -> !named.matcher(job).matches()).sorted().toList());
    assertTrue(
        jobs.containsAll(
            List.of(
                "clean: check and count",
                "catalog: write users",
                "intent: anchor 2026-03-14, candidates",
                "rank: write ranked_items")),
        jobs.toString());
    assertFalse(isAnythingCached);
  }

  @Test
  void skipsStagesThatAreDoneWhenRunAgain() {
    Map<String, String> before = runs(root);
    CommandLineRun again = demo(root);
    assertEquals(0, again.code(), again.toString());
    assertTrue(again.out().contains("nothing to do: every stage is already done"), again.out());
    assertEquals(before, runs(root));
  }

  @Soak
  @Test
  void eventsAfterTheDateChangeNoRowAndAnotherRootGivesEqualRows(@TempDir Path own)
      throws IOException {
    Path shop = own.resolve("with a future");
    copy(root.resolve("_shop"), shop);
    String tomorrow =
        Files.readString(shop.resolve("events/2026-03-28.csv"))
            .replace("2026-03-28T", "2026-03-29T")
            .replace("2026-03-27T", "2026-03-29T")
            .replace("view", "purchase");
    Files.writeString(shop.resolve("events/2026-03-29.csv"), tomorrow);
    Files.writeString(shop.resolve("events/2026-03-30.csv"), tomorrow.replace("03-29T", "03-30T"));
    String late =
        """
        late,u1000001,i100001,purchase,2026-03-28T10:00:00Z,,1.00,1,,,,
        late2,u1000001,i100002,view,2026-03-27T10:00:00Z,,1.00,1,,,,
        """;
    Files.writeString(shop.resolve("events/2026-03-29.csv"), late, StandardOpenOption.APPEND);
    Files.writeString(
        shop.resolve("pushes/2026-03-29.csv"),
        Files.readString(shop.resolve("pushes/2026-03-28.csv")).replace("2026-03-2", "2026-03-3"));
    Path other = own.resolve("root two");
    // The later nights come first: what they wrote about these days must not affect this one.
    for (String later : List.of("2026-03-30", "2026-03-29")) {
      CommandLineRun cleaned = run(other, shop, "--date", later, "--until", "catalog");
      assertEquals(0, cleaned.code(), cleaned.toString());
    }
    long withLate = warehouse(other).manifest("clean_events", DATE).orElseThrow().rows();
    assertEquals(warehouse(root).read(CleanEvents.TABLE, DATE).count() + 1, withLate);
    CommandLineRun run = run(other, shop, "--set", "intent.trees=20");
    assertEquals(0, run.code(), run.toString());
    assertEqualRows(root, other);
  }

  @Test
  void oneStageWithOtherSettingsTouchesOnlyItsOwnTables() {
    Map<String, String> before = runs(root);
    CommandLineRun run =
        run(root, root.resolve("_shop"), "--only", "timing", "--set", "timing.min_segment_users=7");
    assertEquals(0, run.code(), run.toString());
    Map<String, String> after = runs(root);
    assertNotEquals(before.remove("send_hours"), after.remove("send_hours"));
    assertEquals(before, after);
  }

  @Test
  void aPlanThatBreaksARuleIsRefusedAndTheLastOneStays() throws IOException {
    Path published = root.resolve("_plan/date=" + DATE + ".json");
    String before = Files.readString(published);
    Path shop = root.resolve("_shop");
    CommandLineRun refused =
        run(root, shop, "--only", "publish", "--set", "policy.valid_minutes=1");
    assertEquals(3, refused.code(), refused.toString());
    assertTrue(refused.error().contains("rule valid_until"), refused.error());
    assertEquals(before, Files.readString(published));
  }

  @Test
  void aPlanThatWasNotPublishedSinceTheNightWasKilledIsPublished() throws IOException {
    Path published = root.resolve("_plan/date=" + DATE + ".json");
    String before = Files.readString(published);
    Files.delete(published);
    CommandLineRun again = run(root, root.resolve("_shop"), "--only", "publish");
    assertEquals(0, again.code(), again.toString());
    assertEquals(before, Files.readString(published));
  }

  @Test
  void vacuumKeepsTheLastListsHoweverOldTheyAreAndRemovesThoseLongBefore() throws IOException {
    List<String> lists = List.of("candidates", "ranked_items", "send_hours");
    String kept = "date=" + DATE.minusDays(90);
    String removed = "date=" + DATE.minusDays(91);
    for (String list : lists) {
      copy(root.resolve(list + "/date=" + DATE), root.resolve(list).resolve(kept));
      copy(root.resolve(list + "/date=" + DATE), root.resolve(list).resolve(removed));
    }
    CommandLineRun run = CommandLineRun.of("vacuum", "--root", root.toString());

    assertEquals(0, run.code(), run.toString());
    for (String list : lists) {
      assertTrue(Files.exists(root.resolve(list + "/date=" + DATE)), list);
      assertTrue(Files.exists(root.resolve(list).resolve(kept)), list);
      assertFalse(Files.exists(root.resolve(list).resolve(removed)), list);
    }
  }

  /** The night after the one that trained, and a horizon after one that was run as well. */
  @Soak
  @Test
  void aModelServesAgainUntilASettingChanges() throws IOException {
    Path shop = root.resolve("_shop");
    List<String> next =
        List.of("--date", "2026-03-29", "--set", "run.allow_closed_day=true", "--set");
    runEarlierNight(shop);
    CommandLineRun again = run(root, shop, with(next, "intent.trees=20", "--until", "intent"));
    assertEquals(0, again.code(), again.toString());
    assertTrue(again.out().contains("the model of 2026-03-28 serves again"), again.toString());
    assertTrue(again.out().contains("by what was bought after 2026-03-15"), again.toString());
    Map<String, String> served = model("2026-03-29");
    Map<String, String> trained = model("2026-03-28");
    assertNotEquals(trained.get("intent.json"), served.get("intent.json"));
    assertEquals(trees(trained), trees(served));

    CommandLineRun forced =
        run(root, shop, with(next, "intent.trees=20", "--only", "intent", "--force"));
    assertEquals(0, forced.code(), forced.toString());
    assertEquals(served, model("2026-03-29"));

    CommandLineRun nightly =
        run(
            root,
            shop,
            with(next, "intent.trees=20", "--only", "intent", "--set", "intent.refresh_days=1"));
    assertEquals(0, nightly.code(), nightly.toString());
    assertTrue(
        nightly.out().contains("as their nights wrote them: anchors 2026-03-15"),
        nightly.toString());

    String other = "intent.min_history_days=400"; // no anchor has so many: nothing is trained
    CommandLineRun changed =
        run(root, shop, with(next, "intent.trees=20", "--only", "intent", "--set", other));
    assertEquals(0, changed.code(), changed.toString());
    assertTrue(
        changed.out().contains("trained anew: intent.min_history_days was 14, is 400"),
        changed.toString());
    assertTrue(changed.out().contains("fell back to the smoothed rate"), changed.toString());

    CommandLineRun earlier =
        run(
            root,
            shop,
            with(
                List.of("--date", "2026-03-15", "--only", "intent", "--set"),
                other,
                "--set",
                "intent.trees=20"));
    assertEquals(0, earlier.code(), earlier.toString());
    CommandLineRun alone = run(root, shop, with(next, "intent.trees=20", "--only", "intent"));
    assertEquals(0, alone.code(), alone.toString());
    assertTrue(alone.out().contains("the model of 2026-03-28 serves again"), alone.toString());
    assertTrue(
        alone.out().contains("in the night of 2026-03-15, intent.min_history_days was 400, is 14"),
        alone.toString());
    assertEquals(model("2026-03-28"), model("2026-03-29"));
  }

  private static String[] with(List<String> arguments, String... more) {
    return Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private static void runEarlierNight(Path shop) {
    CommandLineRun earlier =
        run(
            root,
            shop,
            with(List.of("--date", "2026-03-15", "--until", "intent"), "--set", "intent.trees=20"));
    assertEquals(0, earlier.code(), earlier.toString());
  }

  /** The files of a model but its description, which has the calibration. */
  private static Map<String, String> trees(Map<String, String> model) {
    Map<String, String> trees = new TreeMap<>(model);
    trees.remove("intent.json");
    return trees;
  }

  /** The files of a night's model. */
  private static Map<String, String> model(String date) throws IOException {
    Path model =
        Path.of(
            new org.apache.hadoop.fs.Path(
                    warehouse(root).modelDirectory("intent_model", LocalDate.parse(date)))
                .toUri()
                .getPath());
    Map<String, String> files = new TreeMap<>();
    for (String name : List.of("intent.json", "booster.ubj", "ranker.ubj")) {
      files.put(name, Files.readString(model.resolve(name), StandardCharsets.ISO_8859_1));
    }
    return files;
  }

  @Test
  void aFailedNightLeavesTheLastGoodOutput() throws IOException {
    Map<String, String> before = runs(root);
    Path shop = root.resolve("_shop");
    Path today = shop.resolve("events/2026-03-28.csv");
    Files.writeString(today, "not,a,header\n1,2,3\n");
    CommandLineRun refused = run(root, shop, "--set", "intent.trees=20");
    assertEquals(3, refused.code(), refused.toString());
    assertEquals(1, refused.error().lines().count(), refused.error());
    assertEquals(before, runs(root));
  }

  @Test
  void aNightThatFailedContinuesWithTheStageThatFailed(@TempDir Path aside) throws IOException {
    Map<String, String> before = runs(root);
    Path shop = root.resolve("_shop");
    Files.writeString(
        shop.resolve("events/2026-03-28.csv"),
        "again,u1000001,i100001,view,2026-03-28T10:00:00Z,,1.00,1,,,,\n",
        StandardOpenOption.APPEND);
    Path users = shop.resolve("users.csv");
    Files.move(users, aside.resolve("users.csv"));
    CommandLineRun failed = run(root, shop, "--until", "catalog");
    assertEquals(3, failed.code(), failed.toString());
    assertTrue(failed.out().matches("(?s).* 1/2 clean .* done .*"), failed.toString());
    Map<String, String> after = runs(root);
    assertNotEquals(before.remove("clean_events"), after.remove("clean_events"));
    assertEquals(before, after, "the tables of the stage that failed, and of those after it");
    Files.move(aside.resolve("users.csv"), users);
    CommandLineRun again = run(root, shop, "--until", "catalog");
    assertEquals(0, again.code(), again.toString());
    assertTrue(again.out().matches("(?s).* 1/2 clean .* skipped .*"), again.toString());
    assertTrue(again.out().matches("(?s).* 2/2 catalog .* done .*"), again.toString());
  }

  @Test
  void printsStatusRowsAndReport() {
    String at = root.toString();
    CommandLineRun status = CommandLineRun.of("status", "--root", at);
    assertTrue(status.code() == 0 && status.out().contains("push_schedule"), status.toString());
    CommandLineRun show = CommandLineRun.of("show", "decisions", "--root", at, "--limit", "3");
    assertTrue(show.code() == 0 && show.out().contains("the first 3 rows"), show.toString());
    CommandLineRun report = CommandLineRun.of("report", "--root", at, "--date", DATE.toString());
    assertTrue(report.code() == 0 && report.out().contains("model intent"), report.toString());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private static void delete(Path root) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
