package dev.nightjar.pipeline.fuzz;

import java.util.ArrayList;
import java.util.List;

/** How the files of an input are written, and how their rows are counted without a reader. */
enum Form {
  /** CSV with a row in each line. */
  LINES("csv", ""),

  /** CSV whose cells may have line breaks. */
  WIDE("csv", "options { multiLine = true }"),

  /** An object in each line. */
  JSON("json", ""),

  /** One array of objects. */
  ARRAY("json", ""),

  PARQUET("parquet", "");

  private final String format;
  private final String options;

  Form(String format, String options) {
    this.format = format;
    this.options = options;
  }

  String format() {
    return format;
  }

  String options() {
    return options;
  }

  boolean isCsv() {
    return format.equals("csv");
  }

  boolean isJson() {
    return format.equals("json");
  }

  /** A file of rows in a format of text. */
  String text(List<String> header, List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    if (isCsv()) {
      lines.add(String.join(",", header));
    }
    rows.forEach(row -> lines.add(isCsv() ? csv(row) : json(header, row)));
    return this == ARRAY
        ? "[" + String.join(",\n", lines) + "]\n"
        : String.join("\n", lines) + "\n";
  }

  private String csv(List<String> row) {
    boolean isQuoted = this == WIDE;
    return String.join(
        ",", row.stream().map(cell -> isQuoted ? "\"" + cell + "\"" : cell).toList());
  }

  private static String json(List<String> header, List<String> row) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      if (!row.get(i).isEmpty()) {
        pairs.add("\"%s\":\"%s\"".formatted(header.get(i), row.get(i)));
      }
    }
    return "{" + String.join(",", pairs) + "}";
  }

  /**
   * Rows of a file. Where each line is a row, lines are counted: what is neither a blank nor a
   * control character makes a line, and the first one is the header. Elsewhere marks are: a quote
   * or a bracket that is lost leaves no other sign of where a row ends.
   *
   * @param written rows that the shop wrote into the file, which is what Parquet has, whole or not
   *     at all
   */
  int rows(String text, int written) {
    if (this == PARQUET) {
      return text.isEmpty() ? 0 : written;
    }
    if (this != LINES) {
      return RawText.marks(text);
    }
    long lines = RawText.lines(text).stream().filter(line -> !line.trim().isEmpty()).count();
    return Math.toIntExact(Math.max(0, lines - 1));
  }

  /** Rows of a file that one refused row has the text of. */
  int rowsOfRefused(String raw) {
    return this == LINES || this == PARQUET ? 1 : RawText.marks(raw);
  }
}
