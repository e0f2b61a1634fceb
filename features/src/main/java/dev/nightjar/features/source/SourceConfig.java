package dev.nightjar.features.source;

import dev.nightjar.features.config.Nearest;
import dev.nightjar.features.config.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
 * @param kind whether the newest file is the list of all rows, or each file holds changes; empty
 *     for changes where the path names a day, else a snapshot
 * @param expect what is usual for the input
 */
public record SourceConfig(
    InputTable table,
    String path,
    String format,
    Map<String, String> options,
    List<String> sourceColumns,
    Map<String, String> columns,
    int lookbackDays,
    Optional<Kind> kind,
    InputBounds expect) {

  /** What the newest file of an input is. */
  public enum Kind {
    /** All that there is: who is not in it is not there. */
    SNAPSHOT,
    /** What changed: who is not in it is as before. */
    CHANGES
  }

  /** Stands for the day in a path. */
  public static final String DATE = "{date}";

  /** Days that a list of people may be old: who said no yesterday is in it today. */
  private static final int PEOPLE_MAX_AGE_DAYS = 3;

  private static final int MAX_AGE_DAYS = 30;

  private static final List<String> FORMATS = List.of("csv", "json", "parquet");

  public SourceConfig {
    format = format.toLowerCase(Locale.ROOT);
    options = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(options));
    sourceColumns = List.copyOf(sourceColumns);
    columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    Problems problems = new Problems();
    problems
        .require(!path.isBlank(), "path", "must name a file, folder or glob, got nothing")
        .require(FORMATS.contains(format), "format", "must be csv, json or parquet", format)
        .require(lookbackDays >= 0, "lookback_days", "must be 0 or more", lookbackDays)
        .require(
            sourceColumns.isEmpty() || (format.equals("csv") && !hasHeader(options)),
            "source_columns",
            "are only for format = csv with options.header = false");
    Optional<String> twice = AbsentColumns.twice(columns, sourceColumns);
    problems.require(
        twice.isEmpty() || !table.canSayNo(),
        "source_columns",
        "have %s twice, and nobody can tell which one holds: rename one of them"
            .formatted(twice.orElse("")));
    ReaderOptions.check(format, options, problems);
    columns.forEach((column, expression) -> checkColumn(table, column, expression, problems));
    for (String required : table.required()) {
      problems.require(
          columns.containsKey(required),
          "columns." + required,
          "is required and missing: give an expression for it");
    }
    if (!problems.isEmpty()) {
      // no file will be opened to compile the expressions against
      columns.forEach((target, sql) -> Mapping.checkSyntax(table, target, sql, problems));
    }
    problems.throwIfAny();
  }

  private static void checkColumn(
      InputTable table, String column, String expression, Problems problems) {
    List<String> known = table.columns();
    problems
        .require(
            known.contains(column),
            "columns." + column,
            "is no column of this input: one of "
                + String.join(", ", known)
                + Nearest.hint(column, known))
        .require(!expression.isBlank(), "columns." + column, "must be an expression, got nothing");
  }

  /** What the newest file is. */
  public Kind whatFilesAre() {
    return kind.orElse(isDated() ? Kind.CHANGES : Kind.SNAPSHOT);
  }

  /** Days that the newest file may be older than the night. */
  public int maxAgeDays() {
    return expect.maxAgeDays().orElse(table.isPermission() ? PEOPLE_MAX_AGE_DAYS : MAX_AGE_DAYS);
  }

  /** Whether a night stops where the input is not as expected. */
  public boolean stops() {
    return expect.otherwise().map(InputBounds.Otherwise.STOP::equals).orElse(table.isPermission());
  }

  /** The same source with another mapping. */
  SourceConfig mapping(Map<String, String> other) {
    return new SourceConfig(
        table, path, format, options, sourceColumns, other, lookbackDays, kind, expect);
  }

  /** True where the path names a day. */
  public boolean isDated() {
    return path.contains(DATE);
  }

  /**
   * True where a row states from when it applies: by the day of its file or by {@code updated_at}.
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
}
