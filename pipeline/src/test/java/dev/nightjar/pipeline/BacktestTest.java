package dev.nightjar.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.Soak;
import dev.nightjar.features.TestSpark;
import dev.nightjar.pipeline.warehouse.Storage;
import dev.nightjar.pipeline.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shop of ratings in one file of all days, mapped by conf/movielens.conf: users of two tastes
 * rate each movie once, high where it is of their taste.
 */
final class BacktestTest {
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);
  private static final LocalDate SPLIT = LocalDate.of(2020, 2, 10);
  private static final int DAYS = 50;
  private static final int USERS = 90;
  private static final int MOVIES = 80;
  private static final int RATINGS = 45;

  @TempDir static Path directory;
  private static Path root;
  private static CommandLineRun first;
  private static JsonNode report;

  @BeforeAll
  static void runTheBacktest() throws IOException {
    TestSpark.session();
    root = directory.resolve("root");
    Path data = Files.createDirectories(directory.resolve("data"));
    Files.write(data.resolve("ratings.csv"), ratings(DAYS));
    first = backtest(data, "--split", SPLIT.toString(), "--vary", "rank.price_power=0,0.5");
    report = first.code() == 0 ? new ObjectMapper().readTree(json().toFile()) : null;
  }

  /** Lines of the file after so many days. */
  private static List<String> ratings(int days) {
    Random random = new Random(5);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int user = 0; user < USERS; user++) {
      List<Integer> movies = new ArrayList<>();
      for (int movie = 0; movie < MOVIES; movie++) {
        movies.add(movie);
      }
      Collections.shuffle(movies, random);
      for (int movie : movies.subList(0, RATINGS)) {
        int day = random.nextInt(DAYS);
        long second = FIRST.plusDays(day).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        double rating = movie % 2 == user % 2 ? 4.5 : 1.5;
        String line =
            String.format(
                Locale.ROOT, "%d,%d,%.1f,%d", user, movie, rating, second + random.nextInt(86_400));
        if (day < days) {
          lines.add(line);
        }
      }
    }
    return lines;
  }

  private static CommandLineRun backtest(Path data, String... more) {
    List<String> arguments = new ArrayList<>(List.of("backtest", "--root", root.toString()));
    arguments.addAll(settings(data));
    arguments.addAll(List.of("--horizon-days", "5,10"));
    arguments.addAll(Arrays.asList(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private static List<String> settings(Path data) {
    return List.of(
        "--conf", "../conf/movielens.conf",
        "--set", "data=" + data,
        "--set", "clean.history_days=45",
        "--set", "als.rank=8",
        "--set", "als.iterations=5",
        "--set", "intent.trees=10",
        "--set", "intent.horizon_days=7",
        "--set", "intent.anchors=2",
        "--set", "intent.anchor_step_days=7",
        "--set", "intent.min_positives=20");
  }

  private static Path json() {
    return root.resolve("_backtests/split=" + SPLIT + "/backtest.json");
  }

  private static List<String> rankedRows(Path root) {
    Warehouse warehouse =
        new Warehouse(
            TestSpark.session(),
            Storage.open(
                root.toString(), TestSpark.session().sparkContext().hadoopConfiguration()));
    return RowsAsText.of(warehouse, RankedItems.TABLE, SPLIT.minusDays(1));
  }

  private static JsonNode list(JsonNode horizon, String name) {
    for (JsonNode list : horizon.get("lists")) {
      if (list.get("name").asText().equals(name)) {
        return list;
      }
    }
    throw new AssertionError("no list " + name);
  }

  private static double ndcg(String list, String scenario) {
    return list(report.get("horizons").get(1), list)
        .at("/scores/" + scenario + "/10/ndcg/mean")
        .asDouble();
  }

  @Test
  void ratingsInOneFileAreMeasuredThroughTheMappingAlone() {
    assertEquals(0, first.code(), first.toString());
    assertEquals("", first.error());
    assertEquals(2, report.get("horizons").size());
    assertTrue(report.at("/horizons/1/counts/users/all").asInt() > 60);
    assertTrue(ndcg("blend", "new") > 1.3 * ndcg("popular", "new"), first.out());
    assertTrue(report.at("/intent/metrics/auc").asDouble() > 0.6, first.out());
  }

  @Test
  void aScenarioWithoutUsersHasNoFigures() {
    assertEquals(0, report.at("/horizons/1/counts/users/repeat").asInt());
    assertTrue(
        list(report.get("horizons").get(1), "blend").at("/scores/repeat/10/ndcg/mean").isNull());
  }

  @Test
  void varyingASettingLeavesNothingBehind() {
    assertEquals(2, report.get("varied").size());
    assertEquals(ndcg("blend", "all"), report.at("/varied/0/ndcg/all/mean").asDouble(), 1e-12);
    assertFalse(Files.exists(json().resolveSibling("variants")));
  }

  @Test
  void everyCallKeepsItsOwnReport() throws IOException {
    Path own = json().resolveSibling("runs").resolve(report.get("run").asText());
    assertEquals(Files.readString(json()), Files.readString(own.resolve(json().getFileName())));
    assertTrue(Files.exists(own.resolve("backtest.html")));
  }

  @Test
  void theKindOfTheModelAndRowsWithoutADateAreReported() {
    assertEquals("xgboost", report.at("/intent/model").asText());
    assertTrue(first.out().contains("trees learned from anchors"), first.out());
    assertEquals(0, report.get("notes").size(), "ratings alone, and each has its time");
  }

  @Test
  void thePageHoldsAllThatItShows() throws IOException {
    String page = Files.readString(json().resolveSibling("backtest.html"));
    assertTrue(page.contains("How good were the lists?"));
    assertFalse(page.contains(" src=") || page.contains("<link"), "it loads something");
  }

  @Soak
  @Test
  void theNightUsesNothingFromTheSplitOn() throws IOException {
    Path data = Files.createDirectories(directory.resolve("no future"));
    Files.write(
        data.resolve("ratings.csv"), ratings((int) (SPLIT.toEpochDay() - FIRST.toEpochDay())));
    Path other = directory.resolve("root without a future");
    List<String> arguments =
        new ArrayList<>(
            List.of("run", "--root", other.toString(), "--date", SPLIT.minusDays(1).toString()));
    arguments.addAll(settings(data));
    arguments.addAll(List.of("--until", "rank"));
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertEquals(0, run.code(), run.toString());
    assertEquals(rankedRows(other), rankedRows(root));
  }

  @Test
  void reportsInOneLineWhatCannotBeMeasured() {
    Path data = directory.resolve("data");
    CommandLineRun late = backtest(data, "--split", "2021-05-01");
    assertEquals(3, late.code(), late.toString());
    assertTrue(late.error().contains("nothing to measure"), late.error());
    CommandLineRun early = backtest(data, "--split", "2019-12-25");
    assertEquals(3, early.code(), early.toString());
    assertEquals(1, early.error().lines().count(), early.error());
    CommandLineRun none = backtest(data, "--split", SPLIT.toString(), "--k", "0");
    assertEquals(2, none.code(), none.toString());
    assertTrue(none.error().contains("--k must be positive, got 0"), none.error());
  }

  @Test
  void settingsThatCannotBeVariedAreReportedBeforeAnythingRuns() {
    assertNotVaried("rank.price_pow=1", "did you mean 'rank.price_power'?");
    assertNotVaried("rank.price_power=0,2", "rank.price_power must be between 0 and 1, got 2");
    assertNotVaried("rank.items_per_user=10.7", "rank.items_per_user must be a whole number");
    assertNotVaried("rank..price_power=1", "--set rank..price_power cannot be read");
    assertNotVaried("rank=1", "the config key 'rank' is not known");
    assertNotVaried("backtest.seed=1,2", "--vary backtest.seed changes no list");
  }

  private static void assertNotVaried(String vary, String problem) {
    CommandLineRun run =
        backtest(directory.resolve("data"), "--split", SPLIT.toString(), "--vary", vary);
    assertEquals(2, run.code(), run.toString());
    assertTrue(run.error().contains(problem), run.error());
    assertFalse(run.out().contains("clean"), run.out());
  }
}
