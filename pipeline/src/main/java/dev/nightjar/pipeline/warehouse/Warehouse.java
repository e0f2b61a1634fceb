package dev.nightjar.pipeline.warehouse;

import dev.nightjar.features.DataException;
import dev.nightjar.features.table.Table;
import dev.nightjar.training.ModelCard;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The tables, models and cards under one root, by day; {@link Layout} says where each is.
 *
 * <p>Rows are written to a new run; the manifest that names the run is put last, in one atomic
 * step. A reader that follows the manifest sees the old rows or the new ones, even if the process
 * is killed in between.
 */
public final class Warehouse {
  private final SparkSession spark;
  private final Storage storage;
  private final Manifests manifests;
  private final Publications publications;
  private final Reading reading;

  public Warehouse(SparkSession spark, Storage storage) {
    this(spark, storage, Optional.empty());
  }

  private Warehouse(SparkSession spark, Storage storage, Optional<Reading> base) {
    this.spark = spark;
    this.storage = storage;
    this.manifests = new Manifests(storage);
    this.publications = new Publications(storage);
    this.reading = new Reading(spark, storage, manifests, base);
  }

  /**
   * A warehouse that reads from this one what it has not written itself. It writes to its own root
   * alone.
   */
  public Warehouse below(Storage own) {
    return new Warehouse(spark, own, Optional.of(reading));
  }

  public SparkSession spark() {
    return spark;
  }

  public Storage storage() {
    return storage;
  }

  /**
   * Finishes what processes that were killed had begun to make current. Only under the root's lock.
   */
  public void finishCommits() {
    manifests.finish();
  }

  /** The published plan of a night, or nothing where none was. */
  public Optional<Publication> publication(LocalDate night) {
    return publications.find(night);
  }

  /** Publishes a plan: from then on a mailer reads the runs that it names. */
  public void publish(Publication publication) {
    publications.put(publication);
  }

  /** Opens the writing of one stage. */
  public Writing begin(Provenance provenance, boolean isForced) {
    return new Writing(spark, storage, manifests, provenance, isForced);
  }

  /**
   * Removes what was superseded before {@code before}: runs that no manifest and no published plan
   * names, and leftovers of nights that were killed.
   *
   * @param keptFrom tables whose earlier days are removed as well
   * @return paths removed, or to be removed on a dry run, relative to the root, in order
   */
  public List<String> vacuum(Instant before, Map<Table, LocalDate> keptFrom, boolean isDryRun) {
    return new Vacuum(storage, manifests, publications).run(before, keptFrom, isDryRun);
  }

  /** The manifest of the day of a table, a part or a model; nothing where it was not written. */
  public Optional<Manifest> manifest(String table, LocalDate date) {
    return reading.manifest(table, date);
  }

  /** The manifests of a table's day: one, or one for each of its parts that was written. */
  public List<Manifest> manifests(String table, LocalDate date) {
    return reading.manifests(table, date);
  }

  /** Days of a table that were written, in order. */
  public List<LocalDate> dates(String table) {
    return reading.dates(table);
  }

  /**
   * Rows of one day.
   *
   * @throws DataException where the day was not written, or under another schema
   */
  public Dataset<Row> read(Table table, LocalDate date) {
    return reading.read(table, date);
  }

  /**
   * Rows of every written day from {@code from} to {@code to}, both included.
   *
   * @throws DataException where one of them was written under another schema
   */
  public Dataset<Row> readDays(Table table, LocalDate from, LocalDate to) {
    return reading.readDays(table, from, to);
  }

  /**
   * Rows of some days.
   *
   * @throws DataException where one of them was written under another schema
   */
  public Dataset<Row> rows(Table table, List<Manifest> written) {
    return reading.rows(table, written);
  }

  /**
   * Directory of the current model.
   *
   * @throws DataException where the day has none
   */
  public String modelDirectory(String model, LocalDate date) {
    return reading.modelDirectory(model, date);
  }

  /** Directory of what a manifest names. */
  public String directory(Manifest manifest) {
    return reading.directory(manifest);
  }

  /** The card of the current rows or model, where there is one. */
  public Optional<Map<String, Object>> card(String table, LocalDate date) {
    return manifest(table, date).flatMap(this::card);
  }

  /** The card of the model that a manifest names, where there is one. */
  public Optional<ModelCard> modelCard(Manifest manifest) {
    return reading.modelCard(manifest);
  }

  /** The card of the run that a manifest names, where there is one. */
  public Optional<Map<String, Object>> card(Manifest manifest) {
    return reading.card(manifest);
  }
}
