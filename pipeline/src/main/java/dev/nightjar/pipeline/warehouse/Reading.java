package dev.nightjar.pipeline.warehouse;

import dev.nightjar.features.DataException;
import dev.nightjar.features.table.Table;
import dev.nightjar.training.ModelCard;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads current rows, models and cards; from {@code base} where the root has none. */
final class Reading {
  private final SparkSession spark;
  private final Storage storage;
  private final Manifests manifests;
  private final Optional<Reading> base;

  Reading(SparkSession spark, Storage storage, Manifests manifests, Optional<Reading> base) {
    this.spark = spark;
    this.storage = storage;
    this.manifests = manifests;
    this.base = base;
  }

  Optional<Manifest> manifest(String table, LocalDate date) {
    return manifests.find(table, date).or(() -> base.flatMap(under -> under.manifest(table, date)));
  }

  List<Manifest> manifests(String table, LocalDate date) {
    return Layout.folders(table).stream()
        .flatMap(folder -> manifest(folder, date).stream())
        .toList();
  }

  List<LocalDate> dates(String table) {
    Layout layout = new Layout(storage);
    return Layout.folders(table).stream()
        .flatMap(folder -> layout.days(folder).filter(date -> manifest(folder, date).isPresent()))
        .distinct()
        .sorted()
        .toList();
  }

  Dataset<Row> read(Table table, LocalDate date) {
    List<Manifest> written = written(table, date).toList();
    if (written.isEmpty()) {
      throw missing(table.name(), date);
    }
    return rows(table, written);
  }

  Dataset<Row> readDays(Table table, LocalDate from, LocalDate to) {
    return rows(
        table, from.datesUntil(to.plusDays(1)).flatMap(date -> written(table, date)).toList());
  }

  private Stream<Manifest> written(Table table, LocalDate date) {
    return table.parts().stream().flatMap(part -> manifest(part.name(), date).stream());
  }

  Dataset<Row> rows(Table table, List<Manifest> written) {
    written.forEach(manifest -> requireVersion(table, manifest));
    String[] paths =
        written.stream()
            .filter(manifest -> manifest.rows() > 0)
            .map(this::directory)
            .toArray(String[]::new);
    return paths.length == 0
        ? spark.createDataFrame(List.of(), table.schema())
        : spark.read().schema(table.schema()).parquet(paths);
  }

  private static void requireVersion(Table table, Manifest manifest) {
    if (manifest.schemaVersion() != table.version()) {
      throw new DataException(
          "table %s of %s has schema version %d where this Nightjar reads %d; run that night again with --force"
              .formatted(table.name(), manifest.date(), manifest.schemaVersion(), table.version()));
    }
  }

  String modelDirectory(String model, LocalDate date) {
    return directory(manifest(model, date).orElseThrow(() -> missing(model, date)));
  }

  String directory(Manifest manifest) {
    return holder(manifest).path(Layout.run(manifest));
  }

  Optional<Map<String, Object>> card(Manifest manifest) {
    return card(manifest, Json::readMap);
  }

  Optional<ModelCard> modelCard(Manifest manifest) {
    return card(manifest, (json, file) -> Json.read(json, ModelCard.class, file));
  }

  private <T> Optional<T> card(Manifest manifest, BiFunction<byte[], String, T> read) {
    Storage holder = holder(manifest);
    String file = Layout.card(Layout.run(manifest));
    return holder.get(file).map(json -> read.apply(json, "card " + holder.display(file)));
  }

  /** The storage that holds what a manifest names: this root's, or that of the base. */
  private Storage holder(Manifest manifest) {
    boolean isOwn = manifests.find(manifest.table(), manifest.day()).isPresent();
    return isOwn ? storage : base.map(under -> under.holder(manifest)).orElse(storage);
  }

  private DataException missing(String table, LocalDate date) {
    List<LocalDate> known = dates(table);
    String hint =
        known.isEmpty()
            ? "no date of it was written under " + storage.display(".")
            : "the last written date is " + known.get(known.size() - 1);
    return new DataException(
        "table %s has no rows for %s: %s; run the night of that date first"
            .formatted(table, date, hint));
  }
}
