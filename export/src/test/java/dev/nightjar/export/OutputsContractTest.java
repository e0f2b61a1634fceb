package dev.nightjar.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.export.table.Decisions;
import dev.nightjar.export.table.PushList;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.Table;
import dev.nightjar.training.table.SendHours;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a warehouse as a mailer would: with DuckDB, by the SQL that docs/outputs.md shows. */
class OutputsContractTest {
  private static final String NIGHT = "2026-03-10";
  private static final Path PAGE = Path.of("..", "docs", "outputs.md");

  @TempDir Path root;
  private final Map<String, String> published = new TreeMap<>();

  private void write(Table table, String run, List<Row> rows) {
    // Not the shared session itself: this one writes timestamps as the page promises.
    SparkSession session = TestSpark.session().newSession();
    session.conf().set("spark.sql.session.timeZone", "UTC");
    session.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    session
        .createDataFrame(rows, table.schema())
        .write()
        .parquet(root + "/" + table.name() + "/date=" + NIGHT + "/run=" + run);
  }

  /**
   * Publishes a run next to a superseded one and a newer one, which the manifest names and which is
   * not published.
   */
  private void publish(Table table, List<Row> superseded, List<Row> rows) throws IOException {
    write(table, "20260311T010000-old", superseded);
    write(table, "20260311T020000-new", rows);
    write(table, "20260311T030000-unchecked", superseded);
    Files.writeString(
        root.resolve(table.name()).resolve("date=" + NIGHT).resolve("_manifest.json"),
        "{\"run\": \"20260311T030000-unchecked\"}");
    published.put(
        table.name(),
        """
        "%s": {"path": "%1$s/date=%s/run=20260311T020000-new", "run": "20260311T020000-new",
         "schema_version": %d, "rows": %d}"""
            .formatted(table.name(), NIGHT, table.version(), rows.size()));
    Path plan = Files.createDirectories(root.resolve("_plan")).resolve("date=" + NIGHT + ".json");
    Files.writeString(
        plan,
        "{\"date\": \"%s\", \"pushes\": 2, \"tables\": {%s}}"
            .formatted(NIGHT, String.join(",\n", published.values())));
  }

  private static Row push(String id, String user, String sendAt, int localHour, String... items) {
    return TestRow.of(PushSchedule.TABLE)
        .set(PushSchedule.PUSH_ID, id)
        .set(PushSchedule.USER_ID, user)
        .set(PushSchedule.ITEMS, items)
        .set(PushSchedule.SEND_AT, Instant.parse(sendAt))
        .set(PushSchedule.LOCAL_HOUR, localHour)
        .set(PushSchedule.ZONE, "Europe/London")
        .set(PushSchedule.OPEN_PROBABILITY, 0.25)
        .set(PushSchedule.EXPECTED_VALUE, 1.5)
        .set(PushSchedule.ARM, "best")
        .set(PushSchedule.PROPENSITY, 0.9)
        .set(PushSchedule.PLANNED_AT, Instant.parse("2026-03-11T00:00:00Z"))
        .set(PushSchedule.VALID_UNTIL, Instant.parse(sendAt).plusSeconds(3600))
        .row();
  }

  private static Row decision(String user, String decision, String detail) {
    return TestRow.of(Decisions.TABLE)
        .set(Decisions.USER_ID, user)
        .set(Decisions.DECISION, decision)
        .set(Decisions.DETAIL, detail)
        .set(Decisions.ARM, "none")
        .set(Decisions.PROPENSITY, 1.0)
        .row();
  }

  private static Row item(String id, String title) {
    return TestRow.of(Items.TABLE)
        .set(Items.IS_LISTED, true)
        .set(Items.ITEM_ID, id)
        .set(Items.TITLE, title)
        .row();
  }

  /** The fenced blocks of a language, in order. */
  private static List<String> blocks(String language) throws IOException {
    Matcher matcher =
        Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(Files.readString(PAGE));
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  private static List<List<String>> rows(Statement statement, String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          row.add(result.getString(column));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** A connection that may load nothing from outside, with the page's first block run. */
  private Connection follow(String setup) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET autoinstall_known_extensions = false");
      for (String command : setup.replace("'warehouse'", "'" + root + "'").split(";\\s*\\n", -1)) {
        if (!command.isBlank()) {
          statement.execute(command);
        }
      }
    }
    return connection;
  }

  @Test
  void thePagesSqlFollowsThePublishedPlan() throws Exception {
    publish(
        PushSchedule.TABLE,
        List.of(push("stale", "u-1", "2026-03-11T05:00:00Z", 5, "i-9")),
        List.of(
            push("p-late", "u-1", "2026-03-11T19:30:00Z", 19, "i-2", "i-1"),
            push("p-early", "u-2", "2026-03-11T08:00:00Z", 8, "i-3")));
    publish(
        Decisions.TABLE,
        List.of(decision("u-1042", "send", "stale")),
        List.of(
            decision("u-1", "send", "1 push at 19h"),
            decision("u-1042", "weekly_cap", "7 pushes in 7 days, 7 allowed")));
    publish(
        Items.TABLE,
        List.of(item("i-1", "Stale")),
        List.of(item("i-1", "Lantern"), item("i-2", "Mug"), item("i-3", null)));
    List<String> sql = blocks("sql");
    assertEquals(3, sql.size());

    try (Connection connection = follow(sql.get(0));
        Statement statement = connection.createStatement()) {
      assertEquals(
          List.of(
              List.of("2026-03-11 08:00:00", "u-2", "p-early", "[i-3]"),
              List.of("2026-03-11 19:30:00", "u-1", "p-late", "[Mug, Lantern]")),
          rows(
              statement,
              "SELECT send_at::TIMESTAMP::VARCHAR, * EXCLUDE send_at FROM ("
                  + sql.get(1).strip().replaceAll(";$", "")
                  + ")"));
      assertEquals(
          List.of(List.of("u-1042", "weekly_cap", "7 pushes in 7 days, 7 allowed", "none")),
          rows(statement, sql.get(2)));
    }
  }

  @Test
  void thePagesSqlReadsNothingOfANightWithoutAPublishedPlan() throws Exception {
    publish(PushSchedule.TABLE, List.of(), List.of());
    publish(Decisions.TABLE, List.of(), List.of());
    publish(Items.TABLE, List.of(), List.of());
    Files.delete(root.resolve("_plan").resolve("date=" + NIGHT + ".json"));
    String setup = blocks("sql").get(0);
    SQLException refused = assertThrows(SQLException.class, () -> follow(setup).close());
    assertTrue(refused.getMessage().contains("_plan/date=" + NIGHT), refused.getMessage());
  }

  @Test
  void sparksTimestampsAndArraysAreReadWithTheTypesThePageSays() throws Exception {
    publish(
        PushSchedule.TABLE,
        List.of(),
        List.of(push("p", "u", "2026-03-11T08:00:00Z", 8, "i-1", "i-2")));
    publish(Decisions.TABLE, List.of(), List.of());
    publish(Items.TABLE, List.of(), List.of());

    try (Connection connection = follow(blocks("sql").get(0));
        Statement statement = connection.createStatement()) {
      assertEquals(
          List.of(List.of("TIMESTAMP WITH TIME ZONE", "1773216000", "VARCHAR[]", "2")),
          rows(
              statement,
              "SELECT typeof(send_at), epoch(send_at)::BIGINT, typeof(items), len(items)"
                  + " FROM read_parquet(getvariable('schedule_files'))"));
    }
  }

  @Test
  void duckDbNeedsNoDownloadForJsonParquetAndTimeZones() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET autoinstall_known_extensions = false");
      assertEquals(
          List.of(List.of("icu"), List.of("json"), List.of("parquet")),
          rows(
              statement,
              "SELECT extension_name FROM duckdb_extensions() WHERE loaded"
                  + " AND extension_name IN ('icu', 'json', 'parquet') ORDER BY 1"));
    }
  }

  @Test
  void thePageListsEveryColumnOfEveryTable() throws IOException {
    String page = Files.readString(PAGE);
    for (Table table :
        List.of(
            PushSchedule.TABLE,
            PushList.TABLE,
            SendHours.TABLE,
            RankedItems.TABLE,
            Decisions.TABLE)) {
      int start = page.indexOf("\n## " + table.name() + "\n");
      assertTrue(start >= 0, table.name());
      String section = page.substring(start, page.indexOf("\n## ", start + 1));
      List<String> listed = new ArrayList<>();
      Matcher matcher = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE).matcher(section);
      while (matcher.find()) {
        listed.add(matcher.group(1));
      }
      assertEquals(List.of(table.columns()), listed, table.name());
    }
  }
}
