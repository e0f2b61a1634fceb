package dev.nightjar.features.clean;

import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourceFile;
import dev.nightjar.features.source.SourceReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Days of events, and the files each is read from.
 *
 * <p>Of a source with a file a day, a day is read from its own file, from that of the day before,
 * which may be cut in another zone than the shop's, and from those of the {@code clean.late_days}
 * days after it, and cleaned again when one of them came or changed. A day one of whose files is
 * gone stays as it was cleaned. A source without {@code {date}} is read whole; its days are cleaned
 * again only while they are younger than {@code clean.late_days}.
 *
 * @param files files of each day, by day
 * @param firstOpen the days before it, once cleaned, are final whatever their files become
 */
public record EventDays(SortedMap<LocalDate, List<SourceFile>> files, LocalDate firstOpen) {
  /**
   * The days that a night looks back on, of those that have a file, and its own.
   *
   * @param found files of the source up to the night
   */
  public static EventDays of(
      SourceConfig source, List<SourceFile> found, LocalDate night, CleanConfig clean) {
    LocalDate first = clean.firstDay(night);
    SortedMap<LocalDate, List<SourceFile>> byDay =
        source.isDated() ? dated(found, first, night, clean) : undated(found, first, night);
    byDay.computeIfAbsent(night, closed -> List.of());
    return new EventDays(byDay, source.isDated() ? first : night.minusDays(clean.lateDays()));
  }

  private static SortedMap<LocalDate, List<SourceFile>> dated(
      List<SourceFile> found, LocalDate first, LocalDate night, CleanConfig clean) {
    SortedMap<LocalDate, List<SourceFile>> byDay = new TreeMap<>();
    for (SourceFile file : found) {
      LocalDate fileDay = file.day().orElseThrow();
      for (int back = -1; back <= clean.lateDays(); back++) {
        LocalDate day = fileDay.minusDays(back);
        if (!day.isBefore(first) && !day.isAfter(night)) {
          byDay.computeIfAbsent(day, key -> new ArrayList<>()).add(file);
        }
      }
    }
    return byDay;
  }

  private static SortedMap<LocalDate, List<SourceFile>> undated(
      List<SourceFile> found, LocalDate first, LocalDate night) {
    SortedMap<LocalDate, List<SourceFile>> byDay = new TreeMap<>();
    first.datesUntil(night.plusDays(1)).forEach(day -> byDay.put(day, found));
    return byDay;
  }

  /** Those of the days. */
  public EventDays only(Predicate<LocalDate> isWanted) {
    SortedMap<LocalDate, List<SourceFile>> wanted = new TreeMap<>(files);
    wanted.keySet().removeIf(isWanted.negate());
    return new EventDays(wanted, firstOpen);
  }

  /** True where there is no day. */
  public boolean isEmpty() {
    return files.isEmpty();
  }

  /**
   * True where a day can no longer be made from the files that it was made from: of one of their
   * days there are fewer now. A file that was moved or packed under another name is not lost, and
   * neither are those of days after the night, which it does not read.
   *
   * @param cleaned paths of the files that the day was made from
   */
  public boolean hasLost(LocalDate day, Set<String> cleaned, SourceConfig source, LocalDate night) {
    if (!source.isDated()) {
      return !stamps(day).keySet().containsAll(cleaned);
    }
    Map<LocalDate, Integer> missing = new HashMap<>();
    cleaned.stream()
        .map(path -> SourceReader.dayOf(source, path).orElse(day))
        .filter(fileDay -> !fileDay.isAfter(night))
        .forEach(fileDay -> missing.merge(fileDay, 1, Integer::sum));
    files.get(day).forEach(file -> missing.merge(file.day().orElseThrow(), -1, Integer::sum));
    return missing.values().stream().anyMatch(count -> count > 0);
  }

  /** True where a day, once cleaned, is not cleaned again. */
  public boolean isFinal(LocalDate day) {
    return day.isBefore(firstOpen);
  }

  /** The days, in order. */
  public List<LocalDate> days() {
    return List.copyOf(files.keySet());
  }

  /** Every file that one of the days is read from, once. */
  public List<SourceFile> allFiles() {
    return files.values().stream().flatMap(List::stream).distinct().toList();
  }

  /** Stamps of a day's files, by path. */
  public Map<String, String> stamps(LocalDate day) {
    return SourceFile.stamps(files.get(day));
  }
}
