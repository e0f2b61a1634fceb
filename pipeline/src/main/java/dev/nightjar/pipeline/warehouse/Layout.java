package dev.nightjar.pipeline.warehouse;

import dev.nightjar.features.table.RejectedRows;
import dev.nightjar.features.table.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Paths and names under a root:
 *
 * <pre>
 * root/table/date=2026-03-10/run=RUN/part-*.parquet         rows, immutable once written
 * root/table/date=2026-03-10/run=RUN/_card.json             metadata about them
 * root/table/date=2026-03-10/_manifest.json                 names the current run
 * root/table/column=value/date=2026-03-10/...               the same for a table in parts
 * root/_staging/RUN/table/date=2026-03-10/part-*.parquet    rows being written
 * root/_checkpoints/RUN/                                    checkpoints of training
 * root/_commits/RUN.json                                    manifests of a commit that is being made
 * root/_plan/date=2026-03-10.json                           names the runs of the published plan
 * </pre>
 */
public final class Layout {
  /** Under the root: checkpoints of training, by run. */
  public static final String CHECKPOINTS = "_checkpoints";

  /** Under the root: commits that are being made, by run. */
  static final String COMMITS = "_commits";

  /** Under the root: published plans, by night. */
  static final String PLANS = "_plan";

  /** Under the root: rows of many days before they are moved to their days, by run. */
  static final String STAGING = "_staging";

  /** Column by whose values Spark splits rows into the folders of days. */
  static final String DATE = "date";

  private static final String DATE_PREFIX = DATE + "=";
  private static final String RUN_PREFIX = "run=";
  private static final Pattern DAY_FOLDER =
      Pattern.compile(DATE_PREFIX + "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])");
  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final Storage storage;

  Layout(Storage storage) {
    this.storage = storage;
  }

  /** A new run id: unique, sorts by creation time. */
  public static String newRun() {
    return runTime(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Prefix of the ids of runs made at a time; earlier runs sort before it. */
  static String runTime(Instant time) {
    return RUN_TIME.format(time);
  }

  /** The folder of a table's day. */
  static String day(String table, LocalDate date) {
    return table + "/" + DATE_PREFIX + date;
  }

  /** The folder of one run's rows of a table's day. */
  static String run(String table, LocalDate date, String run) {
    return day(table, date) + "/" + RUN_PREFIX + run;
  }

  /** The folder of the run that a manifest names. */
  static String run(Manifest manifest) {
    return run(manifest.table(), manifest.day(), manifest.run());
  }

  /** Where a manifest belongs. */
  static String manifest(Manifest manifest) {
    return manifest(manifest.table(), manifest.day());
  }

  /** The file of a commit while it is being made. */
  static String commit(String run) {
    return COMMITS + "/" + run + ".json";
  }

  /** The published plan of a night. */
  static String plan(LocalDate night) {
    return PLANS + "/" + DATE_PREFIX + night + ".json";
  }

  /** The manifest of a table's day. */
  static String manifest(String table, LocalDate date) {
    return day(table, date) + "/_manifest.json";
  }

  /** The card in the folder of a run. */
  static String card(String runFolder) {
    return runFolder + "/_card.json";
  }

  /** The staging folder of a run. */
  static String staging(String run) {
    return STAGING + "/" + run;
  }

  /** The folders that hold the days of a table: those of its parts where it has any. */
  static List<String> folders(String table) {
    return table.equals(RejectedRows.TABLE.name())
        ? RejectedRows.TABLE.parts().stream().map(Table::name).toList()
        : List.of(table);
  }

  /** Days that have a folder under a table or a part, in order; other folders are ignored. */
  Stream<LocalDate> days(String folder) {
    return storage.list(folder).stream()
        .filter(name -> DAY_FOLDER.matcher(name).matches())
        .map(name -> LocalDate.parse(name.substring(DATE_PREFIX.length())));
  }

  /** Ids of all runs of a day, current or superseded. */
  Stream<String> runs(String folder, LocalDate date) {
    return storage.list(day(folder, date)).stream()
        .filter(child -> child.startsWith(RUN_PREFIX))
        .map(child -> child.substring(RUN_PREFIX.length()));
  }

  /**
   * Paths of the JSON files of a folder. One that was being put has another name until it is whole.
   */
  Stream<String> jsonFiles(String folder) {
    return storage.list(folder).stream()
        .filter(name -> name.endsWith(".json"))
        .map(name -> folder + "/" + name);
  }

  /** Names of the tables and models under the root. */
  Stream<String> tables() {
    return storage.list("").stream().filter(name -> !name.startsWith("_"));
  }
}
