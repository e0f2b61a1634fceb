package dev.nightjar.features.source;

import com.typesafe.config.Config;
import dev.nightjar.features.config.Nearest;
import dev.nightjar.features.config.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Settings under {@code sources.<input>}: where a shop's files are and how their columns become
 * those of an {@link InputTable}.
 *
 * @param table the input
 * @param path file, folder or glob; {@code {date}} stands for a day, {@code yyyy-MM-dd}
 * @param format {@code csv}, {@code json} (one object a line) or {@code parquet}
 * @param options options of Spark's reader for that format
 * @param sourceColumns names of the columns of a CSV without a header; empty where there is one
 * @param columns target column to Spark SQL expression over the source's columns
 * @param lookbackDays days before the night whose files are read too; a source without {@code
 *     {date}} is read whole
 */
public record SourceConfig(
    InputTable table,
    String path,
    String format,
    Map<String, String> options,
    List<String> sourceColumns,
    Map<String, String> columns,
    int lookbackDays) {
  /** Stands for the day in a path. */
  public static final String DATE = "{date}";

  private static final List<String> FORMATS = List.of("csv", "json", "parquet");

  public SourceConfig {
    options = Map.copyOf(options);
    sourceColumns = List.copyOf(sourceColumns);
    columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    Problems problems = new Problems();
    String name = "sources." + table.key();
    problems.require(!path.isBlank(), name + ".path must name a file, folder or glob, got nothing");
    problems.require(
        FORMATS.contains(format), name + ".format must be csv, json or parquet, got " + format);
    problems.require(
        lookbackDays >= 0, name + ".lookback_days must be 0 or more, got " + lookbackDays);
    problems.require(
        sourceColumns.isEmpty() || (format.equals("csv") && !hasHeader(options)),
        name + ".source_columns are only for format = csv with options.header = false");
    ReaderOptions.check(name + ".options.", format, options, problems);
    for (Map.Entry<String, String> column : columns.entrySet()) {
      String key = name + ".columns." + column.getKey();
      problems.require(
          table.columns().contains(column.getKey()),
          key
              + " is no column of this input: one of "
              + String.join(", ", table.columns())
              + Nearest.hint(column.getKey(), table.columns()));
      problems.require(!column.getValue().isBlank(), key + " must be an expression, got nothing");
    }
    for (String required : table.required()) {
      problems.require(
          columns.containsKey(required),
          name + ".columns." + required + " is required and missing: give an expression for it");
    }
    if (!problems.isEmpty()) {
      // no file is opened then, against which the expressions would be compiled
      columns.forEach((target, sql) -> Mapping.checkSyntax(table, target, sql, problems));
    }
    problems.throwIfAny();
  }

  /**
   * Reads {@code sources.<input>}.
   *
   * @param section the sub-config, with {@code sources.defaults} behind it
   * @throws dev.nightjar.features.config.ConfigProblems naming everything that is wrong
   */
  public static SourceConfig from(InputTable table, Config section) {
    return new SourceConfig(
        table,
        section.getString("path"),
        section.getString("format").toLowerCase(Locale.ROOT),
        strings(section, "options"),
        section.getStringList("source_columns"),
        strings(section, "columns"),
        section.getInt("lookback_days"));
  }

  /** True where the path names a day. */
  public boolean isDated() {
    return path.contains(DATE);
  }

  /**
   * True where a row tells since when it holds: by the day of its file or by {@code updated_at}.
   */
  public boolean tellsWhen() {
    return isDated() || columns.containsKey("updated_at");
  }

  /** True where the first line of each CSV file names its columns. */
  boolean hasHeader() {
    return hasHeader(options);
  }

  private static boolean hasHeader(Map<String, String> options) {
    return Boolean.parseBoolean(ReaderOptions.get(options, "header").orElse("true"));
  }

  private static Map<String, String> strings(Config section, String key) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(section.getObject(key).keySet());
    names.sort(null);
    for (String name : names) {
      values.put(name, String.valueOf(section.getObject(key).get(name).unwrapped()));
    }
    return values;
  }
}
