package dev.nightjar.pipeline.warehouse;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The manifests under one root: the current run of each table's day. Each is read once. */
final class Manifests {
  private final Storage storage;
  private final Map<String, Optional<Manifest>> known = new ConcurrentHashMap<>();

  Manifests(Storage storage) {
    this.storage = storage;
  }

  /** The manifest of a table's day, or nothing where the day was not written under this root. */
  Optional<Manifest> find(String table, LocalDate date) {
    return known.computeIfAbsent(
        Layout.manifest(table, date),
        file ->
            storage
                .get(file)
                .map(json -> Json.read(json, Manifest.class, "manifest " + storage.display(file))));
  }

  /** Puts a manifest, which makes its run the current one. */
  void put(Manifest manifest) {
    String file = Layout.manifest(manifest.table(), manifest.day());
    storage.put(file, Json.text(manifest));
    known.put(file, Optional.of(manifest));
  }
}
