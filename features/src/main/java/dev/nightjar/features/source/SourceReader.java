package dev.nightjar.features.source;

import dev.nightjar.features.DataException;
import dev.nightjar.features.SparkMessage;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.source.value.AutoTime;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads a shop's own files as one of Nightjar's inputs.
 *
 * <p>Listing and reading are separate, so that a stage can see from the list alone whether anything
 * changed since it last ran.
 */
public final class SourceReader {
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

  /** The day that a file of a source is of, by its path; empty where the path has none. */
  public static Optional<LocalDate> dayOf(SourceConfig config, String path) {
    return config.isDated() ? SourceFiles.day(config, path) : Optional.empty();
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
    return read(spark, config, files, note -> {});
  }

  /**
   * As {@link #read(SparkSession, SourceConfig, List)}.
   *
   * @param notes gets a line for each column that some of the files lack
   */
  public static Dataset<Row> read(
      SparkSession spark, SourceConfig config, List<SourceFile> files, Consumer<String> notes) {
    if (AutoTime.isIn(config.columns().values())) {
      AutoTime.register(spark);
    }
    try {
      return new SourceRows(spark, config, notes).of(SourceLayout.of(hadoop(spark), config, files));
    } catch (Exception failed) {
      if (SourceFailure.isOfAValue(failed) && !config.options().isEmpty()) {
        throw new ConfigProblems(
            List.of(
                "sources.%s.options has a value that Spark's reader does not take: look at %s"
                    .formatted(
                        config.table().key(), String.join(", ", config.options().keySet()))));
      }
      // AnalysisException is a checked exception that no signature declares.
      if (!(failed instanceof AnalysisException analysis)) {
        throw failed;
      }
      String words =
          files.size() == 1
              ? "%s cannot be read (%s); deliver it in another form"
                  .formatted(files.get(0).path(), SparkMessage.of(analysis))
              : "its files cannot be read together (%s); look for columns that differ between them"
                  .formatted(SparkMessage.of(analysis));
      throw new DataException("sources.%s: %s".formatted(config.table().key(), words), failed);
    }
  }

  /** An input that the shop does not have: its columns and no rows. */
  public static Dataset<Row> none(SparkSession spark, InputTable table) {
    return spark.createDataFrame(List.of(), table.mappedSchema());
  }

  private static Configuration hadoop(SparkSession spark) {
    return spark.sparkContext().hadoopConfiguration();
  }
}
