package dev.nightjar.pipeline.stage;

import dev.nightjar.features.Steps;
import dev.nightjar.features.table.Table;
import dev.nightjar.pipeline.warehouse.DayRows;
import dev.nightjar.pipeline.warehouse.Manifest;
import dev.nightjar.pipeline.warehouse.Publication;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.pipeline.warehouse.Writing;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a stage may write: the tables and models it declares, and their current runs. */
public final class StageOutputs {
  private final Stage stage;
  private final Warehouse warehouse;
  private final Writing writing;
  private final LocalDate date;

  /**
   * Opens the outputs of a stage.
   *
   * @param writing takes the rows; they become current when it is committed
   */
  public StageOutputs(Stage stage, Warehouse warehouse, Writing writing, LocalDate date) {
    this.stage = stage;
    this.warehouse = warehouse;
    this.writing = writing;
    this.date = date;
  }

  /** The session that the rows are written with. */
  public SparkSession spark() {
    return warehouse.spark();
  }

  /** Digest of what the rows depend on. */
  public String fingerprint() {
    return writing.fingerprint();
  }

  /** Whether to recompute what is already done. */
  public boolean isForced() {
    return writing.isForced();
  }

  /** Whether a day of an output was written under this fingerprint. */
  public boolean isCurrent(String output, LocalDate day) {
    return current(output, day)
        .filter(manifest -> manifest.fingerprint().equals(fingerprint()))
        .isPresent();
  }

  /** The current manifest of a day of an output, before this stage commits. */
  public Optional<Manifest> current(String output, LocalDate day) {
    requireDeclared(output);
    return warehouse.manifest(output, day);
  }

  /** The night's rows of an output before this stage commits; none where it was not written. */
  public Dataset<Row> currentRows(Table table) {
    return currentRows(table, date);
  }

  /** The rows of a day of an output before this stage commits; none where it was not written. */
  Dataset<Row> currentRows(Table table, LocalDate day) {
    return warehouse.rows(table, current(table.name(), day).stream().toList());
  }

  /** Names of the files of the current model; empty where none was written. */
  public List<String> files(String model) {
    return current(model, date)
        .map(manifest -> warehouse.storage().list(warehouse.directory(manifest)))
        .orElse(List.of());
  }

  /** Writes the night's rows of a table. */
  public void write(Table table, Dataset<Row> rows) {
    requireDeclared(table.name());
    step(table.name(), () -> writing.write(table, date, rows));
  }

  /** Writes many days at once, as {@link Writing#writeDays} does. */
  public void writeDays(Table table, String dayColumn, Dataset<Row> rows, List<DayRows> days) {
    requireDeclared(table.name());
    step(table.name(), () -> writing.writeDays(table, dayColumn, rows, days));
  }

  /**
   * As {@link #writeDays}, but a day whose rows are unchanged keeps them; its manifest records the
   * sources that they were compared with.
   */
  public void writeChangedDays(
      Table table, String dayColumn, Dataset<Row> rows, List<DayRows> days) {
    List<DayRows> changed = new ArrayList<>();
    for (DayRows day : days) {
      current(table.name(), day.date())
          .filter(kept -> kept.holds(table.version(), day))
          .ifPresentOrElse(kept -> writing.keep(kept, day.sources()), () -> changed.add(day));
    }
    writeDays(table, dayColumn, rows, changed);
  }

  /** Writes the night's model: {@code save} receives the directory to fill. */
  public void writeModel(String model, Consumer<String> save) {
    requireDeclared(model);
    step(model, () -> writing.writeModel(model, date, save));
  }

  /** Writes the card of the night's rows or model. */
  public void writeCard(String output, Object card) {
    requireDeclared(output);
    writing.writeCard(output, date, card);
  }

  /** The plan that was published for the night, if one was. */
  Optional<Publication> publication() {
    return warehouse.publication(date);
  }

  /** Publishes the night's plan. */
  void publish(Publication publication) {
    warehouse.publish(publication);
  }

  private void step(String output, Runnable write) {
    Steps.run(spark().sparkContext(), "write " + output, write);
  }

  private void requireDeclared(String output) {
    if (!stage.writes(output)) {
      throw new IllegalStateException(
          "stage %s writes %s, which it does not declare; add it to spec()"
              .formatted(stage.name(), output));
    }
  }
}
