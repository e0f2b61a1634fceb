package dev.nightjar.pipeline.warehouse;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightjar.features.table.Table;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The writes of one stage, all of one run. Rows are written at once; they become current only at
 * {@link #commit(double)}, all together, once all tables are written.
 */
public final class Writing {
  private static final long ROWS_PER_FILE = 2_000_000;

  private final SparkSession spark;
  private final Storage storage;
  private final Manifests manifests;
  private final Provenance provenance;
  private final boolean isForced;
  private final String run = Layout.newRun();
  private final List<Manifest> pending = new ArrayList<>();
  private final List<String> begun = new ArrayList<>();
  private boolean isCommitting;

  Writing(
      SparkSession spark,
      Storage storage,
      Manifests manifests,
      Provenance provenance,
      boolean isForced) {
    this.spark = spark;
    this.storage = storage;
    this.manifests = manifests;
    this.provenance = provenance;
    this.isForced = isForced;
  }

  /** Digest of what the rows depend on. */
  public String fingerprint() {
    return provenance.fingerprint();
  }

  /** Whether to recompute what is already done. */
  public boolean isForced() {
    return isForced;
  }

  /**
   * Writes the rows of one day.
   *
   * @throws IllegalStateException where their columns differ from the table's
   */
  public void write(Table table, LocalDate date, Dataset<Row> rows) {
    requireColumns(table, rows);
    String path = storage.path(begin(table.name(), date));
    select(table, rows).write().mode(SaveMode.ErrorIfExists).parquet(path);
    long count = spark.read().schema(table.schema()).parquet(path).count();
    add(table.name(), table.version(), new DayRows(date, count, "", provenance.sources()));
  }

  /**
   * Writes many days in one job: to a place of this run's own, since Spark's writes to one place
   * may delete each other's rows, and from there to where each day belongs.
   *
   * @param rows the table's columns and {@code dayColumn}, a date
   * @param days what is known of each day's rows; a day of 0 rows gets a manifest but no files
   */
  public void writeDays(Table table, String dayColumn, Dataset<Row> rows, List<DayRows> days) {
    requireColumns(table, rows.drop(dayColumn));
    List<LocalDate> filled =
        days.stream().filter(day -> day.rows() > 0).map(DayRows::date).toList();
    if (!filled.isEmpty()) {
      String staged = Layout.staging(run) + "/" + table.name();
      Column day = col(dayColumn);
      Dataset<Row> due =
          dealt(rows.where(day.isin(filled.stream().map(Date::valueOf).toArray())), day, days);
      select(table, due, day.cast("string").as(Layout.DATE))
          .write()
          .mode(SaveMode.ErrorIfExists)
          .partitionBy(Layout.DATE)
          .parquet(storage.path(staged));
      filled.forEach(date -> storage.move(Layout.day(staged, date), begin(table.name(), date)));
      storage.delete(Layout.staging(run));
    }
    days.forEach(day -> add(table.name(), table.version(), day));
  }

  /** A day is written by one task, a large one by several. */
  private static Dataset<Row> dealt(Dataset<Row> rows, Column day, List<DayRows> days) {
    IntSummaryStatistics files =
        days.stream().mapToInt(written -> files(written.rows())).summaryStatistics();
    if (files.getMax() <= 1) {
      return rows.repartition(day);
    }
    Column row = xxhash64(Arrays.stream(rows.columns()).map(functions::col).toArray(Column[]::new));
    return rows.repartition((int) files.getSum(), day, pmod(row, lit(files.getMax())));
  }

  private static int files(long rows) {
    return Math.toIntExact((rows - 1) / ROWS_PER_FILE + 1);
  }

  private static void requireColumns(Table table, Dataset<Row> rows) {
    String difference = table.differenceTo(rows.schema());
    if (!difference.isEmpty()) {
      throw new IllegalStateException(
          "rows for table " + table.name() + " do not fit its schema: " + difference);
    }
  }

  /**
   * The table's columns and {@code more}. A row without a value that the table declares as required
   * fails the job that writes it; columns that Spark knows to be free of nulls are not checked.
   */
  private static Dataset<Row> select(Table table, Dataset<Row> rows, Column... more) {
    StructType schema = rows.schema();
    Stream<Column> own =
        table.declared().stream()
            .map(
                column -> {
                  boolean canFail = !column.isNullable() && schema.apply(column.name()).nullable();
                  return canFail ? required(table, column.name()) : col(column.name());
                });
    return rows.select(Stream.concat(own, Arrays.stream(more)).toArray(Column[]::new));
  }

  private static Column required(Table table, String column) {
    String message =
        "a row for table %s has no value in column %s, which the table declares as required"
            .formatted(table.name(), column);
    return coalesce(col(column), raise_error(lit(message))).as(column);
  }

  /** Keeps the rows of a day, recording the sources that they were compared with. */
  public void keep(Manifest kept, Map<String, String> sources) {
    pending.add(kept.confirmedBy(provenance, sources));
  }

  /** Writes a model: {@code save} receives the directory to fill. */
  public void writeModel(String model, LocalDate date, Consumer<String> save) {
    save.accept(storage.path(begin(model, date)));
    add(model, 1, new DayRows(date, 0, "", provenance.sources()));
  }

  /** Writes the card of the rows or the model that was written. */
  public void writeCard(String table, LocalDate date, Object card) {
    storage.put(Layout.card(Layout.run(table, date, run)), Json.text(card));
  }

  /** The place of a day's rows, recorded first, so that an interrupted write can be removed. */
  private String begin(String table, LocalDate date) {
    String rows = Layout.run(table, date, run);
    begun.add(rows);
    return rows;
  }

  private void add(String table, int version, DayRows day) {
    pending.add(
        new Manifest(
            table,
            day.date().toString(),
            run,
            version,
            day.rows(),
            provenance.inputs(),
            provenance.fingerprint(),
            provenance.codeVersion(),
            0,
            day.contentDigest(),
            day.sources()));
  }

  /** Makes all that was written current. */
  public List<Manifest> commit(double seconds) {
    isCommitting = true;
    List<Manifest> done = pending.stream().map(manifest -> manifest.within(seconds)).toList();
    manifests.put(run, done);
    return done;
  }

  /**
   * Removes what was written, complete or not. Once a commit has begun, a manifest may name the
   * rows, so they are kept; vacuum removes those that no manifest names.
   */
  public void abandon() {
    if (!isCommitting) {
      begun.forEach(storage::delete);
      storage.delete(Layout.staging(run));
    }
  }
}
