package dev.nightjar.features.source;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.DataException;
import dev.nightjar.features.Plural;
import dev.nightjar.features.config.ConfigProblems;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The rows of a source's files, layout by layout, mapped to the columns of the input. */
final class SourceRows {
  private static final String FILE = "_file";
  private static final int EARLIER_DAYS = 30;
  private static final int EARLIER_FILES = 5;

  private final SparkSession spark;
  private final SourceConfig config;
  private final Consumer<String> notes;

  SourceRows(SparkSession spark, SourceConfig config, Consumer<String> notes) {
    this.spark = spark;
    this.config = config;
    this.notes = notes;
  }

  /** The mapped rows; the layout of the most files is the first. */
  Dataset<Row> of(List<SourceLayout> layouts) {
    List<Dataset<Row>> read = layouts.stream().map(this::read).toList();
    Optional<LocalDate> newest = days(layouts).max(Comparator.naturalOrder());
    Dataset<Row> all = null;
    for (int i = 0; i < layouts.size(); i++) {
      SourceLayout layout = layouts.get(i);
      Dataset<Row> rows = read.get(i);
      boolean areNewest =
          newest.isPresent() && days(List.of(layout)).anyMatch(newest.get()::equals);
      SourceConfig fitting =
          AbsentColumns.fit(config, rows, areNewest, read, () -> earlier(layouts));
      noteAbsent(layout, fitting);
      List<String> visible = LayoutReader.sourceColumns(rows);
      require(layout, Mapping.problems(fitting, rows, visible), all == null);
      Dataset<Row> mapped = Mapping.apply(fitting, withHelpers(rows, layout));
      all = all == null ? mapped : all.unionByName(mapped);
    }
    return all == null ? SourceReader.none(spark, config.table()) : all;
  }

  private Dataset<Row> read(SourceLayout layout) {
    Dataset<Row> own = new LayoutReader(spark, config).read(layout);
    Mapping.requireNoHidden(config, own);
    if (LayoutReader.sourceColumns(own).isEmpty()) {
      throw new DataException(
          "sources.%s: %s has no row that can be read as %s: it is of another format, or cut short; deliver it again or set sources.%1$s.format"
              .formatted(config.table().key(), layout.files().get(0).path(), config.format()));
    }
    return withFolders(own, layout);
  }

  /** Rows of the newest files before these: an export may leave out a column for a night. */
  private List<Dataset<Row>> earlier(List<SourceLayout> layouts) {
    Optional<LocalDate> first = days(layouts).min(Comparator.naturalOrder());
    if (first.isEmpty()) {
      return List.of();
    }
    LocalDate last = first.get().minusDays(1);
    List<SourceFile> files =
        SourceReader.files(spark, config, last.minusDays(EARLIER_DAYS), last).stream()
            .sorted(Comparator.comparing((SourceFile file) -> file.day().orElseThrow()).reversed())
            .limit(EARLIER_FILES)
            .toList();
    return SourceLayout.of(spark.sparkContext().hadoopConfiguration(), config, files).stream()
        .map(this::read)
        .toList();
  }

  private static Stream<LocalDate> days(List<SourceLayout> layouts) {
    return layouts.stream()
        .flatMap(layout -> layout.files().stream())
        .flatMap(file -> file.day().stream());
  }

  private void noteAbsent(SourceLayout layout, SourceConfig fitting) {
    List<String> absent =
        config.columns().keySet().stream()
            .filter(name -> !config.columns().get(name).equals(fitting.columns().get(name)))
            .toList();
    if (!absent.isEmpty()) {
      notes.accept(
          "%s: %s null in %s, whose files lack what the mapping names, such as %s"
              .formatted(
                  config.table().key(),
                  String.join(", ", absent) + (absent.size() == 1 ? " is" : " are"),
                  Plural.of(layout.files().size(), "file"),
                  layout.files().get(0).path()));
    }
  }

  /** The mapping is at fault when it does not fit most files, a file when it alone does not fit. */
  private void require(SourceLayout layout, List<String> problems, boolean isMain) {
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

  private Dataset<Row> withHelpers(Dataset<Row> rows, SourceLayout layout) {
    Column corrupt =
        LayoutReader.canBeMalformed(rows) ? col(LayoutReader.CORRUPT) : lit(null).cast("string");
    Column[] cells =
        LayoutReader.sourceColumns(rows).stream().map(LayoutReader::named).toArray(Column[]::new);
    Column isTorn = LayoutReader.isTorn(config, layout, rows);
    Column line = config.format().equals("csv") ? concat_ws(",", cells) : lit("");
    Column row = coalesce(corrupt, to_json(struct(cells)), lit(""));
    Column raw = when(isTorn, line).otherwise(row);
    Dataset<Row> helped =
        rows.withColumn(InputTable.RAW, raw)
            .withColumn(InputTable.MALFORMED, corrupt.isNotNull().or(isTorn))
            .withColumn(InputTable.REORDERED, LayoutReader.isReordered(config, layout));
    return helped.withColumn(InputTable.SOURCE_PATH, col(FILE));
  }

  /** Adds each row's file, its number, its day, and the columns that its folders name. */
  private Dataset<Row> withFolders(Dataset<Row> rows, SourceLayout layout) {
    List<String> names = new ArrayList<>(FolderColumns.names(layout.files()));
    List<String> given = Arrays.asList(rows.columns());
    names.removeIf(name -> given.stream().anyMatch(name::equalsIgnoreCase));
    return rows.withColumn(FILE, col("_metadata.file_path"))
        .withColumn(InputTable.ROW, monotonically_increasing_id())
        .join(broadcast(files(layout, names)), col(FILE).equalTo(col(FILE + "_key")), "left_outer");
  }

  /** One row per file: its path as {@code _metadata.file_path} writes it, its day and folders. */
  private Dataset<Row> files(SourceLayout layout, List<String> names) {
    List<Row> rows = new ArrayList<>();
    for (SourceFile file : layout.files()) {
      List<Object> cells = new ArrayList<>();
      cells.add(SparkPath.fromPath(new Path(file.path())).urlEncoded());
      cells.add(file.day().map(Date::valueOf).orElse(null));
      Map<String, String> folders = FolderColumns.of(file);
      names.forEach(name -> cells.add(folders.get(name)));
      rows.add(RowFactory.create(cells.toArray()));
    }
    StructType schema =
        new StructType()
            .add(FILE + "_key", DataTypes.StringType)
            .add(InputTable.SOURCE_DAY, DataTypes.DateType);
    for (String name : new TreeSet<>(names)) {
      schema = schema.add(name, DataTypes.StringType);
    }
    return spark.createDataFrame(rows, schema);
  }
}
