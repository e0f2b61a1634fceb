package dev.nightjar.pipeline.stage;

import dev.nightjar.features.DataException;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourceFile;
import dev.nightjar.pipeline.warehouse.Manifest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The days that a night has to clean, and the files each is read from.
 *
 * <p>Of a source with a file a day, a day is read from its own file and from those of the {@code
 * clean.late_days} days after it, and cleaned again when one of them came or changed. A source
 * without {@code {date}} is read whole; its days are cleaned again only while they are younger than
 * {@code clean.late_days}.
 *
 * @param files files of each day to clean, by day
 */
record CleanDays(SortedMap<LocalDate, List<SourceFile>> files) {

  /**
   * Compares the source with what was written.
   *
   * @param found files of the source up to the night
   * @param mayBeClosed whether the night's own day may have no file
   * @param force whether to clean also what stands
   * @throws DataException where the night's own day has no file
   */
  static CleanDays due(
      SourceConfig source,
      List<SourceFile> found,
      LocalDate night,
      CleanConfig clean,
      boolean mayBeClosed,
      Written written,
      boolean force) {
    SortedMap<LocalDate, List<SourceFile>> all =
        source.isDated() ? dated(found, night, clean) : undated(found, night, clean);
    if (source.isDated() && !mayBeClosed) {
      requireFileOf(night, source, found);
    }
    all.computeIfAbsent(night, closed -> List.of());
    SortedMap<LocalDate, List<SourceFile>> due = new TreeMap<>();
    LocalDate closed = night.minusDays(clean.lateDays());
    all.forEach(
        (day, files) -> {
          boolean mayClose = !source.isDated() && day.isBefore(closed);
          boolean stands = mayClose ? written.has(day) : written.covers(day, files);
          if (force || !stands) {
            due.put(day, files);
          }
        });
    return new CleanDays(due);
  }

  /** What was written of a table so far. */
  record Written(StageOutputs out, String table) {
    /** True where the day was cleaned alike. */
    boolean has(LocalDate day) {
      return manifest(day).isPresent();
    }

    /**
     * True where the day was cleaned alike from these files as they are now, and from no other: a
     * night that is run again must not see what a later night's file told of its days.
     */
    boolean covers(LocalDate day, List<SourceFile> files) {
      return manifest(day).filter(known -> known.sources().equals(stamps(files))).isPresent();
    }

    private Optional<Manifest> manifest(LocalDate day) {
      return out.current(table, day).filter(known -> known.fingerprint().equals(out.fingerprint()));
    }
  }

  private static void requireFileOf(LocalDate night, SourceConfig source, List<SourceFile> found) {
    boolean hasOwnFile = found.stream().anyMatch(file -> file.day().orElseThrow().equals(night));
    if (!hasOwnFile) {
      throw new DataException(
          "there are no events for %s: sources.events has no file %s; a night needs the file of its day: put it there, give another date (the last day with a file before it is %s), or --set run.allow_closed_day=true if the shop was closed"
              .formatted(
                  night,
                  source.path().replace(SourceConfig.DATE, night.toString()),
                  found.stream()
                      .map(file -> file.day().orElseThrow().toString())
                      .max(String::compareTo)
                      .orElse("none")));
    }
  }

  private static SortedMap<LocalDate, List<SourceFile>> dated(
      List<SourceFile> found, LocalDate night, CleanConfig clean) {
    SortedMap<LocalDate, List<SourceFile>> byDay = new TreeMap<>();
    for (SourceFile file : found) {
      LocalDate fileDay = file.day().orElseThrow();
      for (int back = 0; back <= clean.lateDays(); back++) {
        LocalDate day = fileDay.minusDays(back);
        if (!day.isBefore(History.firstDay(clean, night))) {
          byDay.computeIfAbsent(day, key -> new ArrayList<>()).add(file);
        }
      }
    }
    return byDay;
  }

  private static SortedMap<LocalDate, List<SourceFile>> undated(
      List<SourceFile> found, LocalDate night, CleanConfig clean) {
    SortedMap<LocalDate, List<SourceFile>> byDay = new TreeMap<>();
    History.firstDay(clean, night)
        .datesUntil(night.plusDays(1))
        .forEach(day -> byDay.put(day, found));
    return byDay;
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /** The days, in order. */
  List<LocalDate> days() {
    return List.copyOf(files.keySet());
  }

  /** Every file that one of the days is read from, once. */
  List<SourceFile> allFiles() {
    return files.values().stream().flatMap(List::stream).distinct().toList();
  }

  /** Stamps of a day's files, by path. */
  Map<String, String> stamps(LocalDate day) {
    return stamps(files.get(day));
  }

  /** Stamps of files, by path. */
  static Map<String, String> stamps(List<SourceFile> files) {
    Map<String, String> stamps = new TreeMap<>();
    files.forEach(file -> stamps.put(file.path(), stamp(file)));
    return stamps;
  }

  private static String stamp(SourceFile file) {
    return file.length() + "@" + file.modifiedMillis();
  }
}
