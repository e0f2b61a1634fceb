package dev.nightjar.pipeline.warehouse;

import dev.nightjar.features.table.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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

  /**
   * Removes them.
   *
   * @param before runs that began later are kept
   * @param keptFrom tables whose earlier days are removed
   */
  List<String> run(Instant before, Map<Table, LocalDate> keptFrom, boolean isDryRun) {
    String oldest = Layout.runTime(before);
    Stream<String> superseded =
        layout
            .tables()
            .flatMap(folder -> layout.days(folder).flatMap(day -> superseded(folder, day, oldest)));
    Stream<String> left =
        Stream.of(Layout.CHECKPOINTS, Layout.STAGING).flatMap(passing -> left(passing, oldest));
    Stream<String> old =
        keptFrom.entrySet().stream()
            .flatMap(
                table ->
                    table.getKey().parts().stream()
                        .flatMap(part -> before(part.name(), table.getValue())));
    List<String> removed =
        Stream.of(superseded, left, old).flatMap(paths -> paths).distinct().sorted().toList();
    if (!isDryRun) {
      removed.forEach(storage::delete);
    }
    return removed;
  }

  private Stream<String> before(String folder, LocalDate first) {
    return layout
        .days(folder)
        .filter(day -> day.isBefore(first))
        .map(day -> Layout.day(folder, day));
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
