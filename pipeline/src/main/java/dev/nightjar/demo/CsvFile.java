package dev.nightjar.demo;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A CSV file being written: a header, then lines that end in {@code \n}, in UTF-8. */
final class CsvFile implements Closeable {
  private final BufferedWriter writer;

  CsvFile(Path path, List<String> header) throws IOException {
    Files.createDirectories(path.getParent());
    writer = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
    write(String.join(",", header));
  }

  /** Writes a line that is already one. */
  void write(String line) throws IOException {
    writer.write(line);
    writer.write('\n');
  }

  void row(String... columns) throws IOException {
    write(line(columns));
  }

  /** One line as in RFC 4180: a column with a comma or a quote is quoted, its quotes doubled. */
  static String line(String... columns) {
    StringBuilder line = new StringBuilder(120);
    for (int i = 0; i < columns.length; i++) {
      if (i > 0) {
        line.append(',');
      }
      if (columns[i].indexOf(',') >= 0 || columns[i].indexOf('"') >= 0) {
        line.append('"').append(columns[i].replace("\"", "\"\"")).append('"');
      } else {
        line.append(columns[i]);
      }
    }
    return line.toString();
  }

  /** A UTC time to the second; blank for -1. */
  static String time(long second) {
    return second < 0 ? "" : Instant.ofEpochSecond(second).toString();
  }

  /** A number with nine digits after the point, the same on every JVM. */
  static String decimal(double value) {
    long scaled = (long) StrictMath.rint(StrictMath.abs(value) * 1e9);
    String digits = Long.toString(1_000_000_000L + scaled % 1_000_000_000L).substring(1);
    return (value < 0 ? "-" : "") + scaled / 1_000_000_000L + "." + digits;
  }

  /** Numbers with a space between. */
  static String decimals(double[] values) {
    StringBuilder text = new StringBuilder();
    for (double value : values) {
      text.append(text.length() == 0 ? "" : " ").append(decimal(value));
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
