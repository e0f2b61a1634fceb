package dev.nightjar.features.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.nightjar.features.DataException;
import dev.nightjar.features.Soak;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Configs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.util.NativeCodeLoader;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as shops deliver them: read, refused row by row, or named in one line. */
@Soak
class FilesAsTheyComeTest {
  private static final LocalDate D = LocalDate.of(2026, 3, 10);
  private static final SparkSession SPARK = TestSpark.session();
  private static final String USERS = "users { path = \"%s\", columns { user_id = u, consent = c }";

  @TempDir Path folder;

  // ---- one line, which names the file ----------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n \n",
        "<!DOCTYPE html><html>502</html>",
        "<html>\n<body>",
        "<?xml version=\"1.0\"?><Error/>",
        "PAR1xxxx",
        "PK\u0003\u0004xlsx",
        "sep=;\nu;c\nann;true\n"
      })
  void whatIsNoListOfPeopleStopsTheNight(String content) throws IOException {
    write("users.csv", content.getBytes(StandardCharsets.ISO_8859_1));
    String message =
        assertThrows(DataException.class, () -> read(USERS.formatted("users.csv") + "}"))
            .getMessage();
    assertTrue(message.contains("sources.users") && message.contains("users.csv"), message);
    assertEquals(1, message.lines().count());
  }

  @ParameterizedTest
  @CsvSource({"users.json, json", "users.csv, csv"})
  void aCompressedFileUnderAPlainNameIsNamed(String name, String format) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("u,c\nann,true\n".getBytes(StandardCharsets.UTF_8));
    }
    write(name, packed.toByteArray());
    String message =
        assertThrows(
                DataException.class,
                () -> read(USERS.formatted(name) + ", format = " + format + "}"))
            .getMessage();
    assertTrue(message.contains(".gz") && message.contains(name), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bz2", "gz", "snappy", "lz4", "deflate"})
  void plainTextUnderTheNameOfAPackedFileIsNoEmptyList(String ending) throws IOException {
    for (String format : List.of("csv", "json")) {
      for (String text : List.of("u,c\nann,true\n", "{\"u\":\"ann\",\"c\":1}\n", "u")) {
        write("pushes." + ending, text);
        String config =
            "pushes { path = \"pushes.%s\", format = %s, columns { push_id = u, user_id = u, sent_at = c } }";
        String message =
            assertThrows(
                    DataException.class,
                    () -> read(InputTable.PUSHES, config.formatted(ending, format)))
                .getMessage();
        assertTrue(message.contains("pushes." + ending), message);
        assertTrue(message.contains("truncated"), message);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bz2", "gz", "snappy", "lz4", "deflate"})
  void packedFilesAreReadAndAnEmptyOneIsEmpty(String ending) throws IOException {
    pack("users.csv." + ending, "u,c\nann,true\nbob,false\n");
    assertEquals(
        List.of("ann true", "bob false"), users(USERS.formatted("users.csv." + ending) + "}"));
    pack("users.csv." + ending, "");
    String message =
        assertThrows(DataException.class, () -> read(USERS.formatted("users.csv." + ending) + "}"))
            .getMessage();
    assertTrue(message.contains("is empty, without so much as a header"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json"})
  void aPackedFileThatCannotBeUnpackedHereIsNamed(String format) throws IOException {
    assumeFalse(NativeCodeLoader.isNativeCodeLoaded(), "this Hadoop may have it");
    write("users.zst", "(\u00b5/\u00fdxx".getBytes(StandardCharsets.ISO_8859_1));
    String message =
        assertThrows(
                DataException.class,
                () -> read(USERS.formatted("users.zst") + ", format = " + format + "}"))
            .getMessage();
    assertTrue(message.contains("users.zst cannot be unpacked here"), message);
    assertTrue(message.contains("gzip"), message);
  }

  @ParameterizedTest
  @CsvSource({"BZh91AY&SYxx, .bz2", "ý7zXZxx, gzip", "Objxx, Parquet"})
  void anotherFormatUnderAPlainNameIsNamed(String content, String advice) throws IOException {
    String first = content.replace("Obj", "Obj\u0001");
    write("users.csv", first.getBytes(StandardCharsets.ISO_8859_1));
    String message =
        assertThrows(DataException.class, () -> read(USERS.formatted("users.csv") + "}"))
            .getMessage();
    assertTrue(message.contains(advice), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void utf16WithoutTheOptionIsNamed(String charset) throws IOException {
    write("users.csv", ("\ufeff" + "u,c\nann,true\n").getBytes(Charset.forName(charset)));
    String message =
        assertThrows(DataException.class, () -> read(USERS.formatted("users.csv") + "}"))
            .getMessage();
    assertTrue(message.contains("options.encoding = UTF-16"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32BE"})
  void aWideEncodingWithoutAMarkIsNamed(String charset) throws IOException {
    write("users.csv", "u,c\nann,true\n".getBytes(Charset.forName(charset)));
    String message =
        assertThrows(DataException.class, () -> read(USERS.formatted("users.csv") + "}"))
            .getMessage();
    assertTrue(message.contains("begins with zero bytes"), message);
  }

  @Test
  void aHeaderThatBeginsWithAZeroIsAHeader() throws IOException {
    write("users.csv", "\0u,c,d\nann,true,1\n");
    assertEquals(List.of("ann true"), users(USERS.formatted("users.csv") + "}"));
  }

  @Test
  void aJsonObjectOverManyLinesIsNoListOfObjects() throws IOException {
    write("users.json", "{\n \"u\": \"ann\",\n \"c\": true\n}\n");
    String message =
        assertThrows(
                DataException.class, () -> read(USERS.formatted("users.json") + ", format = json}"))
            .getMessage();
    assertTrue(message.contains("users.json"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int32 t (TIME(MILLIS,true));",
        "int64 t (TIME(MICROS,true));",
        "fixed_len_byte_array(16) t (UUID);",
        "fixed_len_byte_array(12) t (INTERVAL);",
        "fixed_len_byte_array(2) t (FLOAT16);",
        "binary t (DECIMAL(60,2));",
        "group t { optional int64 t (TIME(NANOS,true)); }",
        "group t (LIST) { repeated group list { optional fixed_len_byte_array(16) t (UUID); } }"
      })
  void aParquetColumnThatSparkDoesNotReadIsNamed(String column) throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required binary u (UTF8); optional " + column + " }");
    org.apache.hadoop.fs.Path path =
        new org.apache.hadoop.fs.Path(folder.resolve("users.parquet").toUri());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(path).withType(schema).build()) {
      writer.write(new SimpleGroupFactory(schema).newGroup().append("u", "ann"));
    }
    String message =
        assertThrows(
                DataException.class,
                () ->
                    read(
                        "users { path = \"users.parquet\", format = parquet, columns { user_id = u } }"))
            .getMessage();
    assertTrue(message.contains("column t") && message.contains("users.parquet"), message);
    assertTrue(message.contains("write it as text"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "json, samplingRatio, abc",
    "json, timeZone, Mars/Olympus",
    "json, timestampFormat, bbb",
    "json, maxNestingDepth, deep",
    "json, maxStringLen, -5",
    "json, inferTimestamp, maybe",
    "json, lineSep, ''",
    "json, modifiedAfter, 2099-01-01T00:00:00",
    "json, pathGlobFilter, '['",
    "csv, samplingRatio, abc",
    "csv, unescapedQuoteHandling, x",
    "csv, inputBufferSize, 0",
    "csv, lineSep, abc",
    "csv, quoteAll, maybe",
    "csv, timeZone, Mars/Olympus",
    "csv, ignoreCorruptFiles, true",
    "csv, path, /nowhere",
    "parquet, datetimeRebaseMode, x",
    "parquet, compression, best",
  })
  void anOptionThatSparkDoesNotTakeIsNamed(String format, String option, String value)
      throws IOException {
    write("users.csv", "{\"u\":\"ann\",\"c\":1}\n");
    String config =
        USERS.formatted("users.csv")
            + ", format = %s, options { %s = \"%s\" } }".formatted(format, option, value);
    List<String> problems = assertThrows(ConfigProblems.class, () -> read(config)).messages();
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).startsWith("sources.users.options"), problems.toString());
    assertTrue(problems.get(0).contains(option), problems.toString());
  }

  @Test
  void optionsThatSparkTakesAreNoProblem() throws IOException {
    write("users.csv", "u;c\n'ann';true\n'bob';false\n");
    assertEquals(
        List.of("ann true", "bob false"),
        users(
            USERS.formatted("users.csv")
                + ", options { sep = \";\", QUOTE = \"'\", nullValue = x, timeZone = Asia/Tokyo,"
                + " lineSep = \"\\n\", ignoreCorruptFiles = false, escape = \"\\\\\" } }"));
  }

  // ---- read ------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"u\":\"ann\",\"c\":true},{\"u\":\"bob\",\"c\":false}]",
        "[\n  {\n    \"u\": \"ann\",\n    \"c\": true\n  },\n  {\"u\": \"bob\", \"c\": false}\n]\n",
        "\n [ {\"u\":\"ann\",\"c\":\"yes\"}\n, {\"c\":\"no\",\"u\":\"bob\"} ]",
        "{\"u\":\"ann\",\"c\":1}\n{\"u\":\"bob\",\"c\":0}\n",
        "\ufeff[{\"u\":\"ann\",\"c\":1}]\n[{\"u\":\"bob\",\"c\":0}]",
        "[{\"u\":\"ann\",\"c\":1},{\"u\":\"ned\",\"c\":nope},\n\n{\"u\":\"bob\",\"c\":0},\n{\"u\":\"cut",
        "{\"u\":\"ann\",\"c\":1} {\"u\":\"bob\",\"c\":0}\n{\"u\":\"ned\",\"u\":\"ted\",\"c\":1}\n",
        "\ufeff{\"u\":\"ann\",\"c\":\"Y\"}\n\n{\"u\":\"bob\",\"C\":\"N\"}\n",
        "{\"U\":\"ann\",\"c\":\"Y\"}\n{\"u\":\"bob\",\"c\":\"N\"}\n"
      })
  void jsonIsLinesOrAnArrayInAnyCaseOfItsKeys(String content) throws IOException {
    write("users.json", content);
    assertEquals(
        List.of("ann true", "bob false"),
        users(USERS.formatted("users.json") + ", format = json}"));
  }

  @ParameterizedTest
  @CsvSource({"UTF-8", "UTF-16", "UTF-16LE"})
  void aJsonArrayWithoutElementsIsAnEmptyList(String charset) throws IOException {
    for (String text : List.of("[]", "\ufeff[]\n", " \n[ \n ]\r\n")) {
      write("lists/a.json", text.getBytes(Charset.forName(charset)));
      String config =
          USERS.formatted("lists")
              + ", format = json, options { encoding = %s } }".formatted(charset);
      assertEquals(List.of(), users(config), text);
      write("lists/b.json", "[{\"u\":\"ann\",\"c\":1}]".getBytes(Charset.forName(charset)));
      assertEquals(List.of("ann true"), users(config), text);
      Files.delete(folder.resolve("lists/b.json"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[ ", "]", "[}", "[[", "[nothing]"})
  void whatOnlyBeginsLikeAnEmptyArrayIsCutShort(String text) throws IOException {
    write("users.json", text);
    String message =
        assertThrows(
                DataException.class, () -> read(USERS.formatted("users.json") + ", format = json}"))
            .getMessage();
    assertTrue(message.contains("users.json has no row that can be read as json"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "u,c\nann,true\nbob,false\n",
        "u, c\n\"ann\", \"true\"\n\"bob\" , false\n",
        "\ufeffu,c\r\nann,yes\r\nbob,no\r\n",
        "\n\nu,c\n\nann,1\n\nbob,0\n\n",
        "#,u,c\n1,ann,true\n2,bob,false\n",
        "u,c\nann,true\nu,c\nbob,false\n",
        "u,c\n\u200bann\u00a0,true\n\ufeffbob,false\n",
        "u,c\nann,true\n\ufeff\"bob\",false\n",
        "u,c\n\u200b \"ann\",true\n\"bob\",false\n",
        "c,u\ntrue,\u00a0\"ann\"\nfalse,\"bob\"\u00a0\n",
        "u,c\nann,true\n\u2069\"\u00a0bob \"\u200b,false\n"
      })
  void csvIsReadWithBlanksQuotesAndHeadersWhereTheyAre(String content) throws IOException {
    write("users.csv", content);
    assertEquals(List.of("ann true", "bob false"), users(USERS.formatted("users.csv") + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\u00a0\"a\"\"b\" | a\"b | quote = \"\\\"\"",
        "\u00a0\"a\"b\" | \"a\"b\" | quote = \"\\\"\"",
        "\"\"\"ann\"\"\" | \"ann\" | quote = \"\\\"\"",
        "\u00a0'ann' | ann | quote = \"'\"",
        "\u00a0\"ann\" | \"ann\" | quote = \"'\"",
        "\u00a0\"ann\" | \"ann\" | quote = \"\"",
        "\u00a0\"a\\\"b\" | a\"b | escape = \"\\\\\"",
      },
      quoteCharacter = '\u0001')
  void onlyAQuoteIsAQuote(String cell, String id, String option) throws IOException {
    write("users.csv", "u,c\n" + cell + ",true\n");
    assertEquals(
        List.of(id + " true"),
        users(USERS.formatted("users.csv") + ", options { " + option + " } }"));
  }

  @ParameterizedTest
  @CsvSource({"UTF-16, '\\n'", "UTF-16LE, '\\r\\n'", "UTF-16BE, '\\n'", "UTF-32, '\\n'"})
  void wideEncodingsAreReadWhole(String charset, String end) throws IOException {
    String text = "u,c\\nann,true\\nbob,false\\n".replace("\\n", end.translateEscapes());
    write("users.csv", text.getBytes(Charset.forName(charset)));
    assertEquals(
        List.of("ann true", "bob false"),
        users(USERS.formatted("users.csv") + ", options { encoding = " + charset + " } }"));
  }

  @Test
  void commentsBeforeAHeaderAreSkippedWhereTheOptionSaysSo() throws IOException {
    write("users.csv", "# made by a report\n# of today\nu,c\nann,true\n# in between\nbob,false\n");
    assertEquals(
        List.of("ann true", "bob false"),
        users(USERS.formatted("users.csv") + ", options { comment = \"#\" } }"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a[1].csv", "a b.csv", "a{x,y}.csv", "a=1.csv", "a:b.csv", "ä%20.csv", "a*.csv"})
  void anyNameOfAFileIsAName(String name) throws IOException {
    write("lists/" + name, "u,c\nann,true\nbob,false\n");
    assertEquals(List.of("ann true", "bob false"), users(USERS.formatted("lists") + "}"));
  }

  @Test
  void foldersNameColumns() throws IOException {
    write("lists/c=true/part-0.csv", "u\nann\n");
    write("lists/c=false/part-0.csv", "u\nbob\n");
    assertEquals(List.of("ann true", "bob false"), users(USERS.formatted("lists") + "}"));
  }

  @ParameterizedTest
  @CsvSource({
    "l=50%, 50%",
    "l=%zz, %zz",
    "l=a+b%20c, a+b c",
    "l=100%25, 100%",
    "l=, ''",
    "x%=1/l=de, de",
    "%6C=de, de"
  })
  void aFolderIsDecodedWhereItIsEncoded(String path, String locale) throws IOException {
    write("lists/" + path + "/part-0.csv", "u,c\nann,true\n");
    Dataset<Row> rows =
        read("users { path = \"lists\", columns { user_id = u, locale = l, consent = c } }");
    assertEquals(locale, rows.selectExpr("coalesce(locale, '')").first().getString(0));
  }

  @Test
  void repeatedAndBlankNamesOfColumnsAreToldApart() throws IOException {
    write("users.csv", "x,ann,x,true,x\ny,bob,y,false,y\n");
    assertEquals(
        List.of("ann true", "bob false"),
        users(
            USERS.formatted("users.csv")
                + ", options { header = false }, source_columns = [_, u, _, c, _] }"));
  }

  @Test
  void countsOfAnyUnitAreToldApartBySize() throws IOException {
    write(
        "users.csv",
        "u,c,at\na,1,1773144000\nb,1,1773144000000\nc,1,1773144000000000\nd,1,1773144000.5\ne,1,soon\n");
    Dataset<Row> rows =
        read(
            "users { path = \"users.csv\", columns { user_id = u, consent = c, updated_at ="
                + " \"timestamp_auto(at)\" } }");
    assertEquals(
        List.of(
            "a 2026-03-10 12:00:00",
            "b 2026-03-10 12:00:00",
            "c 2026-03-10 12:00:00",
            "d 2026-03-10 12:00:00.5",
            "e -"),
        rows
            .selectExpr("concat(user_id, ' ', coalesce(string(updated_at), '-'))")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList());
  }

  // ---- one bad row costs that row ----------------------------------------------

  @Test
  void aQuoteThatIsNeverClosedCostsTheRowsItSwallowsAndNoOthers() throws IOException {
    StringBuilder text = new StringBuilder("u,c,t\n");
    for (int row = 0; row < 20; row++) {
      text.append("u%d,true,%st%d%n".formatted(row, row == 7 ? "\"" : "", row));
    }
    write("users.csv", text.toString());
    Dataset<Row> rows = read(USERS.formatted("users.csv") + ", options { multiLine = true } }");
    assertEquals(7, rows.where("NOT _malformed").count());
    assertEquals(1, rows.where("_malformed").count());
  }

  @Test
  void aJsonObjectInPlaceOfAValueIsNamedWithItsFields() throws IOException {
    write("users.json", "{\"u\":{\"$oid\":\"ann\"},\"c\":{\"$bool\":true,\"x\":1}}\n");
    List<String> problems =
        assertThrows(
                ConfigProblems.class,
                () -> read(USERS.formatted("users.json") + ", format = json}"))
            .messages();
    assertEquals(1, problems.size());
    assertTrue(
        problems.get(0).contains("columns.consent") && problems.get(0).contains("$bool, x"),
        problems.get(0));
  }

  @Test
  void anOptionalKeyThatNoRowHasIsNullAndARequiredOneIsAnError() throws IOException {
    write("users.json", "{\"u\":\"ann\",\"c\":1}\n");
    String zone =
        USERS.formatted("users.json").replace("consent = c", "consent = c, locale = locale");
    assertEquals(List.of("ann true"), users(zone + ", format = json}"));
    write("users.json", "{\"u\":\"ann\",\"c\":1,\"local\":\"de\"}\n");
    assertThrows(ConfigProblems.class, () -> users(zone + ", format = json}"));
    write("users.json", "{\"u\":\"ann\"}\n");
    assertThrows(
        ConfigProblems.class, () -> users(USERS.formatted("users.json") + ", format = json}"));
    write("users.json", "{\"usr\":\"ann\"}\n");
    String problem =
        assertThrows(
                ConfigProblems.class,
                () -> read(USERS.formatted("users.json") + ", format = json}"))
            .messages()
            .toString();
    assertTrue(problem.contains("names column u,"), problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "u.id | {'u':{'id':'bob'},'c':1}",
        "u.id | {'u':'bob','c':1}",
        "u.id | {'u':[],'c':1}",
        "u.id | {'u':7,'c':1}",
        "u.id | {'U':{'id':'bob'},'c':1}",
        "u.id | {'u':{'id':'bob'},'u':{'id':'bob'},'c':1}",
        "u.id | {'u':{'id':'bob'},'c':{'d':[]}}",
        "u.of.id | {'u':{'of':'bob'},'c':1}",
        "u.of.id | {'u':{'of':[]},'c':1}",
        "u.of.id | {'u':'','c':1}",
      })
  void aValueOfAnotherShapeCostsItsRow(String path, String row) throws IOException {
    String good =
        path.equals("u.id") ? "{'u':{'id':'ann'},'c':1}" : "{'u':{'of':{'id':'ann'}},'c':1}";
    for (String list : List.of("%s\n%s\n", "[%s,\n%s]")) {
      write("users.json", list.formatted(row, good).replace('\'', '"'));
      Dataset<Row> rows =
          read(USERS.formatted("users.json").replace("= u", "= " + path) + ", format = json}");
      assertEquals(2, rows.count(), list);
      assertEquals(1, rows.where("NOT _malformed AND user_id = 'ann'").count(), list);
      assertEquals(1, rows.where("_malformed OR user_id = 'bob' OR user_id IS NULL").count(), list);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'p':'p1','o':null|'p':'p2','o':null",
        "'p':'p1','o':[]|'p':'p2','o':[ ]",
        "'p':'p1','o':[]|'p':'p2'",
        "'p':'p1','o':{}|'p':'p2','o':[]",
        "'p':'p1','o':{'of':null}|'p':'p2','o':{'of':[]}",
        "'p':'p1','o':{'of':{}}|'p':'p2','o':{'x':1}"
      })
  void aKeyWithinOneThatNoRowFillsIsAKeyThatNoRowHas(String rows) throws IOException {
    write("pushes.json", objects(rows));
    String path = rows.contains("of") ? "o.of" : "o";
    List<String> notes = new ArrayList<>();
    Dataset<Row> read = read(InputTable.PUSHES, nested(path), notes);
    assertEquals(
        2, read.where("NOT _malformed AND opened_at IS NULL AND size(_unreadable) = 0").count());
    assertEquals(1, notes.size(), notes.toString());
    assertTrue(
        notes.get(0).startsWith("pushes: opened_at, unsubscribed_at are null in 1 file"),
        notes.toString());
  }

  @Test
  void whatIsNoObjectCostsItsRowAlsoWhereNoRowHasOne() throws IOException {
    write("pushes.json", objects("'p':'p1','o':null|'p':'p2','o':'none'|'p':'p3'"));
    Dataset<Row> read = read(InputTable.PUSHES, nested("o"));
    assertEquals(2, read.where("NOT _malformed AND push_id IN ('p1', 'p3')").count());
    assertEquals(
        1, read.where("_malformed AND array_contains(_unreadable, 'unsubscribed_at')").count());
  }

  @Test
  void whatOnlyATextNamesIsNotLookedInto() throws IOException {
    write("pushes.json", objects("'p':'p1','o':'mug'"));
    String config =
        nested("x")
            .replace("opened_at = x.opened", "item_id = \"IF(p = 'o.left', 'o', o)\"")
            .replace("= x.left", "= null");
    Dataset<Row> read = read(InputTable.PUSHES, config);
    assertEquals(1, read.where("NOT _malformed AND item_id = 'mug'").count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{}", "'none'"})
  void consentAndWhatIsRequiredMustBeSomewhere(String empty) throws IOException {
    write("users.json", objects("'u':'ann','o':" + empty));
    String config =
        USERS.formatted("users.json").replace("consent = c", "consent = o.push")
            + ", format = json }";
    assertThrows(ConfigProblems.class, () -> read(config));
    write("pushes.json", objects("'p':'p1','o':" + empty));
    String sent = nested("o").replace("sent_at = t", "sent_at = o.sent");
    assertThrows(ConfigProblems.class, () -> read(InputTable.PUSHES, sent));
  }

  private static String objects(String rows) {
    return "{'t':'2026-03-09',"
        + rows.replace("|", "}\n{'t':'2026-03-09',").replace('\'', '"')
        + "}\n";
  }

  private static String nested(String path) {
    return "pushes { path = \"pushes.json\", format = json, columns { push_id = p, user_id = p, sent_at = t, opened_at = %s.opened, unsubscribed_at = %1$s.left } }"
        .formatted(path);
  }

  @Test
  void aColumnThatTonightsFileLacksAndEarlierOnesHadIsNull() throws IOException {
    String config =
        "users { path = \"users-{date}.csv\", columns { user_id = u, consent = c, locale = l } }";
    write("users-2026-03-10.csv", "u,c\nann,1\n");
    ConfigProblems problems = assertThrows(ConfigProblems.class, () -> read(config));
    assertTrue(problems.messages().get(0).contains("names column l"), problems.toString());
    write("users-2026-03-03.csv", "u,c,l\nann,1,de\n");
    assertEquals(List.of("ann true"), users(config));
    assertTrue(read(config).first().isNullAt(read(config).schema().fieldIndex("locale")));
  }

  @Test
  void aRowInPlaceOfAHeaderIsNotShown() throws IOException {
    write("users.csv", "17,bob@example.org,N\nu1,ann,true\n");
    List<String> problems =
        assertThrows(ConfigProblems.class, () -> read(USERS.formatted("users.csv") + "}"))
            .messages();
    assertTrue(problems.get(0).endsWith("is it a header?"), problems.toString());
    assertTrue(problems.stream().noneMatch(line -> line.contains("bob")), problems.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{y0},{\"u\":\"dan\",\"c\":0,\"n\":\"said \"no\"\"},{y1},{y2}]",
        "{y0}\n{\"u\":\"dan\",\"c\":0,\"n\":\"said \"no\"\"}\n{y1}\n{y2}\n",
        "[\n{y0},\n{\n\"u\":\"dan\",\n\"c\":0,\n\"n\":nope\n},\n{y1},\n{y2}]",
        "{y0}{\"u\":\"dan\",\"u\":\"don\"}{y1} , {y2}",
      })
  void aBrokenValueOfJsonNamesItsUserAndCostsNoOther(String content) throws IOException {
    write("users.json", content.replaceAll("\\{y(\\d)}", "{\"u\":\"y$1\",\"c\":1}"));
    Dataset<Row> rows = read(USERS.formatted("users.json") + ", format = json}");
    assertEquals(4, rows.count());
    assertEquals(3, rows.where("NOT _malformed AND consent AND user_id LIKE 'y_'").count());
    assertEquals(1, rows.where("_malformed AND user_id = 'dan'").count());
  }

  @Test
  void aQuoteInUtf16ThatIsNeverClosedCostsTheRowsItSwallows() throws IOException {
    write("users.csv", "u,c\nann,1\nbob,\"1\neve,0\nhal,0\n".getBytes(StandardCharsets.UTF_16));
    Dataset<Row> rows = read(USERS.formatted("users.csv") + ", options { encoding = UTF-16 } }");
    assertEquals(1, rows.where("NOT _malformed").count());
  }

  @Test
  void aLineBreakWithinQuotesIsNoRow() throws IOException {
    write(
        "users.csv", "u,c,qf,qt,address\nann,true,,,\"12 Main St\nSpringfield, IL, 62701, USA\"\n");
    assertEquals(
        List.of("ann true"),
        users(USERS.formatted("users.csv") + ", options { multiLine = true } }"));
    write("users.csv", "u\nx1\n\"bob\neve\nhal\n");
    String one = USERS.formatted("users.csv").replace(", consent = c", "");
    assertEquals(List.of("x1 null"), users(one + ", options { multiLine = true } }"));
  }

  @Test
  void aListOfPeopleHasNoMappedColumnTwice() throws IOException {
    write("users.csv", "u,c,c\nann,true,false\n");
    String message =
        assertThrows(DataException.class, () -> read(USERS.formatted("users.csv") + "}"))
            .getMessage();
    assertTrue(message.contains("has the column c twice"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"push opt in", "opt-in", "2fa", "a`b"})
  void noNameHidesThatAMappedColumnIsThereTwice(String name) throws IOException {
    write("users.csv", "u,%s,%1$s\nann,true,false\n".formatted(name));
    String mapping =
        USERS
            .formatted("users.csv")
            .replace("consent = c", "consent = \"`%s`\"".formatted(name.replace("`", "``")));
    String message = assertThrows(DataException.class, () -> read(mapping + "}")).getMessage();
    assertTrue(message.contains("has the column " + name + " twice"), message);
  }

  @Test
  void aNameThatBeginsWithAFigureNeedsNoBackquotesToBeMapped() throws IOException {
    write("users.csv", "u,2fa,2fa\nann,true,false\n");
    String mapping = USERS.formatted("users.csv").replace("consent = c", "consent = 2fa");
    assertThrows(DataException.class, () -> read(mapping + "}"));
  }

  @Test
  void aPushLogHasNoMappedColumnTwice() throws IOException {
    write("pushes.csv", "id,user,x,x,sent,unsub,unsub\np1,ann,1,2,2026-03-09,,2026-03-10\n");
    String config =
        "pushes { path = \"pushes.csv\", columns { push_id = id, user_id = user, sent_at = sent, unsubscribed_at = unsub } }";
    String message =
        assertThrows(DataException.class, () -> read(InputTable.PUSHES, config)).getMessage();
    assertTrue(message.contains("has the column unsub twice"), message);
  }

  @Test
  void sourceColumnsNameNoMappedColumnTwice() throws IOException {
    write("users.csv", "ann,true,false\n");
    String config =
        USERS.formatted("users.csv") + ", options { header = false }, source_columns = [u, c, c] }";
    List<String> problems = assertThrows(ConfigProblems.class, () -> read(config)).messages();
    assertEquals(
        List.of(
            "sources.users.source_columns have c twice, and nobody can tell which one holds: rename one of them"),
        problems);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mu\u0308ller", "m\u00fcller\u2069", "\u202em\u00fcl\u2063ler\u061c"})
  void anIdIsWhatPeopleSee(String id) throws IOException {
    write("users.csv", "u,c\n" + id + ",1\n");
    assertEquals(List.of("m\u00fcller true"), users(USERS.formatted("users.csv") + "}"));
  }

  private List<String> users(String config) {
    return read(config)
        .where("NOT _malformed")
        .selectExpr("concat_ws(' ', user_id, coalesce(string(consent), 'null'))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private void pack(String name, String text) throws IOException {
    org.apache.hadoop.conf.Configuration hadoop = SPARK.sparkContext().hadoopConfiguration();
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
    try (OutputStream packed =
        new CompressionCodecFactory(hadoop)
            .getCodec(path)
            .createOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      packed.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Dataset<Row> read(String config) {
    return read(InputTable.USERS, config);
  }

  private Dataset<Row> read(InputTable input, String config) {
    return read(input, config, new ArrayList<>());
  }

  private Dataset<Row> read(InputTable input, String config, List<String> notes) {
    SourcesConfig sources =
        SourcesConfig.from(
            Configs.section("sources", config.replace("path = \"", "path = \"" + folder + "/")));
    SourceConfig source = sources.of(input).orElseThrow();
    return SourceReader.read(SPARK, source, SourceReader.files(SPARK, source, D, D), notes::add);
  }

  private void write(String name, String text) throws IOException {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }
}
