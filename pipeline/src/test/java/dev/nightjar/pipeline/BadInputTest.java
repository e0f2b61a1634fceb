package dev.nightjar.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightjar.features.Soak;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.RejectedRows;
import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.Users;
import dev.nightjar.pipeline.settings.Digests;
import dev.nightjar.pipeline.warehouse.Storage;
import dev.nightjar.pipeline.warehouse.Warehouse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The response to bad input: one line with what, the value, the rule and the next step, the right
 * exit code, no stack trace, and the last good night unchanged.
 */
class BadInputTest {
  private static final int USAGE = 2;
  private static final int DATA = 3;

  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
  private static final String HEADER = "id,user,item,type,time,price\n";
  private static final String SUNDAY =
      """
      a1,ann,mug,view,2026-03-01 08:00:00,4.5
      a2,ann,mug,purchase,2026-03-01 08:05:00,4.5
      a3,bob,pan,view,2026-03-01 09:00:00,20
      a4,eve,cup,cart,2026-03-01 21:30:00,3
      """;
  private static final String MONDAY =
      """
      b1,ann,pan,view,2026-03-02 08:00:00,20
      b2,ann,pan,cart,2026-03-02 08:01:00,20
      b3,bob,mug,view,2026-03-02 09:00:00,4.5
      b4,bob,mug,purchase,2026-03-02 09:10:00,4.5
      b5,eve,cup,view,2026-03-02 21:00:00,3
      b6,eve,cup,purchase,2026-03-02 21:30:00,3
      """;
  private static final String SHOP_USERS =
      """
      user,zone,consent
      ann,Europe/Berlin,true
      bob,Asia/Tokyo,true
      eve,,false
      """;
  private static final String CONF =
      """
      shop.zone = "UTC"
      sources.events {
        path = ${data}"/events/{date}.csv"
        columns {
          event_id = "id"
          user_id = "user"
          item_id = "item"
          event_type = "type"
          event_time = "time"
          price = "price"
        }
      }
      sources.users {
        path = ${data}"/users.csv"
        columns { user_id = "user", zone = "zone", consent = "consent" }
      }
      """;

  @TempDir static Path directory;
  private static Path root;
  private static Map<String, String> good;

  @BeforeAll
  static void runAGoodNight() throws IOException {
    TestSpark.session();
    root = directory.resolve("good root");
    CommandLineRun night = run(root, shop("good"), "--until", "catalog");
    assertEquals(0, night.code(), night.toString());
    good = files(root);
    assertTrue(good.containsKey("users/date=2026-03-02/_manifest.json"), good.toString());
  }

  // ---- a call that is refused before anything runs ---------------------

  @ParameterizedTest
  @CsvSource({"--only,rnak,rank", "--from,claen,clean", "--until,Candidate,candidates"})
  void aMisspeltStageIsRefusedBeforeTheNightBegins(String option, String stage, String nearest) {
    CommandLineRun run = run(root, directory.resolve("good"), option, stage);
    assertRefused(run, USAGE, "stage '" + stage + "' is not known", "did you mean " + nearest);
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x/y", "http://x/y", "s3://x/y", "nope:y"})
  void aRootThatCannotHoldAWarehouseIsRefused(String place) throws IOException {
    for (List<String> call :
        List.of(List.of("run", "--date", DAY.toString()), List.of("status"), List.of("demo"))) {
      List<String> arguments = new ArrayList<>(call);
      arguments.addAll(List.of("--root", place));
      CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
      assertRefused(run, USAGE, "--root must be a local path", "hdfs://", "'" + place + "'");
      assertEquals("", run.out());
    }
  }

  // ---- a source that cannot be read ----------------------------------------

  @Test
  void aMissingSourcePathIsNamed() {
    CommandLineRun run = run(root, directory.resolve("nowhere"), "--until", "clean");
    assertRefused(run, DATA, "sources.events.path", "nowhere/events", "does not exist", "check");
  }

  @Test
  void anInputWithoutAFileInItsDaysIsNamed() throws IOException {
    Path shop = shop("no suppressions");
    write(
        shop.resolve("shop.conf"),
        CONF
            + """
            sources.suppressions {
              path = ${data}"/suppressions/{date}.csv"
              columns { user_id = "user" }
            }
            """);
    write(shop.resolve("suppressions/2020-01-01.csv"), "user\nann\n");
    CommandLineRun run = run(root, shop, "--only", "catalog");
    assertRefused(run, DATA, "sources.suppressions has no file", "2026-03-02", "put it there");
  }

  @Test
  void aPushLogThatCannotBeReadStopsTheNight() throws IOException {
    Path shop = shop("strange pushes");
    write(
        shop.resolve("shop.conf"),
        CONF
            + """
            sources.pushes {
              path = ${data}"/pushes.csv"
              columns { push_id = "id", user_id = "user", sent_at = "at" }
            }
            """);
    write(shop.resolve("pushes.csv"), "id,user,at\np1,ann,soon\np2,bob,2026-03-01 10:00:00\n");
    CommandLineRun run = run(root, shop, "--only", "catalog");
    assertRefused(
        run,
        DATA,
        "1 of 2 rows of sources.pushes is refused",
        "clean.max_reject_share is 0.2",
        "unreadable_sent_at",
        "fix the source");
  }

  @Test
  void aMissingSourceOfAnotherInputIsNamed() throws IOException {
    Path shop = shop("no users");
    Files.delete(shop.resolve("users.csv"));
    CommandLineRun run = run(root, shop, "--only", "catalog");
    assertRefused(run, DATA, "sources.users.path", "users.csv", "does not exist", "check");
  }

  @Test
  void anExpressionThatDoesNotCompileIsShown() throws IOException {
    Path shop = shop("syntax");
    write(shop.resolve("shop.conf"), CONF.replace("\"price\"", "\"price * (2\""));
    CommandLineRun run = run(root, shop, "--until", "clean");
    assertRefused(
        run,
        USAGE,
        "sources.events.columns.price = \"price * (2\"",
        "does not compile: Syntax error at or near",
        "Write a Spark SQL expression");
  }

  @Test
  void anExpressionWithAnAbsentFunctionIsShown() throws IOException {
    Path shop = shop("function");
    write(shop.resolve("shop.conf"), CONF.replace("\"price\"", "\"to_money(price)\""));
    CommandLineRun run = run(root, shop, "--until", "clean");
    assertRefused(run, USAGE, "to_money", "does not compile", "Write a Spark SQL expression");
  }

  @Soak
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"time\" | \"to_utc_timestamp(time, 'Europe/Londn')\" | INVALID_TIMEZONE",
        "\"price\" | \"to_number(item, '999')\" | INVALID_FORMAT",
      })
  void anExpressionThatFailsOnARowIsToldWithoutTheRow(String from, String to, String kind)
      throws IOException {
    Path shop = shop("failing " + kind);
    write(shop.resolve("shop.conf"), CONF.replace(from, to));
    CommandLineRun run = run(root, shop, "--until", "clean");
    assertRefused(run, DATA, "an expression of a mapping fails on a row", kind, "try_to_number");
    assertFalse(run.error().contains("mug"), run.toString());
  }

  @Test
  void anExpressionWithAnAbsentColumnGetsTheNearestOne() throws IOException {
    Path shop = shop("column");
    write(shop.resolve("shop.conf"), CONF.replace("\"price\"", "\"prise * 2\""));
    CommandLineRun run = run(root, shop, "--until", "clean");
    assertRefused(
        run,
        USAGE,
        "sources.events.columns.price = \"prise * 2\"",
        "column prise",
        "its columns are id, user, item, type, time, price",
        "did you mean price?");
  }

  @Soak
  @ParameterizedTest
  @ValueSource(strings = {"", HEADER})
  void anEmptyDayHasNoEvents(String content) throws IOException {
    Path shop = shop("empty" + content.length());
    write(shop.resolve("events/2026-03-02.csv"), content);
    CommandLineRun run = run(root, shop, "--until", "clean");
    assertRefused(
        run,
        DATA,
        "no events for 2026-03-02",
        "events/{date}.csv",
        "a night needs",
        "another date");
  }

  @Test
  void aDateWithoutAFileIsNamedWithTheLastOneThatHasOne() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(arguments(root, shop("dates"), "2026-03-09", "--until", "clean"));
    assertRefused(
        run,
        DATA,
        "no events for 2026-03-09",
        "events/2026-03-09.csv",
        "the last day with a file before it is 2026-03-02",
        "give another date");
  }

  @Test
  void aDateOutsideOneBigFileIsNamed() throws IOException {
    Path shop = shop("one file");
    write(shop.resolve("all.csv"), HEADER + SUNDAY + MONDAY);
    write(shop.resolve("shop.conf"), CONF.replace("/events/{date}.csv", "/all.csv"));
    CommandLineRun run = CommandLineRun.of(arguments(root, shop, "2026-03-09", "--until", "clean"));
    assertRefused(run, DATA, "no events for 2026-03-09", "all.csv", "give another date");
  }

  @Soak
  @ParameterizedTest
  @CsvSource({"footer, not readable as parquet", "pages, failed while it was read"})
  void aBrokenParquetFileIsNamed(String broken, String words) throws IOException {
    Path shop = shop("parquet " + broken);
    write(
        shop.resolve("shop.conf"),
        CONF.replace(
            "path = ${data}\"/events/{date}.csv\"",
            "format = parquet, path = ${data}\"/parquet/{date}.parquet\""));
    for (String day : List.of("2026-03-01", "2026-03-02")) {
      Path folder = shop.resolve("spark-" + day);
      TestSpark.session()
          .read()
          .option("header", "true")
          .csv(shop.resolve("events/" + day + ".csv").toString())
          .coalesce(1)
          .write()
          .parquet(folder.toString());
      try (Stream<Path> files = Files.list(folder)) {
        Path part = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
        Files.createDirectories(shop.resolve("parquet"));
        Files.move(part, shop.resolve("parquet/" + day + ".parquet"));
      }
    }
    Path file = shop.resolve("parquet/2026-03-02.parquet");
    byte[] bytes = Files.readAllBytes(file);
    if (broken.equals("footer")) {
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    } else {
      Arrays.fill(bytes, 4, 120, (byte) 0xEE);
      Files.write(file, bytes);
    }
    CommandLineRun run = run(root, shop, "--until", "clean");
    assertRefused(run, DATA, "2026-03-02.parquet", words, "truncated", "deliver");
  }

  @Soak
  @ParameterizedTest
  @ValueSource(ints = {6, 20_000})
  void aCompressedFileThatEndsEarlyIsNamed(int rows) throws IOException {
    Path shop = shop("gzip " + rows);
    write(shop.resolve("shop.conf"), CONF.replace("{date}.csv", "{date}.csv.gz"));
    Random random = new Random(7);
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < rows; i++) {
      text.append("e%d,u%d,mug,view,2026-03-02 08:00:00,%d%n".formatted(i, i, random.nextInt()));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    Files.write(
        shop.resolve("events/2026-03-02.csv.gz"),
        Arrays.copyOf(bytes.toByteArray(), bytes.size() * 2 / 3));
    CommandLineRun run = run(root, shop, "--until", "clean");
    assertRefused(run, DATA, "2026-03-02.csv.gz", "truncated", "deliver");
  }

  // ---- rows that cannot be used --------------------------------------------

  @Soak
  @Test
  void aFileCutInMidRowLosesThatRowAndTheNightGoesOn() throws IOException {
    Path shop = shop("cut");
    String whole = HEADER + MONDAY;
    write(shop.resolve("events/2026-03-02.csv"), whole.substring(0, whole.indexOf(" 21:30:00")));
    Path other = directory.resolve("cut root");
    CommandLineRun run = run(other, shop, "--until", "clean");
    assertGoesOn(run, "1 row with malformed_row", "2026-03-02.csv", "it is in rejected_rows");
    assertEquals(
        List.of("malformed_row|b6,eve,cup,purchase,2026-03-02"),
        rows(other, RejectedRows.TABLE, RejectedRows.REASON, RejectedRows.RAW));
  }

  @Soak
  @Test
  void aPriceThatIsNotANumberIsRefusedAndTheNightGoesOn() throws IOException {
    Path shop = shop("types");
    write(
        shop.resolve("events/2026-03-02.csv"),
        HEADER + MONDAY.replace(":00:00,3\n", ":00:00,abc\n"));
    Path other = directory.resolve("types root");
    CommandLineRun run = run(other, shop, "--until", "clean");
    assertGoesOn(run);
    List<String> refused = rows(other, RejectedRows.TABLE, RejectedRows.REASON, RejectedRows.RAW);
    assertEquals(1, refused.size(), refused.toString());
    assertTrue(refused.get(0).startsWith("unreadable_number|"), refused.toString());
    assertTrue(refused.get(0).contains("\"price\":\"abc\""), refused.toString());
  }

  @Soak
  @Test
  void tooManyRefusedRowsStopTheNightWithTheTopReasonsAndExamples() throws IOException {
    Path shop = shop("rejects");
    write(
        shop.resolve("events/2026-03-02.csv"),
        HEADER + MONDAY.replace(",view,", ",glance,").replace(",20\n", ",-20\n"));
    CommandLineRun run = run(root, shop, "--until", "clean");
    assertRefused(
        run,
        DATA,
        "4 of 6 rows of sources.events of 2026-03-02 are refused",
        "clean.max_reject_share is 0.2",
        "unknown_event_type 3, such as row 1 of file:",
        "negative_price 1, such as row ",
        "fix the source");
    assertFalse(run.error().contains("glance"), "a row is shown: " + run.error());
  }

  @Soak
  @Test
  void aZoneThatDoesNotExistIsNotedAndTheShopsZoneIsUsed() throws IOException {
    Path shop = shop("zones");
    write(shop.resolve("users.csv"), SHOP_USERS.replace("Asia/Tokyo", "Mars/Olympus"));
    Path other = directory.resolve("zones root");
    CommandLineRun run = run(other, shop, "--until", "catalog");
    assertGoesOn(
        run, "users: 1 row with unknown_zone", "such as row 2 of", "the shop's zone is used");
    assertEquals(
        List.of("ann|Europe/Berlin|true", "bob|UTC|false", "eve|UTC|false"),
        rows(other, Users.TABLE, Users.USER_ID, Users.ZONE, Users.IS_ZONE_KNOWN));
    List<String> refused = rows(other, RejectedRows.TABLE, RejectedRows.REASON, RejectedRows.RAW);
    assertEquals(1, refused.size(), refused.toString());
    assertTrue(refused.get(0).contains("Mars/Olympus"), refused.toString());
  }

  // ---- a root that cannot be written ---------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"run", "backfill", "validate", "demo", "show"})
  void aRootBelowAFileIsRefused(String command) throws IOException {
    Path file = directory.resolve("a file " + command);
    write(file, "no folder");
    Path shop = shop("root of " + command);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--root",
                file.resolve("root").toString(),
                "--conf",
                shop.resolve("shop.conf").toString(),
                "--set",
                "data=" + shop));
    arguments.addAll(
        switch (command) {
          case "run" -> List.of("--date", DAY.toString());
          case "show" -> List.of("users");
          case "backfill" -> List.of("--from-date", DAY.toString(), "--to-date", DAY.toString());
          default -> List.of();
        });
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertRefused(run, DATA, "a file " + command + "/root", "--root");
    assertEquals("no folder", Files.readString(file));
  }

  @Soak
  @Test
  void aFullDiskLeavesTheLastGoodOutputAndTheNightGoesOnOnceThereIsSpace() throws Exception {
    Path disk = Files.createDirectories(directory.resolve("disk"));
    boolean isMounted = command("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString());
    assumeTrue(isMounted, "mounting a small disk needs rights that this user lacks");
    try {
      Path small = disk.resolve("root");
      Path shop = shop("disk");
      CommandLineRun first = run(small, shop, "--until", "clean");
      assertEquals(0, first.code(), first.toString());
      Map<String, String> before = files(small);

      write(shop.resolve("events/2026-03-02.csv"), HEADER + MONDAY + manyRows(20_000));
      assertDiskFull(run(small, shop, "--until", "clean"), before, small);

      byte[] rest = new byte[(int) disk.toFile().getUsableSpace()];
      Files.write(disk.resolve("filler"), rest);
      assertDiskFull(run(small, shop, "--until", "clean"), before, small);

      Files.delete(disk.resolve("filler"));
      write(shop.resolve("events/2026-03-02.csv"), HEADER + MONDAY + manyRows(5));
      CommandLineRun again = run(small, shop, "--until", "clean");
      assertEquals(0, again.code(), again.toString());
    } finally {
      assertTrue(command("umount", "-l", disk.toString()));
    }
  }

  private static String manyRows(int count) {
    Random random = new Random(11);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      rows.append(
          "%016x,%016x,%016x,view,2026-03-02 10:%02d:00,%d\n"
              .formatted(random.nextLong(), random.nextLong(), random.nextLong(), i % 60, i % 100));
    }
    return rows.toString();
  }

  private static void assertDiskFull(CommandLineRun run, Map<String, String> before, Path small)
      throws IOException {
    assertOneLine(run, DATA, "disk is full", "free some space", "run again");
    assertEquals(before, files(small));
  }

  private static boolean command(String... words) throws Exception {
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  // ---- a call for something that does not exist -------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "show push_shedule               | table 'push_shedule' is not known | push_schedule",
        "show intent_model               | 'intent_model' is a model | nightjar report",
        "show users --date 2026-03-09    | table users has no rows for 2026-03-09 | run the night",
        "show users --limit many         | '--limit' | 'many'",
        "show users --limit -1           | --limit must be | got -1",
        "show items --user ann           | has no column user_id | leave --user out",
        "report --date 2026-03-09        | no night of 2026-03-09 | run it first",
        "runn --date 2026-03-02          | 'runn' | did you mean",
        "run                             | '--date | --help",
        "run --date 2026-03-02 --forse   | '--forse' | did you mean --force",
        "run --date yesterday            | 'yesterday' | 2026-03-28",
        "run --date 2026-02-30           | '2026-02-30' | 2026-03-28",
        "run --date 2026-03-02 --only rnak   | stage 'rnak' is not known | the stages are clean,",
        "run --date 2026-03-02 --from a --only b | --only b cannot be combined | leave them out",
        "run --date 2026-03-02 --from rank --until als | --from rank comes after | the order is",
        "run --date 2026-03-02 --only rank | stage rank needs table | run the stages before",
        "run --date 2026-03-02 --set clean.late_day=3  | 'clean.late_day' | 'clean.late_days'",
        "run --date 2026-03-02 --set clean.late_days=x | clean.late_days must be a whole number | got \"x\"",
        "run --date 2026-03-02 --set clean.late_days   | must be key=value | 'clean.late_days'",
        "run --date 2026-03-02 --set als.rank=0  | als.rank must be | got 0",
        "run --date 2026-03-02 --set shop.zone=Mars/Olympus | shop.zone | Mars/Olympus",
        "run --date 2026-03-02 --set sources.evnts.path=x | evnts | events",
        "run --date 2026-03-02 --set sources.events.pth=x | pth | path",
        "run --date 2026-03-02 --set sources.events.format=xls | format must be csv | got xls",
        "backfill --from-date 2026-03-02 --to-date 2026-03-01 | --from-date | must not come after",
        "vacuum --set vacuum.keep_days=-1 | vacuum.keep_days must be 0 or more | got -1",
      })
  void aCallForSomethingThatDoesNotExistIsToldWhatExists(String call, String what, String next)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of(call.split(" ")));
    Path shop = directory.resolve("good");
    arguments.addAll(
        List.of(
            "--root",
            root.toString(),
            "--conf",
            shop.resolve("shop.conf").toString(),
            "--set",
            "data=" + shop));
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    boolean lacksData = Stream.of("2026-03-09", "--only rank").anyMatch(call::contains);
    assertRefused(run, lacksData ? DATA : USAGE, what, next);
  }

  @Test
  void aStageBeforeThoseItNeedsIsRefused() throws IOException {
    Path empty = directory.resolve("nothing written");
    CommandLineRun run = run(empty, shop("only"), "--only", "intent");
    assertRefused(
        run,
        DATA,
        "stage intent needs table clean_events of 2026-03-02",
        "has not been written",
        "run the stages before it");
  }

  @Test
  void aConfigFileThatIsAbsentOrBrokenIsNamed() throws IOException {
    Path absent = directory.resolve("absent.conf");
    assertRefused(
        CommandLineRun.of(
            "run", "--date", "2026-03-02", "--root", root.toString(), "--conf", absent.toString()),
        USAGE,
        "absent.conf",
        "does not exist",
        "see conf/");
    Path broken = directory.resolve("broken.conf");
    write(broken, "shop { zone = \n sources {");
    assertRefused(
        CommandLineRun.of(
            "run", "--date", "2026-03-02", "--root", root.toString(), "--conf", broken.toString()),
        USAGE,
        "broken.conf",
        "cannot be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "sources.events.options={encoding=utf-9} | sources.events.options.encoding | utf-9",
        "sources.events.options={multiLine=maybe} | sources.events.options.multiLine | true or false",
        "sources.events.options={sep=\"\"} | sources.events.options.sep | between two columns",
        "sources.events.options={quote=\"''\"} | sources.events.options.quote | one character",
        "spark.conf={\"spark.sql.shuffle.partitions\"=-4} | spark.conf | spark.sql.shuffle.partitions",
        "clean.late_days=99999999999 | clean.late_days must be a whole number | 99999999999",
        "policy.daily_cap=1.9 | policy.daily_cap must be a whole number | got 1.9",
      })
  void aSettingThatIsNotAcceptedIsNamed(String setting, String what, String rule)
      throws IOException {
    CommandLineRun run = run(root, shop("settings"), "--until", "clean", "--set", setting);
    assertRefused(run, USAGE, what, rule);
  }

  @Test
  void headersThatDifferOnlyInCaseAreNamedApart() throws IOException {
    Path shop = shop("case");
    for (String day : List.of("2026-03-01", "2026-03-02")) {
      write(shop.resolve("events/" + day + ".csv"), "id,user,item,type,time,price,Price\n");
    }
    assertRefused(
        run(root, shop, "--until", "clean"),
        USAGE,
        "sources.events.columns.price",
        "price_5, Price_6");
  }

  // ---- how it is reported ---------------------------------------------------

  private static void assertRefused(CommandLineRun run, int code, String... words) {
    assertOneLine(run, code, words);
    try {
      assertEquals(good, files(root), "the last good night changed");
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private static void assertOneLine(CommandLineRun run, int code, String... words) {
    assertEquals(code, run.code(), run.toString());
    assertEquals(1, run.error().lines().count(), run.toString());
    assertTrue(run.error().startsWith("nightjar: "), run.toString());
    for (String word : words) {
      assertTrue(run.error().contains(word), "'" + word + "' is not reported: " + run);
    }
    assertNoTrace(run);
  }

  private static void assertGoesOn(CommandLineRun run, String... notes) {
    assertEquals(0, run.code(), run.toString());
    assertEquals("", run.error());
    for (String note : notes) {
      assertTrue(run.out().contains(note), "'" + note + "' is not reported: " + run);
    }
    assertNoTrace(run);
  }

  private static void assertNoTrace(CommandLineRun run) {
    for (String sign : List.of("Exception", "Error:", "at org.", "at dev.", "at java.", "Caused")) {
      assertFalse(run.toString().contains(sign), "'" + sign + "' on the console: " + run);
    }
  }

  // ---- the shop --------------------------------------------------------------

  private static Path shop(String name) throws IOException {
    Path shop = directory.resolve(name);
    write(shop.resolve("events/2026-03-01.csv"), HEADER + SUNDAY);
    write(shop.resolve("events/2026-03-02.csv"), HEADER + MONDAY);
    write(shop.resolve("users.csv"), SHOP_USERS);
    write(shop.resolve("shop.conf"), CONF);
    return shop;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static CommandLineRun run(Path root, Path shop, String... more) {
    return CommandLineRun.of(arguments(root, shop, DAY.toString(), more));
  }

  private static String[] arguments(Path root, Path shop, String date, String... more) {
    Path own = shop.resolve("shop.conf");
    Path conf = Files.exists(own) ? own : directory.resolve("good/shop.conf");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--root",
                root.toString(),
                "--date",
                date,
                "--conf",
                conf.toString(),
                "--set",
                "data=" + shop));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** Every file of a root but its logs, with its bytes. */
  private static Map<String, String> files(Path root) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        if (!name.startsWith("_logs")) {
          byte[] bytes = Files.readAllBytes(file);
          found.put(name, Digests.sha256(new String(bytes, StandardCharsets.ISO_8859_1), 16));
        }
      }
    }
    return found;
  }

  /** The night's rows as text, sorted. */
  private static List<String> rows(Path root, Table table, String... columns) {
    Warehouse warehouse =
        new Warehouse(
            TestSpark.session(),
            Storage.open(
                root.toString(), TestSpark.session().sparkContext().hadoopConfiguration()));
    List<Row> rows = warehouse.read(table, DAY).selectExpr(columns).collectAsList();
    return rows.stream().map(row -> row.mkString("|")).sorted().toList();
  }
}
