package dev.nightjar.features.source;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import dev.nightjar.features.DataException;
import dev.nightjar.features.config.ConfigProblems;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Reads a shop's own files as one of Nightjar's inputs.
 *
 * <p>Listing and reading are separate, so that a stage can see from the list alone whether anything
 * changed since it last ran.
 */
public final class SourceReader {
  private static final String CORRUPT = "_corrupt_record";
  private static final String FILE = "_file";

  private SourceReader() {}

  /**
   * Lists the files of a source. A day without a file is no error here.
   *
   * @param from first day of a source with {@code {date}}; others are listed whole
   * @param to last day, inclusive
   * @return the files in the order of their paths
   * @throws DataException when the path of the source, up to its first variable part, does not
   *     exist, or when a source without {@code {date}} has no file
   */
  public static List<SourceFile> files(
      SparkSession spark, SourceConfig config, LocalDate from, LocalDate to) {
    return SourceFiles.list(hadoop(spark), config, from, to);
  }

  /**
   * Analyses a mapping against files, without a job over CSV or Parquet rows; JSON names its
   * columns only in its rows and is read for them.
   *
   * @throws ConfigProblems with one message for each expression that does not compile or names an
   *     absent column
   * @throws DataException naming a file that cannot be opened, or that lacks columns which most
   *     files have
   */
  public static void check(SparkSession spark, SourceConfig config, List<SourceFile> files) {
    read(spark, config, files);
  }

  /**
   * Reads files as an input: one pass over all of them when it is run.
   *
   * @return the columns of {@link InputTable#mappedSchema}; a row for each row of the files,
   *     unordered
   * @throws ConfigProblems as {@link #check}
   * @throws DataException as {@link #check}
   */
  public static Dataset<Row> read(SparkSession spark, SourceConfig config, List<SourceFile> files) {
    Dataset<Row> all = null;
    for (SourceLayout layout : SourceLayout.of(hadoop(spark), config, files)) {
      Dataset<Row> rows = load(spark, config, layout);
      List<String> visible = sourceColumns(rows);
      if (visible.isEmpty()) {
        continue;
      }
      require(config, layout, Mapping.problems(config, rows, visible), all == null);
      Dataset<Row> mapped = Mapping.apply(config, withHelpers(spark, rows, layout));
      all = all == null ? mapped : all.unionByName(mapped);
    }
    return all == null ? none(spark, config.table()) : all;
  }

  /** An input that the shop does not have: its columns and no rows. */
  public static Dataset<Row> none(SparkSession spark, InputTable table) {
    return spark.createDataFrame(List.of(), table.mappedSchema());
  }

  /** The mapping is at fault when it does not fit most files, a file when it alone does not fit. */
  private static void require(
      SourceConfig config, SourceLayout layout, List<String> problems, boolean isMain) {
    if (problems.isEmpty()) {
      return;
    }
    if (isMain) {
      throw new ConfigProblems(problems);
    }
    throw new DataException(
        "sources."
            + config.table().key()
            + ": "
            + layout.files().get(0).path()
            + " differs from the other files: "
            + problems.get(0)
            + "; correct the file or write an expression that fits both");
  }

  private static Dataset<Row> load(SparkSession spark, SourceConfig config, SourceLayout layout) {
    DataFrameReader reader = spark.read().format(config.format());
    return switch (config.format()) {
      case "csv" ->
          reader
              .schema(texts(layout.columns()).add(CORRUPT, DataTypes.StringType))
              .option("escape", "\"") // RFC 4180, not Spark's backslash
              .option("maxCharsPerColumn", "-1")
              .option("header", "true")
              .options(config.options())
              .option("mode", "PERMISSIVE")
              .option("columnNameOfCorruptRecord", CORRUPT)
              .option("columnPruning", "false") // else a truncated row goes unnoticed
              .load(layout.paths());
      case "json" -> json(reader, config, layout);
      default -> reader.options(config.options()).load(layout.paths());
    };
  }

  private static Dataset<Row> json(
      DataFrameReader reader, SourceConfig config, SourceLayout layout) {
    DataFrameReader lines =
        reader
            .option("primitivesAsString", "true")
            .options(config.options())
            .option("mode", "PERMISSIVE")
            .option("columnNameOfCorruptRecord", CORRUPT);
    StructType schema = new StructType();
    for (StructField field : lines.load(layout.paths()).schema().fields()) {
      schema = field.name().equals(CORRUPT) ? schema : schema.add(field);
    }
    return lines.schema(schema.add(CORRUPT, DataTypes.StringType)).load(layout.paths());
  }

  private static Dataset<Row> withHelpers(
      SparkSession spark, Dataset<Row> rows, SourceLayout layout) {
    boolean canBeMalformed = Arrays.asList(rows.columns()).contains(CORRUPT);
    Column corrupt = canBeMalformed ? col(CORRUPT) : lit(null).cast("string");
    Column[] cells =
        sourceColumns(rows).stream()
            .map(name -> col("`" + name.replace("`", "``") + "`"))
            .toArray(Column[]::new);
    Dataset<Row> helped =
        rows.withColumn(InputTable.RAW, coalesce(corrupt, to_json(struct(cells)), lit("")))
            .withColumn(InputTable.MALFORMED, corrupt.isNotNull())
            .withColumn(FILE, col("_metadata.file_path"))
            .withColumn(InputTable.ROW, monotonically_increasing_id());
    return helped
        .join(broadcast(days(spark, layout)), col(FILE).equalTo(col(FILE + "_key")), "left_outer")
        .withColumn(InputTable.SOURCE_PATH, col(FILE));
  }

  /** One row per file: its path as {@code _metadata.file_path} writes it, and its day. */
  private static Dataset<Row> days(SparkSession spark, SourceLayout layout) {
    List<Row> rows = new ArrayList<>();
    for (SourceFile file : layout.files()) {
      String key = SparkPath.fromPath(new Path(file.path())).urlEncoded();
      rows.add(RowFactory.create(key, file.day().map(Date::valueOf).orElse(null)));
    }
    StructType schema =
        new StructType()
            .add(FILE + "_key", DataTypes.StringType)
            .add(InputTable.SOURCE_DAY, DataTypes.DateType);
    return spark.createDataFrame(rows, schema);
  }

  private static List<String> sourceColumns(Dataset<Row> rows) {
    return Arrays.stream(rows.columns()).filter(name -> !name.equals(CORRUPT)).toList();
  }

  private static StructType texts(List<String> columns) {
    StructType schema = new StructType();
    for (String column : columns) {
      schema = schema.add(column, DataTypes.StringType);
    }
    return schema;
  }

  private static Configuration hadoop(SparkSession spark) {
    return spark.sparkContext().hadoopConfiguration();
  }
}
