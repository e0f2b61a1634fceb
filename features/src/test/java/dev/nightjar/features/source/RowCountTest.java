package dev.nightjar.features.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.features.TestSpark;
import dev.nightjar.features.config.Configs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows of a file are kept or refused, and none is lost: many small files with whatever occurs in
 * files, whose rows are counted by their marks, without the reader's code.
 */
class RowCountTest {
  private static final LocalDate D = LocalDate.of(2026, 3, 10);
  private static final SparkSession SPARK = TestSpark.session();

  /** What each row that a test writes has once. */
  private static final Pattern MARK = Pattern.compile("r\\d+-\\d+r");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"csv, false, 60", "csv, true, 60", "json, false, 60", "json, true, 60"})
  void everyRowIsKeptOrRefused(String format, boolean isWide, int files) throws IOException {
    for (int file = 0; file < files; file++) {
      RandomFile random = new RandomFile(new Random(file * 31L + format.hashCode()), file);
      Files.write(
          folder.resolve("part-%03d.%s".formatted(file, format)),
          format.equals("csv") ? random.csv(isWide) : random.json(isWide));
    }
    String options = format.equals("csv") && isWide ? ", options { multiLine = true }" : "";
    assertEquals(List.of(), lost(format, options));
  }

  /** A line for each file whose rows are not all there, each once. */
  private List<String> lost(String format, String options) throws IOException {
    Map<String, List<String>> kept = new TreeMap<>();
    Map<String, List<String>> refused = new TreeMap<>();
    for (Row row : rows(format, options)) {
      (row.<Boolean>getAs("_malformed") ? refused : kept)
          .computeIfAbsent(
              Path.of(row.getString(0)).getFileName().toString(), n -> new ArrayList<>())
          .add(row.getString(1));
    }
    List<String> lost = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        List<String> written = marks(Files.readString(file, StandardCharsets.ISO_8859_1));
        List<String> found = new ArrayList<>();
        for (String raw : kept.getOrDefault(name, List.of())) {
          if (marks(raw).size() != 1) {
            lost.add(name + " keeps one row of several: " + raw);
          }
          found.addAll(marks(raw));
        }
        refused.getOrDefault(name, List.of()).forEach(raw -> found.addAll(marks(raw)));
        if (!sorted(written).equals(sorted(found))) {
          lost.add(name + " wrote " + written + " found " + found);
        }
      }
    }
    return lost;
  }

  private static List<String> marks(String text) {
    return MARK.matcher(text).results().map(MatchResult::group).toList();
  }

  private static List<String> sorted(List<String> marks) {
    return marks.stream().sorted().toList();
  }

  private List<Row> rows(String format, String options) {
    SourcesConfig sources =
        SourcesConfig.from(
            Configs.section(
                "sources",
                "suppressions { path = \"%s\", format = %s, columns { user_id = u, reason = c }%s }"
                    .formatted(folder, format, options)));
    SourceConfig config = sources.of(InputTable.SUPPRESSIONS).orElseThrow();
    return SourceReader.read(SPARK, config, SourceReader.files(SPARK, config, D, D))
        .select(InputTable.SOURCE_PATH, InputTable.RAW, InputTable.MALFORMED)
        .collectAsList();
  }

  /** A file of up to a dozen rows, among whatever else occurs in files. */
  private static final class RandomFile {
    private final Random random;
    private final int file;
    private int rows;

    RandomFile(Random random, int file) {
      this.random = random;
      this.file = file;
    }

    private String mark() {
      return "r%d-%dr".formatted(file, rows++);
    }

    byte[] csv(boolean isWide) throws IOException {
      String end = one("\n", "\r\n", "\n", isWide ? "\n" : "\r");
      StringBuilder text = new StringBuilder(one("", "", "\ufeff", end, "  " + end));
      text.append("u,c,t").append(end);
      int lines = 1 + random.nextInt(12);
      for (int line = 0; line < lines; line++) {
        text.append(csvLine(isWide)).append(line == lines - 1 ? one(end, "", end + end) : end);
      }
      return bytes(text.toString());
    }

    private String csvLine(boolean isWide) {
      String id = mark();
      return switch (random.nextInt(24)) {
        case 0 -> id + ",bounced," + "x".repeat(200_000);
        case 1 -> id;
        case 2 -> id + ",a,b,c,d,e";
        case 3 -> id + ",a,\"never closed";
        case 4 -> id + ",\"never closed,b";
        case 5 -> "\"" + id + ",a,b";
        case 6 -> id + ",a\"b,c\"";
        case 7 -> id + ",\u0000,b";
        case 8 -> "\u0000" + id + ",a,b";
        case 9 -> "u,c,t\n" + id + ",a,b";
        case 10 -> "\ufeffu,c,t\n" + id + ",a,b";
        case 11 -> "\"u\",\"c\",\"t\"\n" + id + ",a,b";
        case 12 -> "t,u,c\n" + id + ",a,b";
        case 13 -> "\n \n" + id + ",a,b";
        case 14 -> "\u001a" + id + ", \"a\" , \"b\"";
        case 15 -> id + ",\u00fc\u2028\u0085,b";
        case 16 -> id + ",\"a \"\"b\"\" c\",d";
        case 17 -> isWide ? id + ",\"a\nb\",c" : id + ",a,b";
        case 18 -> isWide ? id + ",a,\"b, with a comma\n\nand c\"" : id + ",a,b";
        case 19 -> "#" + id + ",a,b";
        case 20 -> id + ",".repeat(1 + random.nextInt(25_000));
        case 21 -> id + ",\"a\"b\",c";
        case 22 -> id + "\\,\"a\\\",b";
        default -> id + ",left,b";
      };
    }

    byte[] json(boolean isArray) throws IOException {
      StringBuilder text = new StringBuilder(one("", "", "\ufeff", "\n", " "));
      int lines = 1 + random.nextInt(12);
      int arrays = isArray ? 1 + random.nextInt(3) : 1;
      String end = one("\n", "\r\n", "\n\n");
      for (int array = 0; array < arrays; array++) {
        text.append(isArray ? "[" : "");
        for (int line = 0; line < lines; line++) {
          boolean isLast = line == lines - 1;
          text.append(jsonRow(isArray)).append(isArray && !isLast ? "," : "");
          text.append(isLast && array == arrays - 1 && !isArray ? one(end, "") : end);
        }
        text.append(isArray ? "]" + one("\n", "", " ") : "");
      }
      return bytes(text.toString());
    }

    private String jsonRow(boolean isArray) {
      String id = mark();
      return switch (random.nextInt(22)) {
        case 0 -> "{\"u\":\"%s\",\"c\":\"%s\"}".formatted(id, "x".repeat(200_000));
        case 1 -> "{\"u\":{\"id\":\"%s\"},\"c\":\"a\"}".formatted(id);
        case 2 -> "{\"u\":[\"%s\"],\"c\":[]}".formatted(id);
        case 3 -> "{\"u\":\"%s\",\"c\":{\"a\":{\"b\":[1,{}]}}}".formatted(id);
        case 4 -> "{\"U\":\"%s\",\"c\":1}".formatted(id);
        case 5 -> "{\"u\":\"%s\",\"c\":\"} { ] [ , \\\" \"}".formatted(id);
        case 6 -> "{\"u\":\"%s\",\"c\":nope}".formatted(id);
        case 7 -> isArray ? "{\"u\":\"" + id + "\"}" : "{\"u\":\"" + id + "\",\"c\":\"cut";
        case 8 ->
            "{\"u\":\"%s\"}%s{\"u\":\"%s\"}"
                .formatted(id, one("", " ", ",", isArray ? "\n" : ""), mark());
        case 9 -> "[{\"u\":\"%s\"},{\"u\":\"%s\"}]".formatted(id, mark());
        case 10 -> "\"" + id + "\"";
        case 11 -> "{\"u\":\"%s\",\"u\":\"twice\"}".formatted(id);
        case 12 -> "{\"c\":\"%s\"}".formatted(id);
        case 13 -> "{'u':'%s'}".formatted(id);
        case 14 -> "{\"u\":\"%s\",}".formatted(id);
        case 15 -> "{\"u\":\"%s\",\"c\":\"\u0000\"}".formatted(id);
        case 16 -> "{\"u\":\"%s\",\"c\":NaN}".formatted(id);
        case 17 -> "{\"u\":\"%s\",\"c\":\"\u00fc\"}".formatted(id);
        case 18 -> "null\n,".substring(0, isArray ? 6 : 5) + "{\"u\":\"%s\"}".formatted(id);
        case 19 -> "{\"u\":\"%s\",\"c\":%s1%s}".formatted(id, "[".repeat(600), "]".repeat(600));
        default -> "{\"u\":\"%s\",\"c\":\"left\"}".formatted(id);
      };
    }

    private byte[] bytes(String text) {
      boolean isLatin = random.nextInt(5) == 0 && !text.contains("\ufeff");
      return text.getBytes(isLatin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private String one(String... values) {
      return values[random.nextInt(values.length)];
    }
  }
}
