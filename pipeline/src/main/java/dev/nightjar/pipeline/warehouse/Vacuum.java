package dev.nightjar.pipeline.warehouse;

import dev.nightjar.features.table.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes what is superseded: runs that neither a manifest nor a published plan names, and the
 * checkpoints and staged rows of nights that were killed.
 */
final class Vacuum {
  private final Storage storage;
  private final Layout layout;
  private final Manifests manifests;
  private final Publications publications;

  Vacuum(Storage storage, Manifests manifests, Publications publications) {
    this.storage = storage;
    this.layout = new Layout(storage);
    this.manifests = manifests;
    this.publications = publications;
  }

  /**
   * Removes them.
   *
   * @param before what was superseded later is kept, and so is what was begun later and never made
   *     current
   * @param keptFrom tables whose earlier days are removed, and the published plans that name them
   */
  List<String> run(Instant before, Map<Table, LocalDate> keptFrom, boolean isDryRun) {
    String oldest = Layout.runTime(before);
    Map<Boolean, List<Publication>> plans =
        publications.all().stream()
            .collect(Collectors.partitioningBy(plan -> plan.isOlderThan(keptFrom)));
    Set<String> published =
        plans.get(false).stream()
            .flatMap(plan -> plan.tables().values().stream())
            .map(Publication.Published::path)
            .collect(Collectors.toSet());
    Stream<String> superseded =
        layout
            .tables()
            .flatMap(
                folder ->
                    layout
                        .days(folder)
                        .filter(day -> isUnchangedSince(folder, day, before))
                        .flatMap(day -> superseded(folder, day, oldest)))
            .filter(run -> !published.contains(run));
    Stream<String> left =
        Stream.of(Layout.CHECKPOINTS, Layout.STAGING).flatMap(passing -> left(passing, oldest));
    Stream<String> old =
        keptFrom.entrySet().stream()
            .flatMap(
                table ->
                    table.getKey().parts().stream()
                        .flatMap(part -> before(part.name(), table.getValue())));
    Stream<String> oldPlans = plans.get(true).stream().map(plan -> Layout.plan(plan.night()));
    // Plans sort first: none may name what is gone.
    List<String> removed =
        Stream.of(oldPlans, superseded, left, old)
            .flatMap(paths -> paths)
            .distinct()
            .sorted()
            .toList();
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

  /** A run is superseded when the manifest that names another is put. */
  private boolean isUnchangedSince(String folder, LocalDate day, Instant before) {
    return storage
        .modified(Layout.manifest(folder, day))
        .map(put -> put.isBefore(before))
        .orElse(true);
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
