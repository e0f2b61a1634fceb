package dev.nightjar.features.source;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import dev.nightjar.features.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.catalyst.csv.CSVExprUtils;

/** Names of a CSV file's columns: its header, or {@code _c0, _c1, ...} without one. */
final class CsvHeader {
  /** Names of Spark's hidden column and of the columns that reading adds. */
  private static final Set<String> RESERVED =
      Set.of(
          "_metadata",
          "_corrupt_record",
          "_file",
          "_file_key",
          InputTable.RAW,
          InputTable.SOURCE_PATH,
          InputTable.ROW,
          InputTable.SOURCE_DAY,
          InputTable.MALFORMED,
          InputTable.REORDERED);

  private CsvHeader() {}

  /** The columns of a file; empty for one with no line. */
  static List<String> read(Configuration hadoop, SourceConfig config, SourceFile file)
      throws IOException {
    Path path = new Path(file.path());
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
    Map<String, String> options = config.options();
    Charset charset =
        Charset.forName(ReaderOptions.get(options, "encoding", "charset").orElse("UTF-8"));
    try (InputStream bytes = path.getFileSystem(hadoop).open(path);
        InputStream text = codec == null ? bytes : codec.createInputStream(bytes);
        BufferedReader lines = new BufferedReader(new InputStreamReader(text, charset))) {
      String comment = ReaderOptions.get(options, "comment").orElse("");
      String first = lines.readLine();
      while (first != null && (first.isBlank() || isComment(first, comment))) {
        first = lines.readLine();
      }
      if (first == null) {
        return List.of();
      }
      String header = first.replaceFirst("^\uFEFF", "");
      requireHeader(config, file, header);
      String[] cells = parser(options).parseLine(header);
      requireOnce(config, file, cells);
      return cells == null ? List.of() : names(cells, config.hasHeader());
    }
  }

  private static boolean isComment(String line, String comment) {
    return !comment.isEmpty() && line.startsWith(comment);
  }

  private static void requireHeader(SourceConfig config, SourceFile file, String header) {
    if (header.matches("(?i)sep=.{0,2}")) {
      throw new DataException(
          "sources.%s: the first line of %s is '%s', which only spreadsheets read: remove it"
              .formatted(config.table().key(), file.path(), header));
    }
  }

  /** An input that has a mapped column twice may say two things about one person. */
  private static void requireOnce(SourceConfig config, SourceFile file, String[] cells) {
    if (!config.table().canSayNo() || !config.hasHeader() || cells == null) {
      return;
    }
    List<String> names =
        Arrays.stream(cells).map(cell -> cell == null ? "" : cell.strip()).toList();
    AbsentColumns.twice(config.columns(), names)
        .ifPresent(
            name -> {
              throw new DataException(
                  "sources.%s: %s has the column %s twice, and nobody can tell which one holds: rename one of them"
                      .formatted(config.table().key(), file.path(), name));
            });
  }

  /** Names that Spark can tell apart: a repeated one gets its position. */
  static List<String> distinct(List<String> columns) {
    return names(columns.toArray(String[]::new), true);
  }

  private static CsvParser parser(Map<String, String> options) {
    CsvParserSettings settings = new CsvParserSettings();
    String separator = ReaderOptions.get(options, "sep", "delimiter").orElse(",");
    settings.getFormat().setDelimiter(CSVExprUtils.toDelimiterStr(separator));
    settings.getFormat().setQuote(character(options, "quote"));
    settings.getFormat().setQuoteEscape(character(options, "escape"));
    settings.setCommentProcessingEnabled(false); // else a header that begins with a zero is one
    settings.setMaxColumns(20_480);
    settings.setMaxCharsPerColumn(-1);
    return new CsvParser(settings);
  }

  /** As Spark interprets it: none where the option is empty. */
  private static char character(Map<String, String> options, String name) {
    String text = ReaderOptions.get(options, name).orElse("\"");
    return text.isEmpty() ? '\0' : text.charAt(0);
  }

  /**
   * Names the columns; one without a name is {@code _cN}. A name that Spark could not distinguish
   * gets its position appended: a repeated name, each of those that differ only in case, a name
   * that Spark or Nightjar reserves.
   */
  private static List<String> names(String[] cells, boolean isHeader) {
    List<String> given = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      String name = isHeader && cells[i] != null ? cells[i].strip() : "";
      given.add(name.isEmpty() ? "_c" + i : name);
    }
    Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      String name = given.get(i);
      boolean hasTwin =
          given.stream().anyMatch(other -> other.equalsIgnoreCase(name) && !other.equals(name));
      boolean isPlain = !hasTwin && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
      names.add(isPlain && taken.add(name) ? name : placed(name, i, given, taken));
    }
    return names;
  }

  private static String placed(String name, int place, List<String> given, Set<String> taken) {
    String placed = name + "_" + place;
    while (given.stream().anyMatch(placed::equalsIgnoreCase) || !taken.add(placed)) {
      placed += "_";
    }
    return placed;
  }
}
