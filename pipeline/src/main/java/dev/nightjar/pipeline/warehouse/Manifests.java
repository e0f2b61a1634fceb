package dev.nightjar.pipeline.warehouse;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The manifests under one root: the current run of each table's day. Each is read once.
 *
 * <p>The runs of one stage become current together: all its manifests are put into one file first,
 * then each into its place, and the file is removed. Where a process was killed in between, the
 * file is left, and what it says holds until the next night puts the rest into place.
 */
final class Manifests {
  private final Storage storage;
  private final Map<String, Optional<Manifest>> known = new ConcurrentHashMap<>();
  private Optional<Map<String, Manifest>> unfinished = Optional.empty();

  Manifests(Storage storage) {
    this.storage = storage;
  }

  /** The manifests of one commit, as long as they are not all in their places. */
  record Commit(List<Manifest> manifests) {}

  /** The manifest of a table's day, or nothing where the day was not written under this root. */
  Optional<Manifest> find(String table, LocalDate date) {
    String file = Layout.manifest(table, date);
    return known.computeIfAbsent(
        file, absent -> Optional.ofNullable(unfinished().get(file)).or(() -> read(file)));
  }

  private Optional<Manifest> read(String file) {
    return storage
        .get(file)
        .map(json -> Json.read(json, Manifest.class, "manifest " + storage.display(file)));
  }

  /** Manifests of commits that were not finished, by the file in which they belong. */
  private synchronized Map<String, Manifest> unfinished() {
    if (unfinished.isEmpty()) {
      Map<String, Manifest> found = new TreeMap<>();
      commits()
          .flatMap(commit -> named(commit).stream())
          .forEach(manifest -> found.put(Layout.manifest(manifest), manifest));
      unfinished = Optional.of(found);
    }
    return unfinished.get();
  }

  private Stream<String> commits() {
    return new Layout(storage).jsonFiles(Layout.COMMITS);
  }

  private List<Manifest> named(String commit) {
    return storage
        .get(commit)
        .map(json -> Json.read(json, Commit.class, "commit " + storage.display(commit)).manifests())
        .orElse(List.of());
  }

  /** Makes the runs that the manifests of one stage name current, all together. */
  void put(String run, List<Manifest> manifests) {
    if (manifests.size() == 1) {
      put(manifests.get(0));
      return;
    }
    String commit = Layout.commit(run);
    storage.put(commit, Json.text(new Commit(manifests)));
    manifests.forEach(this::put);
    storage.delete(commit);
  }

  private void put(Manifest manifest) {
    String file = Layout.manifest(manifest);
    storage.put(file, Json.text(manifest));
    known.put(file, Optional.of(manifest));
  }

  /** Finishes the commits of processes that were killed, in the order they were begun. */
  void finish() {
    for (String commit : commits().toList()) {
      named(commit).forEach(this::put);
      storage.delete(commit);
    }
  }
}
