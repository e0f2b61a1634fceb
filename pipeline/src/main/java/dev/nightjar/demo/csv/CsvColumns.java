package dev.nightjar.demo.csv;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Columns of a CSV file: their names and how to write each of a value, in written order. Files are
 * UTF-8 with a header and lines that end in {@code \n}, quoted as in RFC 4180.
 */
public final class CsvColumns<T> {
  private final List<String> names = new ArrayList<>();
  private final List<Function<T, String>> texts = new ArrayList<>();

  /** Adds a column. */
  public CsvColumns<T> add(String name, Function<T, String> text) {
    names.add(name);
    texts.add(text);
    return this;
  }

  /** A value's columns by name, in written order. */
  public Map<String, String> row(T value) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), texts.get(i).apply(value));
    }
    return row;
  }

  /** Writes a row for each value. */
  public void write(Path file, Collection<T> values) throws IOException {
    write(file, values.stream().map(value -> row(value).values()));
  }

  /** Writes rows unchanged, whether good or broken. */
  public void writeRows(Path file, Collection<Collection<String>> rows) throws IOException {
    write(file, rows.stream());
  }

  private void write(Path file, Stream<Collection<String>> rows) throws IOException {
    CsvWriterSettings settings = new CsvWriterSettings();
    settings.getFormat().setLineSeparator("\n");
    settings.setQuotationTriggers('"');
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setEmptyValue("");
    Files.createDirectories(file.getParent());
    try (Writer text = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      CsvWriter writer = new CsvWriter(text, settings);
      writer.writeHeaders(names);
      rows.forEach(writer::writeRow);
      writer.flush();
    }
  }
}
