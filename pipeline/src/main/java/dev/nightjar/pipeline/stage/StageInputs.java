package dev.nightjar.pipeline.stage;

import dev.nightjar.features.DataException;
import dev.nightjar.pipeline.settings.Digests;
import dev.nightjar.pipeline.warehouse.Manifest;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.training.ModelCard;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a stage may read: the current runs of each {@link Read} it declares, looked up once when the
 * stage starts, so that its fingerprint covers exactly what it reads.
 */
public final class StageInputs {
  private final Stage stage;
  private final Warehouse warehouse;
  private final LocalDate date;
  private final Map<Read, List<Manifest>> written = new LinkedHashMap<>();

  private StageInputs(Stage stage, Warehouse warehouse, LocalDate date) {
    this.stage = stage;
    this.warehouse = warehouse;
    this.date = date;
  }

  /**
   * Looks up what a stage declares.
   *
   * @throws DataException where a required input has not been written
   */
  public static StageInputs open(Stage stage, Warehouse warehouse, LocalDate date) {
    StageInputs inputs = new StageInputs(stage, warehouse, date);
    stage.reads().forEach(inputs::find);
    return inputs;
  }

  private void find(Read read) {
    LocalDate last = read.last(date);
    List<Manifest> found =
        days(read, last).flatMap(day -> warehouse.manifest(read.name(), day).stream()).toList();
    boolean hasLast =
        !found.isEmpty() && found.get(found.size() - 1).date().equals(last.toString());
    if (read.isRequired() && !hasLast) {
      throw new DataException(
          "stage %s needs table %s of %s, which has not been written; run the stages before it: leave --only and --from out"
              .formatted(stage.name(), read.name(), last));
    }
    written.put(read, found);
  }

  private Stream<LocalDate> days(Read read, LocalDate last) {
    if (read instanceof Read.Newest || read instanceof Read.LastModel) {
      return warehouse.dates(read.name()).stream()
          .filter(day -> !day.isBefore(read.first(date)) && !day.isAfter(last))
          .max(Comparator.naturalOrder())
          .stream();
    }
    return read.first(date).datesUntil(last.plusDays(1));
  }

  /** The session that the rows are read with. */
  public SparkSession spark() {
    return warehouse.spark();
  }

  /**
   * Rows of all days of a declared read.
   *
   * @throws IllegalStateException where the stage does not declare it
   */
  public Dataset<Row> rows(Read.Rows read) {
    return warehouse.rows(read.table(), days(read));
  }

  /**
   * Rows of the newest night before.
   *
   * @throws IllegalStateException where the stage does not declare it
   */
  public Dataset<Row> rows(Read.Newest read) {
    return warehouse.rows(read.table(), declared(read));
  }

  /** Stamps of the source files that the newest night before was made from. */
  public Map<String, String> sources(Read.Newest read) {
    return declared(read).stream().findFirst().map(Manifest::sources).orElse(Map.of());
  }

  /** The manifests of a declared read, one for each day that was written, in order. */
  public List<Manifest> days(Read.Rows read) {
    return declared(read);
  }

  /** Directory of a declared model. */
  public String directory(Read.Model read) {
    return warehouse.directory(declared(read).get(0));
  }

  /** Directory of the newest model before, if there is one. */
  public Optional<String> directory(Read.LastModel read) {
    return declared(read).stream().findFirst().map(warehouse::directory);
  }

  /** Card of the newest model before, if there is one. */
  public Optional<ModelCard> card(Read.LastModel read) {
    return declared(read).stream().findFirst().flatMap(warehouse::modelCard);
  }

  /** The declared field of the last card, under its name; empty where no night has it. */
  public Map<String, Object> card(Read.LastCard read) {
    return declared(read).stream()
        .flatMap(manifest -> warehouse.card(manifest).stream())
        .filter(card -> card.get(read.field()) != null)
        .reduce((earlier, later) -> later)
        .map(card -> Map.of(read.field(), card.get(read.field())))
        .orElse(Map.of());
  }

  private List<Manifest> declared(Read read) {
    List<Manifest> found = written.get(read);
    if (found == null) {
      throw new IllegalStateException(
          "stage %s reads %s of %s..%s, which it does not declare; add it to spec()"
              .formatted(stage.name(), read.name(), read.first(date), read.last(date)));
    }
    return found;
  }

  /** What each declared read resolved to, by table and days: a run id, or a digest of many. */
  public Map<String, String> runs() {
    Map<String, String> runs = new TreeMap<>();
    written.forEach((read, found) -> runs.putAll(runs(read, found)));
    return runs;
  }

  private Map<String, String> runs(Read read, List<Manifest> found) {
    String days = read.name() + "/" + read.first(date);
    if (read instanceof Read.LastCard card) {
      String content = Digests.sha256(card(card).toString(), 12);
      return Map.of(days + ".." + read.last(date) + "/" + card.field(), content);
    }
    if (read.first(date).equals(read.last(date))) {
      return found.isEmpty() ? Map.of() : Map.of(days, found.get(0).run());
    }
    String all = String.join(",", found.stream().map(Manifest::run).toList());
    return Map.of(days + ".." + read.last(date), found.size() + " days " + Digests.sha256(all, 12));
  }
}
