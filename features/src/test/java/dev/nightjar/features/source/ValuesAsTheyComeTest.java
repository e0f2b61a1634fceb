package dev.nightjar.features.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.TestSpark;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Configs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values as shops write them: read, or unreadable in that row alone, or named in one line. */
class ValuesAsTheyComeTest {
  private static final LocalDate D = LocalDate.of(2026, 3, 10);
  private static final SparkSession SPARK = TestSpark.session();

  @TempDir Path folder;

  // ---- times -------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "timestamp_seconds(CAST(at AS BIGINT)), 1773144000000000",
    "timestamp_seconds(CAST(at AS BIGINT)), 1773144000000000000",
    "timestamp_millis(CAST(at AS BIGINT)), 1773144000000000000",
    "timestamp_micros(CAST(at AS BIGINT)), 1773144000000000000",
    "timestamp_auto(at), 99999999999999999999999999",
    "timestamp_auto(at), 1e30",
    "timestamp_auto(at), -1",
    "timestamp_auto(at), yes",
    "timestamp_auto(at), 0",
    "at, 1773144000000000000",
    "at, 2026-03-10 12:00:00 BST",
    "at, 2026-03-10 12:00:00 IST",
    "at, 2026-03-10 12:00:00CST",
    "at, 2026-03-10T12:00:00 EST5EDT",
    "at, 12:00:00",
  })
  void aTimeThatIsNoneIsUnreadableInItsRowAlone(String expression, String value)
      throws IOException {
    write("users.csv", "u,at\nann,%s\nbob,\n".formatted(value));
    assertEquals(
        List.of("ann - updated_at", "bob - "),
        texts(
            csv("updated_at = \"" + expression + "\""),
            "concat(user_id, ' ', coalesce(string(updated_at), '-'), ' ', array_join(_unreadable, ','))"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-10 12:00:00 UTC",
        "2026-03-10T12:00:00Z",
        "2026-03-10 13:00:00+0100",
        "2026-03-10T13:00:00+01:00",
        "2026-03-10 13:00:00 Europe/Berlin",
        "2026-03-10 12:00:00 Europe/London"
      })
  void aTimeWithAPlaceOrAnOffsetIsRead(String value) throws IOException {
    write("users.csv", "u,at\nann,%s\n".formatted(value));
    assertEquals(
        List.of("2026-03-10 12:00:00"), texts(csv("updated_at = at"), "string(updated_at)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"at", "timestamp_auto(at)"})
  void noTimeIsNoUnreadableTime(String expression) throws IOException {
    write("users.csv", "u,at\na,0000-00-00 00:00:00\na,\\N\na,NULL\na,NaT\na,\" \"\n");
    assertEquals(
        List.of("0", "0", "0", "0", "0"),
        texts(csv("updated_at = \"" + expression + "\""), "string(size(_unreadable))"));
  }

  // ---- types that a column cannot be made of ----------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "price = \"CAST('2026-03-10 12:00:00' AS TIMESTAMP_NTZ)\"",
        "price = \"make_interval(1)\"",
        "updated_at = \"make_interval(1)\"",
        "updated_at = \"parse_json('1')\"",
        "price = \"map('a', 1)\"",
        "updated_at = \"array(1, 2)\"",
        "updated_at = \"named_struct('d', '2026-03-10')\""
      })
  void aValueOfATypeThatTheColumnCannotBeIsNamedOrUnreadable(String column) throws IOException {
    write("items.csv", "i\nmug\n");
    SourceConfig items =
        config("items { path = \"items.csv\", columns { item_id = i, " + column + " } }");
    try {
      SourceReader.read(SPARK, items, SourceReader.files(SPARK, items, D, D)).count();
    } catch (ConfigProblems problems) {
      assertTrue(
          problems.messages().get(0).contains("sources.items.columns."),
          problems.messages().get(0));
    }
  }

  // ---- ids ------------------------------------------------------------------------

  @Test
  void idsOfBinaryColumnsAreTrimmedAsTextIs() throws IOException {
    write("users.csv", "u,at\n\" ann\u200b \",x\n\" \",x\n");
    assertEquals(
        List.of("-", "ann"),
        texts(
            config("users { path = \"users.csv\", columns { user_id = \"CAST(u AS BINARY)\" } }"),
            "coalesce(user_id, '-')"));
  }

  @Test
  void floatIdsBeyondTheirPrecisionAreNotWrittenAsIfTheyWereExact() throws IOException {
    write("users.csv", "u,at\n123456789,x\n7,x\n");
    assertEquals(
        List.of("1.23456792E8", "7"),
        texts(
            config("users { path = \"users.csv\", columns { user_id = \"CAST(u AS FLOAT)\" } }"),
            "user_id"));
  }

  private SourceConfig csv(String column) {
    return config("users { path = \"users.csv\", columns { user_id = u, " + column + " } }");
  }

  private List<String> texts(SourceConfig config, String expression) {
    Dataset<Row> rows = SourceReader.read(SPARK, config, SourceReader.files(SPARK, config, D, D));
    return rows.selectExpr(expression).collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private SourceConfig config(String text) {
    SourcesConfig sources =
        SourcesConfig.from(
            Configs.section("sources", text.replace("path = \"", "path = \"" + folder + "/")));
    return sources.of(text.startsWith("users") ? InputTable.USERS : InputTable.ITEMS).orElseThrow();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
