package dev.nightjar.pipeline.warehouse;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The published plans under one root. */
final class Publications {
  private final Storage storage;

  Publications(Storage storage) {
    this.storage = storage;
  }

  Optional<Publication> find(LocalDate night) {
    return read(Layout.plan(night));
  }

  private Optional<Publication> read(String file) {
    return storage
        .get(file)
        .map(json -> Json.read(json, Publication.class, "plan " + storage.display(file)));
  }

  /** All of them. */
  List<Publication> all() {
    return new Layout(storage)
        .jsonFiles(Layout.PLANS)
        .flatMap(file -> read(file).stream())
        .toList();
  }

  void put(Publication publication) {
    storage.put(Layout.plan(publication.night()), Json.text(publication));
  }
}
