package dev.nightjar.features.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import dev.nightjar.features.DataException;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.config.Binder;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Configs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceReaderTest {
  private static final LocalDate D = LocalDate.of(2026, 3, 10);
  private static final SparkSession SPARK = TestSpark.session();

  @TempDir Path folder;

  @Test
  void mapsTheColumnsOfADatedCsvAndTellsTheFilesDay() throws IOException {
    write("in put/2026-03-09.csv", "who,what,when,paid\n u1 ,i1,2026-03-09 10:00:00,1.50\n");
    write(
        "in put/2026-03-10.csv",
        "who,what,when,paid\nu2,\"a \"\"b\"\", c\",2026-03-10 11:00:00,\n");
    write("in put/2026-03-11.csv", "who,what,when,paid\nu3,i1,2026-03-11 11:00:00,2\n");
    SourceConfig config = csv("in put/{date}.csv", mapping());

    List<SourceFile> files = SourceReader.files(SPARK, config, D.minusDays(5), D);
    assertEquals(
        List.of(Optional.of(D.minusDays(1)), Optional.of(D)),
        files.stream().map(SourceFile::day).toList());

    List<Row> rows = rows(SourceReader.read(SPARK, config, files));
    assertEquals(2, rows.size());
    assertEquals("u1", rows.get(0).<String>getAs("user_id"));
    assertEquals("view", rows.get(0).<String>getAs("event_type"));
    assertEquals(
        Timestamp.valueOf("2026-03-09 10:00:00"), rows.get(0).<Timestamp>getAs("event_time"));
    assertEquals(1.5, rows.get(0).<Double>getAs("price"));
    assertEquals(Date.valueOf(D.minusDays(1)), rows.get(0).<Date>getAs(InputTable.SOURCE_DAY));
    assertEquals("a \"b\", c", rows.get(1).<String>getAs("item_id"));
    assertNull(rows.get(1).getAs("price"));
    assertEquals(Date.valueOf(D), rows.get(1).<Date>getAs(InputTable.SOURCE_DAY));
    assertTrue(rows.get(1).<String>getAs(InputTable.SOURCE_PATH).endsWith("2026-03-10.csv"));
    assertEquals(
        "{\"who\":\"u2\",\"what\":\"a \\\"b\\\", c\",\"when\":\"2026-03-10 11:00:00\"}",
        rows.get(1).<String>getAs(InputTable.RAW));
  }

  @Test
  void namesWhatIsNoNumberOrTimeAndLeavesItNull() throws IOException {
    write(
        "a.csv",
        """
        who,what,when,paid
        u1,i1,soon,cheap
        u2,i1,12:30:00,NaN
        u3,i1,2026-03-10T12:30:00Z,1e2
        u4,i1,2026-03-10T14:30:00.000+0200,1
        """);
    List<Row> rows = read(csv("a.csv", mapping()));
    assertEquals(List.of("event_time", "price"), rows.get(0).getList(unreadable(rows)));
    assertEquals(List.of("event_time", "price"), rows.get(1).getList(unreadable(rows)));
    assertEquals(List.of(), rows.get(2).getList(unreadable(rows)));
    assertEquals(
        Timestamp.valueOf("2026-03-10 12:30:00"), rows.get(2).<Timestamp>getAs("event_time"));
    assertEquals(
        Timestamp.valueOf("2026-03-10 12:30:00"), rows.get(3).<Timestamp>getAs("event_time"));
    assertEquals(100.0, rows.get(2).<Double>getAs("price"));
  }

  @Test
  void aRowCutShortIsMalformedAndKeepsItsText() throws IOException {
    write("a.csv", "who,what,when,paid\nu1,i1,2026-03-10 10:00:00,1\nu2,i1,2026-0");
    List<Row> rows = read(csv("a.csv", mapping()));
    assertEquals(false, rows.get(0).<Boolean>getAs(InputTable.MALFORMED));
    assertEquals(true, rows.get(1).<Boolean>getAs(InputTable.MALFORMED));
    assertEquals("u2,i1,2026-0", rows.get(1).<String>getAs(InputTable.RAW));
    assertEquals(List.of("event_time", "price"), rows.get(1).getList(unreadable(rows)));
  }

  @Test
  void aRowWithColumnsTooManyIsMalformed() throws IOException {
    write("a.csv", "who,what,when,paid\nu1,i1,2026-03-10 10:00:00,1,2\n");
    assertEquals(true, read(csv("a.csv", mapping())).get(0).<Boolean>getAs(InputTable.MALFORMED));
  }

  @Test
  void filesMayOrderTheirColumnsInOtherWaysAndAddSome() throws IOException {
    write("1.csv", "who,what,when,paid\nu1,i1,2026-03-10 10:00:00,1\n");
    write("2.csv", "paid,more,when,what,who\n2,x,2026-03-10 11:00:00,i2,u2\n");
    List<Row> rows = read(csv("*.csv", mapping()));
    assertEquals("i2", rows.get(1).<String>getAs("item_id"));
    assertEquals(2.0, rows.get(1).<Double>getAs("price"));
  }

  @Test
  void aFileWithoutARequiredColumnIsBadDataThatNamesTheFile() throws IOException {
    write("1.csv", "who,what,when,paid\nu1,i1,2026-03-10 10:00:00,1\n");
    write("2.csv", "who,what,when,paid\nu1,i1,2026-03-10 10:00:00,1\n");
    write("3.csv", "user,what,when,paid\nu1,i1,2026-03-10 10:00:00,1\n");
    String message =
        assertThrows(DataException.class, () -> read(csv("*.csv", mapping()))).getMessage();
    assertTrue(message.contains("3.csv differs"), message);
    assertTrue(message.contains("names column who"), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void aFileWithoutAnOptionalColumnHasNullsAndIsNoted() throws IOException {
    write("1.csv", "who,what,when,paid\nu1,i1,2026-03-10 10:00:00,1\n");
    write("2.csv", "who,what,when,paid\nu2,i1,2026-03-10 10:00:00,1\n");
    write("3.csv", "who,what,when\nu3,i1,2026-03-10 10:00:00\n");
    SourceConfig config = csv("*.csv", mapping());
    List<String> notes = new ArrayList<>();
    Dataset<Row> rows =
        SourceReader.read(SPARK, config, SourceReader.files(SPARK, config, D, D), notes::add);
    assertEquals(3, rows.count());
    assertEquals(1, rows.where("user_id = 'u3' AND price IS NULL").count());
    assertEquals(1, notes.size());
    assertTrue(notes.get(0).startsWith("events: price is null in 1 file"), notes.get(0));
    assertTrue(notes.get(0).endsWith("3.csv"), notes.get(0));
  }

  /** {@code user} is whoever runs the night to Spark, where no column has the name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"user | user", "lower(`USER`) | USER", "concat(item, current_date) | current_date"})
  void aColumnWhoseNameIsACallToSparkIsAbsentLikeOthers(String sql, String absent)
      throws IOException {
    write("a.csv", "mail,item,kind,time,type\nbob,2,3,4,user\n");
    Map<String, String> columns = mapping();
    columns.putAll(Map.of("user_id", sql, "item_id", "item", "event_time", "time"));
    columns.put("event_type", "IF(type = 'user', kind, type)");
    columns.remove("price");
    List<String> problems =
        assertThrows(ConfigProblems.class, () -> read(csv("a.csv", columns))).messages();
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).contains(" names column " + absent + ", which the source lacks"));
    write("a.csv", "mail,item,kind,time,type,user,current_date\nbob,2,view,4,user,ann,x\n");
    assertEquals(1, read(csv("a.csv", columns)).size());
  }

  @Test
  void allFaultsOfAMappingAreReportedAtOnceWithTheNearestColumn() throws IOException {
    write("a.csv", "CustomerID,StockCode,When\n1,2,3\n");
    Map<String, String> columns = mapping();
    columns.put("user_id", "CustomerIdd");
    columns.put("item_id", "StockCode +");
    columns.put("price", "max(StockCode)");
    columns.put("event_type", "no_such_function(StockCode)");
    columns.put("event_time", "`When`");
    List<String> problems =
        assertThrows(ConfigProblems.class, () -> read(csv("a.csv", columns))).messages();
    assertEquals(4, problems.size(), problems.toString());
    assertEquals(
        "sources.events.columns.user_id = \"CustomerIdd\" names column CustomerIdd, which the source"
            + " lacks: its columns are CustomerID, StockCode, When; did you mean CustomerID?",
        problems.get(3));
    assertEquals(
        "sources.events.columns.item_id = \"StockCode +\" does not compile: Syntax error at or near"
            + " end of input. Write a Spark SQL expression over the source's columns",
        problems.get(1));
    assertTrue(problems.stream().allMatch(problem -> problem.lines().count() == 1));
    assertTrue(problems.toString().contains("must give one value per row"), problems.toString());
    assertTrue(problems.toString().contains("no_such_function"), problems.toString());
  }

  @Test
  void columnsThatDifferOnlyInCaseEachGetTheirPlace() throws IOException {
    write("a.csv", "who,what,when,paid,Paid,_metadata,_raw\nu1,i1,2026-03-10 10:00:00,1,2,x,y\n");
    Map<String, String> columns = mapping();
    String problem =
        assertThrows(ConfigProblems.class, () -> read(csv("a.csv", columns))).getMessage();
    assertTrue(problem.contains("who, what, when, paid_3, Paid_4, _metadata_5, _raw_6"), problem);
    columns.put("price", "paid_4");
    columns.put("device", "_metadata_5");
    columns.put("scene", "_raw_6");
    Row row = read(csv("a.csv", columns)).get(0);
    assertEquals(2.0, row.<Double>getAs("price"));
    assertEquals("x", row.<String>getAs("device"));
    assertEquals("y", row.<String>getAs("scene"));
    assertTrue(row.<String>getAs(InputTable.SOURCE_PATH).endsWith("a.csv"));
  }

  @Test
  void aJsonColumnWithTheNameOfSparksHiddenOneIsRefused() throws IOException {
    write(
        "a.json",
        "{\"who\":\"u1\",\"what\":\"i1\",\"when\":\"2026-03-10 10:00:00\",\"paid\":1,\"_metadata\":\"x\"}");
    String problem =
        assertThrows(
                ConfigProblems.class,
                () -> read(config("a.json", "json", Map.of(), List.of(), mapping())))
            .getMessage();
    assertTrue(problem.contains("_metadata"), problem);
  }

  @Test
  void anEmptyQuoteMeansNoneAndOptionsKnowNoCase() throws IOException {
    write("a.csv", "who;what;when;paid\nu1;\"i1;2026-03-10 10:00:00;1\n");
    Map<String, String> options = Map.of("Sep", ";", "quote", "");
    Row row = read(config("a.csv", "csv", options, List.of(), mapping())).get(0);
    assertEquals("\"i1", row.<String>getAs("item_id"));
  }

  @Test
  void emptyFilesAndDaysWithoutFilesGiveNoRow() throws IOException {
    write("2026-03-09.csv", "");
    write("2026-03-10.csv", "who,what,when,paid\n");
    SourceConfig config = csv("{date}.csv", mapping());
    List<SourceFile> files = SourceReader.files(SPARK, config, D.minusDays(5), D);
    assertEquals(2, files.size());
    assertEquals(List.of(), rows(SourceReader.read(SPARK, config, files)));
    assertEquals(
        List.of(InputTable.EVENTS.mappedSchema().fieldNames()),
        List.of(SourceReader.read(SPARK, config, List.of()).columns()));
  }

  @Test
  void aSourceThatIsNotThereIsBadData() {
    for (String path : List.of("gone/{date}.csv", "gone.csv", "*.csv")) {
      String message =
          assertThrows(
                  DataException.class, () -> SourceReader.files(SPARK, csv(path, mapping()), D, D))
              .getMessage();
      assertTrue(message.startsWith("sources.events.path: " + folder), message);
      assertEquals(1, message.lines().count());
    }
  }

  @Test
  void aDayIsReadFromFoldersToo() throws IOException {
    write("day=2026-03-10/part-0.csv", "who,what,when,paid\nu1,i1,2026-03-10 10:00:00,1\n");
    write("day=2026-03-10/_SUCCESS", "");
    write("day=2026-02-30/part-0.csv", "who,what,when,paid\nu1,i1,2026-03-10 10:00:00,1\n");
    SourceConfig config = csv("day={date}", mapping());
    List<SourceFile> files = SourceReader.files(SPARK, config, D.minusDays(30), D);
    assertEquals(1, files.size());
    List<Row> rows = rows(SourceReader.read(SPARK, config, files));
    assertEquals(Date.valueOf(D), rows.get(0).<Date>getAs(InputTable.SOURCE_DAY));
  }

  @Test
  void aCsvWithoutHeaderHasTheNamesOfTheConfigOrNumbers() throws IOException {
    write("a.csv", "u1,i1,5\nu2,i2\n");
    Map<String, String> columns = mapping();
    columns.put("user_id", "_c0");
    columns.put("item_id", "_c1");
    columns.put("event_time", "timestamp_seconds(CAST(_c2 AS BIGINT))");
    columns.remove("price");
    List<Row> numbered =
        read(config("a.csv", "csv", Map.of("header", "false"), List.of(), columns));
    columns.put("user_id", "who");
    columns.put("item_id", "what");
    columns.put("event_time", "timestamp_seconds(CAST(when AS BIGINT))");
    List<Row> named =
        read(
            config(
                "a.csv",
                "csv",
                Map.of("header", "false"),
                List.of("who", "what", "when"),
                columns));
    for (List<Row> rows : List.of(numbered, named)) {
      assertEquals("u1", rows.get(0).<String>getAs("user_id"));
      assertEquals(
          Timestamp.valueOf("1970-01-01 00:00:05"), rows.get(0).<Timestamp>getAs("event_time"));
      assertEquals(true, rows.get(1).<Boolean>getAs(InputTable.MALFORMED));
    }
  }

  @Test
  void readsJsonLinesWithNestedFieldsAndWrongTypes() throws IOException {
    write(
        "a.json",
        """
        {"user":{"id":7},"what":"i1","when":"2026-03-10 10:00:00","paid":1.5}
        {"user":{"id":8},"what":"i1","when":true,"paid":"much"}
        {"user":{"id":9},"what
        """);
    Map<String, String> columns = mapping();
    columns.put("user_id", "user.id");
    List<Row> rows = read(config("a.json", "json", Map.of(), List.of(), columns));
    assertEquals("7", rows.get(0).<String>getAs("user_id"));
    assertEquals(1.5, rows.get(0).<Double>getAs("price"));
    assertEquals(List.of("event_time", "price"), rows.get(1).getList(unreadable(rows)));
    assertEquals(true, rows.get(2).<Boolean>getAs(InputTable.MALFORMED));
    assertEquals("{\"user\":{\"id\":9},\"what", rows.get(2).<String>getAs(InputTable.RAW));
  }

  @Test
  void readsParquetWithTypesThatDifferBetweenFiles() throws IOException {
    parquet(
        "1.parquet",
        "SELECT 'u1' who, 'i1' what, timestamp'2026-03-10 10:00:00' `when`, 1.5D paid");
    parquet("2.parquet", "SELECT 2L who, 'i1' what, '2026-03-10 11:00:00' `when`, 'NaN' paid");
    List<Row> rows = read(config("*.parquet", "parquet", Map.of(), List.of(), mapping()));
    assertEquals("u1", rows.get(1).<String>getAs("user_id"));
    assertEquals(1.5, rows.get(1).<Double>getAs("price"));
    assertEquals("2", rows.get(0).<String>getAs("user_id"));
    assertEquals(
        Timestamp.valueOf("2026-03-10 11:00:00"), rows.get(0).<Timestamp>getAs("event_time"));
    assertEquals(List.of("price"), rows.get(0).getList(unreadable(rows)));
  }

  @Test
  void aParquetFileCutShortIsBadDataThatNamesTheFile() throws IOException {
    parquet(
        "1.parquet", "SELECT 'u1' who, 'i1' what, timestamp'2026-03-10 10:00:00' `when`, 1 paid");
    byte[] bytes = Files.readAllBytes(folder.resolve("1.parquet"));
    Files.write(folder.resolve("2.parquet"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
    String message =
        assertThrows(
                DataException.class,
                () -> read(config("*.parquet", "parquet", Map.of(), List.of(), mapping())))
            .getMessage();
    assertTrue(message.contains("2.parquet is not readable as parquet"), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void aCompressedFileThatBreaksUnderTheJobIsExplained() throws IOException {
    StringBuilder text = new StringBuilder("who,what,when,paid\n");
    for (int i = 0; i < 20_000; i++) {
      text.append("u").append(i * 7919L % 10_007).append(",i1,2026-03-10 10:00:00,1\n");
    }
    Path file = folder.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    Exception failure = assertThrows(SparkException.class, () -> read(csv("a.csv.gz", mapping())));
    String message = SourceFailure.explain(failure).orElseThrow().getMessage();
    assertTrue(message.contains("a.csv.gz failed while it was read"), message);
    assertEquals(1, message.lines().count());
    assertEquals(Optional.empty(), SourceFailure.explain(new IllegalStateException("else")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "to_utc_timestamp(when, 'Europe/Londn') | INVALID_TIMEZONE",
        "to_utc_timestamp(when, paid) | INVALID_TIMEZONE",
        "to_timestamp(when, 'YYYY-MM-DD') | INCONSISTENT_BEHAVIOR_CROSS_VERSION",
        "to_timestamp(when, 'yyyy bbb') | INVALID_DATETIME_PATTERN",
        "regexp_extract(when, '(', 1) | INVALID_PARAMETER_VALUE.PATTERN",
        "to_number(paid, '999') | INVALID_FORMAT.MISMATCH_INPUT",
        "raise_error(paid) | USER_RAISED_EXCEPTION",
        "format_string('%d', paid) | IllegalFormatConversionException",
        "repeat(paid, 2147483647) | ArithmeticException",
      })
  void anExpressionThatFailsOnARowIsBadDataAndDoesNotShowTheRow(String sql, String kind)
      throws IOException {
    write("a.csv", "who,what,when,paid\nu1,i1,2026-03-10 10:00:00,secret\n");
    Map<String, String> columns = mapping();
    columns.put("query", "CAST(" + sql + " AS STRING)");
    Exception failure = assertThrows(Exception.class, () -> read(csv("a.csv", columns)));
    String message = SourceFailure.explain(failure).orElseThrow().getMessage();
    assertTrue(message.contains("fails on a row (" + kind), message);
    assertTrue(!message.contains("secret") && message.lines().count() == 1, message);
  }

  private static Map<String, String> mapping() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("user_id", "who");
    columns.put("item_id", "what");
    columns.put("event_type", "'view'");
    columns.put("event_time", "when");
    columns.put("price", "paid");
    return columns;
  }

  private SourceConfig csv(String path, Map<String, String> columns) {
    return config(path, "csv", Map.of(), List.of(), columns);
  }

  private SourceConfig config(
      String path,
      String format,
      Map<String, String> options,
      List<String> names,
      Map<String, String> columns) {
    Map<String, Object> section =
        Map.of(
            "path",
            folder + "/" + path,
            "format",
            format,
            "options",
            options,
            "source_columns",
            names,
            "columns",
            columns,
            "lookback_days",
            0);
    ConfigObject defaults = Configs.section("sources").getObject("defaults");
    return Binder.bind(
        SourceConfig.class,
        ConfigValueFactory.fromMap(section).withFallback(defaults).toConfig(),
        "sources.events",
        Map.of("table", () -> InputTable.EVENTS));
  }

  private static List<Row> read(SourceConfig config) {
    return rows(SourceReader.read(SPARK, config, SourceReader.files(SPARK, config, D, D)));
  }

  private static List<Row> rows(Dataset<Row> mapped) {
    return mapped.collectAsList().stream()
        .sorted(Comparator.comparing(row -> String.valueOf(row.<String>getAs("user_id"))))
        .toList();
  }

  private static int unreadable(List<Row> rows) {
    return rows.get(0).fieldIndex(InputTable.UNREADABLE);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void parquet(String name, String sql) throws IOException {
    Path out = folder.resolve("out-" + name);
    SPARK.sql(sql).coalesce(1).write().parquet(out.toString());
    try (var files = Files.list(out)) {
      Path part =
          files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.move(part, folder.resolve(name));
    }
    try (var files = Files.walk(out)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
