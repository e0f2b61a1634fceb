package dev.nightjar.pipeline.warehouse;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The manifests under one root: which run of a table's day counts. Each is read once. */
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

  /** Makes the run that a manifest names the one that counts. */
  void put(Manifest manifest) {
    String file = Layout.manifest(manifest.table(), manifest.day());
    storage.put(file, Json.text(manifest));
    known.put(file, Optional.of(manifest));
  }
}
