package dev.nightjar.features.source;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.rtrim;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.translate;

import dev.nightjar.features.source.value.CellQuote;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.csv.CSVExprUtils;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads the files of one layout with Spark: their own columns, and the text of broken rows. */
final class LayoutReader {
  /** Text of a row that could not be split; null in a good one. */
  static final String CORRUPT = "_corrupt_record";

  private static final String MOST_COLUMNS = "1000000";

  /** Paths are files, whatever characters are in their names, and no patterns. */
  static final String GLOB = "__globPaths__";

  /** Columns that are added before the mapping, and are none of the source's. */
  private static final Set<String> ADDED =
      Set.of(CORRUPT, "_file", "_file_key", InputTable.ROW, InputTable.SOURCE_DAY);

  private final SparkSession spark;
  private final SourceConfig config;

  LayoutReader(SparkSession spark, SourceConfig config) {
    this.spark = spark;
    this.config = config;
  }

  Dataset<Row> read(SourceLayout layout) {
    DataFrameReader reader = spark.read().format(config.format()).option(GLOB, "false");
    return switch (config.format()) {
      case "csv" -> csv(reader, layout);
      case "json" -> new JsonRows(spark, config, layout).read();
      default -> parquet(reader, layout);
    };
  }

  private Dataset<Row> csv(DataFrameReader reader, SourceLayout layout) {
    DataFrameReader plain =
        reader
            .schema(texts(layout.columns()).add(CORRUPT, DataTypes.StringType))
            .option("escape", "\"") // RFC 4180, not Spark's backslash
            .option("maxCharsPerColumn", "-1")
            .option("maxColumns", MOST_COLUMNS) // a row of more ends the reading
            .option("header", "true")
            .option("ignoreLeadingWhiteSpace", "true")
            .option("ignoreTrailingWhiteSpace", "true")
            .option("multiLine", String.valueOf(isWide(config)))
            .options(config.options())
            .option("mode", "PERMISSIVE")
            .option("columnNameOfCorruptRecord", CORRUPT)
            .option("columnPruning", "false"); // else a truncated row goes unnoticed
    return plain.load(layout.paths());
  }

  /** What is around a quoted cell; empty where the source has none. */
  static Optional<CellQuote> quote(SourceConfig config) {
    String quote = ReaderOptions.get(config.options(), "quote").orElse("\"");
    String escape = ReaderOptions.get(config.options(), "escape").orElse("\"");
    return config.format().equals("csv") && !quote.isEmpty()
        ? Optional.of(new CellQuote(quote, escape))
        : Optional.empty();
  }

  /** Spark cuts lines at single bytes, which a character of UTF-16 or UTF-32 has two or four of. */
  static boolean isWide(SourceConfig config) {
    return ReaderOptions.get(config.options(), "encoding", "charset")
        .map(charset -> charset.toUpperCase(Locale.ROOT))
        .filter(charset -> charset.startsWith("UTF-16") || charset.startsWith("UTF-32"))
        .isPresent();
  }

  /** Times of nanoseconds, which Spark reads as numbers, are cut to microseconds. */
  private Dataset<Row> parquet(DataFrameReader reader, SourceLayout layout) {
    Dataset<Row> rows = reader.options(config.options()).load(layout.paths());
    for (String column : layout.nanos()) {
      rows = rows.withColumn(column, timestamp_micros(named(column).divide(1000).cast("bigint")));
    }
    return rows;
  }

  /** The source's own columns, those of its folders included. */
  static List<String> sourceColumns(Dataset<Row> rows) {
    return Arrays.stream(rows.columns()).filter(name -> !ADDED.contains(name)).toList();
  }

  static boolean canBeMalformed(Dataset<Row> rows) {
    return Arrays.asList(rows.columns()).contains(CORRUPT);
  }

  static Column named(String column) {
    return col("`" + column.replace("`", "``") + "`");
  }

  /**
   * True in a row of a CSV that was split, and yet is none: a header in mid-file, whatever the
   * order of its columns, or a cell that swallowed the lines after it since its quote is not
   * closed.
   */
  static Column isTorn(SourceConfig config, SourceLayout layout, Dataset<Row> rows) {
    if (!config.format().equals("csv") || layout.columns().isEmpty()) {
      return lit(false);
    }
    Column isHeader = isHeader(config, layout);
    return isMultiLine(config) ? isHeader.or(hasSwallowed(config, layout)) : isHeader;
  }

  /** True in a header in mid-file that has all columns of the file, and in another order. */
  static Column isReordered(SourceConfig config, SourceLayout layout) {
    if (!config.format().equals("csv") || layout.columns().isEmpty()) {
      return lit(false);
    }
    Column[] names =
        layout.columns().stream()
            .map(name -> translate(named(name), "\ufeff\"", ""))
            .toArray(Column[]::new);
    Column hasAll = size(array_distinct(array(names))).equalTo(names.length);
    Column isInOrder = lit(true);
    for (String name : layout.columns()) {
      isInOrder = isInOrder.and(named(name).isin(spellings(name)));
    }
    return isHeader(config, layout).and(hasAll).and(not(isInOrder));
  }

  /** True in a row each of whose cells is a name of a column. */
  private static Column isHeader(SourceConfig config, SourceLayout layout) {
    Object[] names =
        layout.columns().stream().flatMap(name -> Stream.of(spellings(name))).toArray();
    Column isHeader = lit(config.hasHeader());
    for (String name : layout.columns()) {
      isHeader = isHeader.and(coalesce(named(name).isin(names), lit(false)));
    }
    return isHeader;
  }

  /** A name as it stands in a header, also after a BOM, which hides that it is quoted. */
  private static Object[] spellings(String name) {
    return new Object[] {name, "\ufeff" + name, "\ufeff\"" + name + "\""};
  }

  /** A cell as it is shown of a refused row: without the end of the last line that it swallowed. */
  static Column text(SourceConfig config, String column) {
    boolean canSwallow = config.format().equals("csv") && isMultiLine(config);
    return canSwallow ? rtrim(named(column), "\r\n").as(column) : named(column);
  }

  static boolean isMultiLine(SourceConfig config) {
    return isWide(config)
        || Boolean.parseBoolean(ReaderOptions.get(config.options(), "multiLine").orElse("false"));
  }

  /** Whether a line within a cell has as many separators as a row. */
  private static Column hasSwallowed(SourceConfig config, SourceLayout layout) {
    String separator =
        CSVExprUtils.toDelimiterStr(
            ReaderOptions.get(config.options(), "sep", "delimiter").orElse(","));
    int least = layout.columns().size() - 1;
    String cell = "(?:(?!%s)[^\\r\\n])*+%1$s".formatted(Pattern.quote(separator));
    String line = "[\\r\\n](?:%s){%d}".formatted(cell, least);
    Column swallowed = lit(false);
    for (String name : layout.columns()) {
      swallowed = swallowed.or(coalesce(named(name).rlike(line), lit(false)));
    }
    return swallowed;
  }

  private static StructType texts(List<String> columns) {
    StructType schema = new StructType();
    for (String column : columns) {
      schema = schema.add(column, DataTypes.StringType);
    }
    return schema;
  }
}
