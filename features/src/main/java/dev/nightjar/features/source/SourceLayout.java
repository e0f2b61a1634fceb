package dev.nightjar.features.source;

import dev.nightjar.features.DataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.types.DecimalType;

/**
 * Files of a source that have the same columns, and so can be read as one.
 *
 * @param columns columns of the files in their order; empty for JSON and Parquet, which name them
 *     in each row or file
 * @param shape how rows lie in the files
 * @param nanos columns of Parquet whose times are counted in nanoseconds
 * @param files the files
 */
record SourceLayout(List<String> columns, Shape shape, List<String> nanos, List<SourceFile> files) {
  private static final int THREADS = 16;
  private static final String ARRAY = "[";

  /** A list that was written and has nothing in it, as a CSV with only a header has. */
  private static final String EMPTY_ARRAY = "[]";

  /** What Spark takes for a pattern. */
  private static final String PATTERN = ".*[{}\\[\\]*?\\\\].*";

  /** Types of Parquet that Spark does not read. */
  private static final List<Class<? extends LogicalTypeAnnotation>> UNREAD =
      List.of(
          LogicalTypeAnnotation.TimeLogicalTypeAnnotation.class,
          LogicalTypeAnnotation.UUIDLogicalTypeAnnotation.class,
          LogicalTypeAnnotation.IntervalLogicalTypeAnnotation.class,
          LogicalTypeAnnotation.Float16LogicalTypeAnnotation.class);

  /** How rows lie in a file. */
  enum Shape {
    /** One in each line. */
    LINES,
    /** One in each element of a JSON array over many lines. */
    ARRAY
  }

  /**
   * Groups files by their columns: a shop that adds a column one day gives two layouts. Looks at
   * the first line of each CSV file and at the footer of each Parquet file, not at rows. Empty
   * files are left out.
   *
   * @return the layout of the most files first
   * @throws DataException naming a file that cannot be opened or is no Parquet
   */
  static List<SourceLayout> of(Configuration hadoop, SourceConfig config, List<SourceFile> files) {
    requireLists(config, files);
    List<SourceFile> filled = files.stream().filter(file -> file.length() > 0).toList();
    if (filled.isEmpty()) {
      return List.of();
    }
    return switch (config.format()) {
      case "csv" -> grouped(config, filled, file -> csvColumns(hadoop, config, file));
      case "parquet" ->
          grouped(config, filled, file -> List.of(footer(hadoop, config, file))).stream()
              .map(
                  layout ->
                      new SourceLayout(
                          List.of(), Shape.LINES, nanos(layout.columns().get(0)), layout.files()))
              .toList();
      default ->
          grouped(config, filled, file -> List.of(json(hadoop, config, file))).stream()
              .map(
                  layout ->
                      new SourceLayout(
                          List.of(),
                          layout.columns().equals(List.of(ARRAY)) ? Shape.ARRAY : Shape.LINES,
                          List.of(),
                          layout.files()))
              .toList();
    };
  }

  /**
   * A list of people without a byte is a list that was not written: an empty one has its header.
   */
  private static void requireLists(SourceConfig config, List<SourceFile> files) {
    files.stream()
        .filter(file -> file.length() == 0 && config.table().isPermission())
        .findFirst()
        .ifPresent(file -> requireText(config, file, ""));
  }

  private static void requireText(SourceConfig config, SourceFile file, String text) {
    if (text.isEmpty() && config.table().isPermission()) {
      throw new DataException(
          "sources.%s: %s is empty, without so much as a header: nobody can tell whom not to push; deliver it again, or remove it where the shop has no such list"
              .formatted(config.table().key(), file.path()));
    }
  }

  /** Paths as Spark's reader takes them. */
  String[] paths() {
    return files.stream().map(SourceFile::path).toArray(String[]::new);
  }

  private static List<SourceLayout> grouped(
      SourceConfig config, List<SourceFile> files, Function<SourceFile, List<String>> columns) {
    List<List<String>> found = inParallel(files, columns);
    Map<List<String>, List<SourceFile>> groups = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      if (found.get(i).isEmpty() || found.get(i).equals(List.of(""))) {
        requireText(config, files.get(i), "");
      } else if (!found.get(i).equals(List.of(EMPTY_ARRAY))) {
        groups.computeIfAbsent(found.get(i), key -> new ArrayList<>()).add(files.get(i));
      }
    }
    return groups.entrySet().stream()
        .map(group -> new SourceLayout(group.getKey(), Shape.LINES, List.of(), group.getValue()))
        .flatMap(SourceLayout::apart)
        .sorted(Comparator.comparing((SourceLayout layout) -> -layout.files().size()))
        .toList();
  }

  /**
   * Of paths that are no patterns Spark reads all of them once more for each that could be one, so
   * such a file is a layout of its own.
   */
  private Stream<SourceLayout> apart() {
    Map<Boolean, List<SourceFile>> byName =
        files.stream().collect(Collectors.partitioningBy(file -> file.path().matches(PATTERN)));
    Stream<List<SourceFile>> alone = byName.get(true).stream().map(List::of);
    return Stream.concat(Stream.of(byName.get(false)), alone)
        .filter(some -> !some.isEmpty())
        .map(some -> new SourceLayout(columns, shape, nanos, some));
  }

  private static List<String> csvColumns(
      Configuration hadoop, SourceConfig config, SourceFile file) {
    try {
      FirstBytes.of(hadoop, config, file);
      List<String> columns = CsvHeader.read(hadoop, config, file);
      boolean areGiven = !columns.isEmpty() && !config.sourceColumns().isEmpty();
      return areGiven ? CsvHeader.distinct(config.sourceColumns()) : columns;
    } catch (DataException known) {
      throw known;
    } catch (IOException | RuntimeException broken) {
      throw unreadable(config, file, broken);
    }
  }

  /** Spark reads no Parquet whose columns differ only in case. */
  private static void requireNoTwins(SourceConfig config, SourceFile file, MessageType schema) {
    Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Type field : schema.getFields()) {
      String twin = names.putIfAbsent(field.getName(), field.getName());
      if (twin != null) {
        throw new DataException(
            "sources.%s: %s has the columns %s and %s, which differ only in case: rename one of them"
                .formatted(config.table().key(), file.path(), twin, field.getName()));
      }
    }
  }

  /** Names a column that Spark cannot read, of whatever depth: its own message names none. */
  private static void requireTypes(SourceConfig config, SourceFile file, MessageType schema) {
    for (ColumnDescriptor column : schema.getColumns()) {
      LogicalTypeAnnotation type = column.getPrimitiveType().getLogicalTypeAnnotation();
      boolean isTooLong =
          type instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation number
              && number.getPrecision() > DecimalType.MAX_PRECISION();
      if (isTooLong || UNREAD.stream().anyMatch(unread -> unread.isInstance(type))) {
        throw new DataException(
            "sources.%s: column %s of %s is of Parquet's type %s, which Spark does not read: write it as text"
                .formatted(
                    config.table().key(), String.join(".", column.getPath()), file.path(), type));
      }
    }
  }

  private static List<String> nanos(String footer) {
    return MessageTypeParser.parseMessageType(footer).getFields().stream()
        .filter(
            field ->
                field.getLogicalTypeAnnotation()
                        instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation time
                    && time.getUnit() == LogicalTypeAnnotation.TimeUnit.NANOS)
        .map(Type::getName)
        .toList();
  }

  /**
   * {@link #ARRAY}, {@link #EMPTY_ARRAY} or whatever else the file begins with; empty for one
   * without text.
   */
  private static String json(Configuration hadoop, SourceConfig config, SourceFile file) {
    try {
      String first = FirstBytes.of(hadoop, config, file);
      boolean isNothing = first.replaceAll("[\\s\\x00\\xfe\\xff]", "").equals(EMPTY_ARRAY);
      return first.isEmpty() ? "" : isNothing ? EMPTY_ARRAY : first.startsWith(ARRAY) ? ARRAY : "{";
    } catch (DataException known) {
      throw known;
    } catch (IOException | RuntimeException broken) {
      throw unreadable(config, file, broken);
    }
  }

  private static String footer(Configuration hadoop, SourceConfig config, SourceFile file) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.path()), hadoop))) {
      MessageType schema = reader.getFileMetaData().getSchema();
      requireNoTwins(config, file, schema);
      requireTypes(config, file, schema);
      return schema.toString();
    } catch (DataException known) {
      throw known;
    } catch (IOException | RuntimeException broken) {
      throw unreadable(config, file, broken);
    }
  }

  private static DataException unreadable(SourceConfig config, SourceFile file, Exception broken) {
    return new DataException(
        "sources."
            + config.table().key()
            + ": "
            + file.path()
            + " is not readable as "
            + config.format()
            + " (it may be truncated or of another format): deliver the file again or set"
            + " sources."
            + config.table().key()
            + ".format",
        broken);
  }

  /** One open per file: on an object store each costs a round trip, so many at a time. */
  private static <T> List<T> inParallel(List<SourceFile> files, Function<SourceFile, T> read) {
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(THREADS, files.size()));
    try {
      List<Future<T>> futures =
          files.stream().map(file -> pool.submit(() -> read.apply(file))).toList();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof DataException data
          ? data
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while opening the source's files", stopped);
    } finally {
      pool.shutdownNow();
    }
  }
}
