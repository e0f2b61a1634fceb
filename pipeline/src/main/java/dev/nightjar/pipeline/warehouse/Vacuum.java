package dev.nightjar.pipeline.warehouse;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Removes what is superseded: runs that no manifest names, and the checkpoints and staged rows of
 * nights that were killed.
 */
final class Vacuum {
  private final Storage storage;
  private final Layout layout;
  private final Manifests manifests;

  Vacuum(Storage storage, Manifests manifests) {
    this.storage = storage;
    this.layout = new Layout(storage);
    this.manifests = manifests;
  }

  List<String> run(Instant before, boolean isDryRun) {
    String oldest = Layout.runTime(before);
    Stream<String> superseded =
        layout
            .tables()
            .flatMap(table -> layout.folders(table).stream())
            .flatMap(folder -> layout.days(folder).flatMap(day -> superseded(folder, day, oldest)));
    Stream<String> left =
        Stream.of(Layout.CHECKPOINTS, Layout.STAGING).flatMap(passing -> left(passing, oldest));
    List<String> removed = Stream.concat(superseded, left).toList();
    if (!isDryRun) {
      removed.forEach(storage::delete);
    }
    return removed;
  }

  private Stream<String> superseded(String folder, LocalDate date, String oldest) {
    Optional<String> counts = manifests.find(folder, date).map(Manifest::run);
    return layout
        .runs(folder, date)
        .filter(run -> !counts.equals(Optional.of(run)) && run.compareTo(oldest) < 0)
        .map(run -> Layout.run(folder, date, run));
  }

  private Stream<String> left(String passing, String oldest) {
    return storage.list(passing).stream()
        .filter(run -> run.compareTo(oldest) < 0)
        .map(run -> passing + "/" + run);
  }
}
