package dev.nightjar.pipeline.stage;

import dev.nightjar.features.DataException;
import dev.nightjar.features.catalog.CheckedInputs;
import dev.nightjar.features.catalog.InputAge;
import dev.nightjar.features.catalog.Unusual;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourceFile;
import dev.nightjar.features.source.SourceReader;
import dev.nightjar.features.source.SourcesConfig;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The inputs other than the events, as of a night. */
final class Inputs {
  private Inputs() {}

  /**
   * Files of an input.
   *
   * @throws DataException where it has none: when a configured input is lost, the night must not
   *     plan as if nobody were suppressed or nothing had been sent
   */
  static List<SourceFile> files(SparkSession spark, SourceConfig source, LocalDate date) {
    LocalDate first = date.minusDays(source.lookbackDays());
    List<SourceFile> files = SourceReader.files(spark, source, first, date);
    if (files.isEmpty()) {
      throw new DataException(
          "sources.%s has no file %s from %s to %s; a night needs one: put it there, raise sources.%1$s.lookback_days, or leave sources.%1$s out if the shop has none"
              .formatted(source.table().key(), source.path(), first, date));
    }
    return files;
  }

  /**
   * Files of an input that a night knows: of one that the ledger remembers, those before {@code
   * lookback_days} too, since what they refuse holds however late they come.
   */
  private static List<SourceFile> known(SparkSession spark, SourceConfig source, LocalDate date) {
    List<SourceFile> files = files(spark, source, date);
    return isRemembered(source) ? SourceReader.files(spark, source, LocalDate.MIN, date) : files;
  }

  private static boolean isRemembered(SourceConfig source) {
    return source.isDated()
        && switch (source.table()) {
          case SUPPRESSIONS, PUSHES -> true;
          case USERS -> source.whatFilesAre() == SourceConfig.Kind.CHANGES;
          default -> false;
        };
  }

  /**
   * Reads the inputs: the files of {@code lookback_days}, and older ones that the ledger has not.
   *
   * @param inLedger stamps of the files of which the ledger was made, as tonight would read them
   * @param notes gets what a person should know of the files
   * @return mapped rows of each input; none where the shop does not have it
   */
  static Map<InputTable, Dataset<Row>> read(
      SparkSession spark,
      SourcesConfig sources,
      LocalDate date,
      Map<String, String> inLedger,
      Consumer<String> notes) {
    Map<InputTable, Dataset<Row>> mapped = new EnumMap<>(InputTable.class);
    for (InputTable table : CheckedInputs.INPUTS) {
      mapped.put(
          table,
          sources
              .of(table)
              .map(
                  source -> {
                    List<SourceFile> files = unread(spark, source, date, inLedger);
                    return SourceReader.read(spark, source, files, notes);
                  })
              .orElseGet(() -> SourceReader.none(spark, table)));
    }
    return mapped;
  }

  private static List<SourceFile> unread(
      SparkSession spark, SourceConfig source, LocalDate date, Map<String, String> inLedger) {
    LocalDate first = date.minusDays(source.lookbackDays());
    return known(spark, source, date).stream()
        .filter(
            file ->
                file.day().filter(day -> day.isBefore(first)).isEmpty()
                    || !file.stamp().equals(inLedger.get(file.path())))
        .toList();
  }

  /** The inputs whose newest file is too old. */
  static List<Unusual> old(SparkSession spark, SourcesConfig sources, LocalDate date, ZoneId shop) {
    return CheckedInputs.INPUTS.stream()
        .filter(table -> !sources.isReadFromEvents(table))
        .flatMap(table -> sources.of(table).stream())
        .flatMap(source -> InputAge.of(source, files(spark, source, date), date, shop).stream())
        .toList();
  }

  /** Stamps of the files of all inputs except the events. */
  static Map<String, String> stamps(SparkSession spark, SourcesConfig sources, LocalDate date) {
    Map<String, String> stamps = new TreeMap<>();
    CheckedInputs.INPUTS.stream()
        .flatMap(table -> sources.of(table).stream())
        .forEach(source -> stamps.putAll(SourceFile.stamps(known(spark, source, date))));
    return stamps;
  }
}
