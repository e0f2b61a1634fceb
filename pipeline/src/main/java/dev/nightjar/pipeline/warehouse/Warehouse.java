package dev.nightjar.pipeline.warehouse;

import static org.apache.spark.sql.functions.col;

import dev.nightjar.features.DataException;
import dev.nightjar.features.table.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * The tables under one root, by day:
 *
 * <pre>
 * root/table/date=2026-03-10/run=RUN/part-*.parquet   immutable once written
 * root/table/date=2026-03-10/_manifest.json           names the run that counts
 * </pre>
 *
 * <p>A table in parts has such days in each {@code root/table/column=value}.
 *
 * <p>Rows are written to a new run; the manifest is put last, in one atomic step. A reader that
 * follows the manifest sees the old rows or the new ones, whatever dies when.
 */
public final class Warehouse {
  /** Under the root: what a night needs only while it trains, by run. */
  public static final String CHECKPOINTS = "_checkpoints";

  /** Under the root: rows of many days on their way to their own places, by run. */
  private static final String STAGING = "_staging";

  private static final String MANIFEST = "_manifest.json";
  private static final String CARD = "_card.json";
  private static final String DATE_PREFIX = "date=";
  private static final String RUN_PREFIX = "run=";
  private static final Pattern DAY_FOLDER =
      Pattern.compile(DATE_PREFIX + "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])");
  private static final Pattern PART_FOLDER = Pattern.compile("[a-z_]+=[a-z_]+");
  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final SparkSession spark;
  private final Storage storage;
  private final Optional<Warehouse> base;
  private final Map<String, Optional<Manifest>> manifests = new ConcurrentHashMap<>();

  public Warehouse(SparkSession spark, Storage storage) {
    this(spark, storage, Optional.empty());
  }

  private Warehouse(SparkSession spark, Storage storage, Optional<Warehouse> base) {
    this.spark = spark;
    this.storage = storage;
    this.base = base;
  }

  /**
   * A warehouse that reads from this one what it has not written itself. It writes to its own root
   * alone.
   */
  public Warehouse below(Storage own) {
    return new Warehouse(spark, own, Optional.of(this));
  }

  public SparkSession spark() {
    return spark;
  }

  public Storage storage() {
    return storage;
  }

  /** A new run id: sorts by time of making, unique. */
  public static String newRun() {
    return RUN_TIME.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  static String day(String table, LocalDate date) {
    return table + "/" + DATE_PREFIX + date;
  }

  static String rowsOf(String table, LocalDate date, String run) {
    return day(table, date) + "/" + RUN_PREFIX + run;
  }

  /** The manifest of a table's day, or nothing where the day was not written. */
  public Optional<Manifest> manifest(String table, LocalDate date) {
    return own(table, date).or(() -> base.flatMap(under -> under.manifest(table, date)));
  }

  private Optional<Manifest> own(String table, LocalDate date) {
    return manifests.computeIfAbsent(
        day(table, date),
        place -> {
          String file = place + "/" + MANIFEST;
          return storage.get(file).map(json -> Manifest.fromJson(json, storage.display(file)));
        });
  }

  /** Days of a table that were written, in order. */
  public List<LocalDate> dates(String table) {
    return folders(table).stream()
        .flatMap(folder -> days(folder).filter(date -> manifest(folder, date).isPresent()))
        .distinct()
        .sorted()
        .toList();
  }

  /** The manifests of a table's day: one, or one for each of its parts that was written. */
  public List<Manifest> manifests(String table, LocalDate date) {
    return folders(table).stream().flatMap(folder -> manifest(folder, date).stream()).toList();
  }

  /** The folders that may hold days of a table: its own, and one for each of its parts. */
  private List<String> folders(String table) {
    Stream<String> parts =
        storage.list(table).stream()
            .filter(name -> PART_FOLDER.matcher(name).matches() && !name.startsWith(DATE_PREFIX))
            .map(part -> table + "/" + part);
    return Stream.concat(Stream.of(table), parts).toList();
  }

  /** Days of a table that have a folder, in order; folders of another name are not ours. */
  private Stream<LocalDate> days(String table) {
    return storage.list(table).stream()
        .filter(name -> DAY_FOLDER.matcher(name).matches())
        .map(name -> LocalDate.parse(name.substring(DATE_PREFIX.length())));
  }

  /**
   * Rows of one day.
   *
   * @throws DataException where the day was not written, or under another schema
   */
  public Dataset<Row> read(Table table, LocalDate date) {
    List<Manifest> written = written(table, date).toList();
    if (written.isEmpty()) {
      throw new DataException(missing(table.name(), date));
    }
    return rows(table, written);
  }

  /** Rows of every written day from {@code from} to {@code to}, both included. */
  public Dataset<Row> readDays(Table table, LocalDate from, LocalDate to) {
    List<Manifest> written =
        from.datesUntil(to.plusDays(1)).flatMap(date -> written(table, date)).toList();
    return rows(table, written);
  }

  private Stream<Manifest> written(Table table, LocalDate date) {
    return table.parts().stream().flatMap(part -> manifest(part.name(), date).stream());
  }

  /**
   * Rows of some days.
   *
   * @throws DataException where one of them was written under another schema
   */
  public Dataset<Row> rows(Table table, List<Manifest> written) {
    written.forEach(manifest -> requireSchema(table, manifest));
    String[] paths =
        written.stream()
            .filter(manifest -> manifest.rows() > 0)
            .map(this::directory)
            .toArray(String[]::new);
    return paths.length == 0
        ? spark.createDataFrame(List.of(), table.schema())
        : spark.read().schema(table.schema()).parquet(paths);
  }

  /** Where the rows of a manifest lie: here, or in the warehouse below. */
  private Storage holder(Manifest manifest) {
    boolean isOwn =
        base.isEmpty() || own(manifest.table(), LocalDate.parse(manifest.date())).isPresent();
    return isOwn ? storage : base.orElseThrow().holder(manifest);
  }

  private static void requireSchema(Table table, Manifest manifest) {
    if (manifest.schemaVersion() != table.version()) {
      throw new DataException(
          "table %s of %s has schema version %d where this Nightjar reads %d; run that night again with --force"
              .formatted(table.name(), manifest.date(), manifest.schemaVersion(), table.version()));
    }
  }

  /** Directory of the model that counts. */
  public String modelDirectory(String model, LocalDate date) {
    Manifest manifest =
        manifest(model, date).orElseThrow(() -> new DataException(missing(model, date)));
    return directory(manifest);
  }

  /** Directory of what a manifest names. */
  public String directory(Manifest manifest) {
    return holder(manifest).path(folder(manifest));
  }

  private static String folder(Manifest manifest) {
    return rowsOf(manifest.table(), LocalDate.parse(manifest.date()), manifest.run());
  }

  private String missing(String table, LocalDate date) {
    List<LocalDate> known = dates(table);
    String hint =
        known.isEmpty()
            ? "no date of it was written under " + storage.display(".")
            : "the last written date is " + known.get(known.size() - 1);
    return "table %s has no rows for %s: %s; run the night of that date first"
        .formatted(table, date, hint);
  }

  /** The card of the model that counts, where it has one. */
  public Optional<Map<String, Object>> card(String table, LocalDate date) {
    return manifest(table, date).flatMap(this::card);
  }

  /** The card next to what a manifest names, where it has one. */
  public Optional<Map<String, Object>> card(Manifest manifest) {
    return holder(manifest).get(folder(manifest) + "/" + CARD).map(Json::readMap);
  }

  /** Opens the writing of one stage. */
  public Writing begin(Provenance provenance, boolean isForced) {
    return new Writing(provenance, isForced);
  }

  /**
   * The writes of one stage. Rows go to disk at once; what counts changes only at {@link
   * #commit(double)}, one manifest after the other once the rows of all tables are there.
   */
  public final class Writing {
    private final Provenance provenance;
    private final boolean isForced;
    private final String run = newRun();
    private final List<Manifest> pending = new java.util.ArrayList<>();
    private final List<String> begun = new java.util.ArrayList<>();
    private boolean isCommitting;

    private Writing(Provenance provenance, boolean isForced) {
      this.provenance = provenance;
      this.isForced = isForced;
    }

    /** Digest of what the rows depend on. */
    public String fingerprint() {
      return provenance.fingerprint();
    }

    /** Whether to compute also what already stands. */
    public boolean isForced() {
      return isForced;
    }

    /** Writes the rows of one day. */
    public void write(Table table, LocalDate date, Dataset<Row> rows) {
      requireColumns(table, rows);
      String path = storage.path(begin(table.name(), date));
      select(table, rows).write().mode(SaveMode.ErrorIfExists).parquet(path);
      long count = spark.read().schema(table.schema()).parquet(path).count();
      pending.add(manifest(table.name(), table.version(), date, count, "", provenance.sources()));
    }

    /**
     * Writes many days in one job: to a place of this run's own, since Spark's writes to one place
     * may delete each other's rows, and from there to where each day belongs.
     *
     * @param rows the table's columns and {@code dayColumn}, a date
     * @param days what is known of each day's rows; a day of 0 rows gets a manifest and no files
     */
    public void writeDays(Table table, String dayColumn, Dataset<Row> rows, List<DayRows> days) {
      requireColumns(table, rows.drop(dayColumn));
      List<DayRows> filled = days.stream().filter(day -> day.rows() > 0).toList();
      if (!filled.isEmpty()) {
        Object[] dates = filled.stream().map(d -> java.sql.Date.valueOf(d.date())).toArray();
        Column[] columns =
            Arrays.stream(table.columns())
                .map(org.apache.spark.sql.functions::col)
                .toArray(Column[]::new);
        String staging = STAGING + "/" + run + "/" + table.name();
        rows.where(col(dayColumn).isin(dates))
            .repartition(col(dayColumn))
            .select(columns(columns, col(dayColumn).cast("string").as("date")))
            .write()
            .mode(SaveMode.ErrorIfExists)
            .partitionBy("date")
            .parquet(storage.path(staging));
        filled.forEach(
            day -> {
              String place = begin(table.name(), day.date());
              storage.move(staging + "/" + DATE_PREFIX + day.date(), place);
            });
        storage.delete(STAGING + "/" + run);
      }
      for (DayRows day : days) {
        pending.add(
            manifest(
                table.name(),
                table.version(),
                day.date(),
                day.rows(),
                day.contentDigest(),
                day.sources()));
      }
    }

    /** Lets a day keep its rows, noting what they were found equal to. */
    public void keep(Manifest kept, Map<String, String> sources) {
      pending.add(
          new Manifest(
              kept.table(),
              kept.date(),
              kept.run(),
              kept.schemaVersion(),
              kept.rows(),
              kept.inputs(),
              provenance.fingerprint(),
              provenance.codeVersion(),
              kept.seconds(),
              kept.contentDigest(),
              sources));
    }

    /** Writes a model: {@code save} is given the directory to fill. */
    public void writeModel(String model, LocalDate date, Consumer<String> save) {
      save.accept(storage.path(begin(model, date)));
      pending.add(manifest(model, 1, date, 0, "", provenance.sources()));
    }

    /** Puts a model's card beside the rows or the model that was written. */
    public void writeCard(String table, LocalDate date, Object card) {
      storage.put(rowsOf(table, date, run) + "/" + CARD, Json.write(card));
    }

    /** The place of a day's rows, noted first so that a write that dies midway is found again. */
    private String begin(String table, LocalDate date) {
      String rows = rowsOf(table, date, run);
      begun.add(rows);
      return rows;
    }

    /** Makes all that was written count. */
    public List<Manifest> commit(double seconds) {
      isCommitting = true;
      List<Manifest> done = pending.stream().map(m -> withSeconds(m, seconds)).toList();
      for (Manifest manifest : done) {
        String place = day(manifest.table(), LocalDate.parse(manifest.date()));
        storage.put(place + "/" + MANIFEST, manifest.toJson());
        manifests.put(place, Optional.of(manifest));
      }
      return done;
    }

    /**
     * Removes what was written, also in part. Once a commit began, a manifest may name the rows, so
     * they stay; vacuum removes those that none names.
     */
    public void abandon() {
      if (!isCommitting) {
        begun.forEach(storage::delete);
        storage.delete(STAGING + "/" + run);
      }
    }

    private Manifest manifest(
        String table,
        int version,
        LocalDate date,
        long rows,
        String digest,
        Map<String, String> sources) {
      return new Manifest(
          table,
          date.toString(),
          run,
          version,
          rows,
          provenance.inputs(),
          provenance.fingerprint(),
          provenance.codeVersion(),
          0,
          digest,
          sources);
    }

    private static Manifest withSeconds(Manifest m, double seconds) {
      return new Manifest(
          m.table(),
          m.date(),
          m.run(),
          m.schemaVersion(),
          m.rows(),
          m.inputs(),
          m.fingerprint(),
          m.codeVersion(),
          m.seconds() > 0 ? m.seconds() : Math.round(seconds * 1000) / 1000.0,
          m.contentDigest(),
          m.sources());
    }
  }

  /**
   * One day's rows of a table that is written many days at a time.
   *
   * @param date the day
   * @param rows how many
   * @param contentDigest order-free digest of them
   * @param sources stamps of the source files they were read from
   */
  public record DayRows(
      LocalDate date, long rows, String contentDigest, Map<String, String> sources) {}

  private static Dataset<Row> select(Table table, Dataset<Row> rows) {
    return rows.select(
        Arrays.stream(table.columns())
            .map(org.apache.spark.sql.functions::col)
            .toArray(Column[]::new));
  }

  private static Column[] columns(Column[] first, Column... more) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(Column[]::new);
  }

  private static void requireColumns(Table table, Dataset<Row> rows) {
    String difference = table.differenceTo(rows.schema());
    if (!difference.isEmpty()) {
      throw new IllegalStateException(
          "rows for table " + table.name() + " do not fit its schema: " + difference);
    }
  }

  /**
   * Removes what is older than {@code before} and counts no more: runs that no manifest names, and
   * what dead nights left of their checkpoints and of rows on their way.
   *
   * @return paths removed, relative to the root, in order
   */
  public List<String> vacuum(Instant before, boolean dryRun) {
    String oldest = RUN_TIME.format(before);
    List<String> removed =
        storage.list("").stream()
            .filter(table -> !table.startsWith("_"))
            .flatMap(table -> folders(table).stream())
            .flatMap(folder -> supersededRuns(folder, oldest).stream())
            .collect(Collectors.toList());
    for (String passing : List.of(CHECKPOINTS, STAGING)) {
      storage.list(passing).stream()
          .filter(run -> run.compareTo(oldest) < 0)
          .forEach(dead -> removed.add(passing + "/" + dead));
    }
    if (!dryRun) {
      removed.forEach(storage::delete);
    }
    return removed;
  }

  private List<String> supersededRuns(String table, String oldest) {
    return days(table)
        .flatMap(
            date -> {
              String counts = manifest(table, date).map(Manifest::run).orElse("");
              return storage.list(day(table, date)).stream()
                  .filter(child -> child.startsWith(RUN_PREFIX))
                  .map(child -> child.substring(RUN_PREFIX.length()))
                  .filter(run -> !run.equals(counts) && run.compareTo(oldest) < 0)
                  .map(run -> rowsOf(table, date, run));
            })
        .toList();
  }
}
