package dev.nightjar.pipeline.stage;

import dev.nightjar.features.Plural;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.clean.EventDays;
import dev.nightjar.features.clean.EventLimits;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.refuse.RuleCounts;
import dev.nightjar.features.source.SourceFile;
import dev.nightjar.features.source.SourceReader;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.Table;
import dev.nightjar.pipeline.warehouse.DayRows;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The days of events that a night has to clean: those that were not yet cleaned with these settings
 * from exactly the files that are there now. A night that is run again must not see what a later
 * night's file added to its days.
 *
 * @param events the days to clean
 * @param held days that stay since files of theirs are gone, although others of theirs, or the
 *     settings, have changed
 */
record DueDays(EventDays events, List<LocalDate> held, boolean isDated, StageOutputs out) {
  /** Finds the files and the days to clean; fails where the night's own file is missing. */
  static DueDays find(EventLimits limits, CleanConfig clean, StageOutputs out, LocalDate night) {
    // The file before the first day may be cut in another zone, and hold events of it.
    LocalDate first = clean.firstDay(night).minusDays(1);
    List<SourceFile> found = SourceReader.files(out.spark(), limits.source(), first, night);
    limits.requireFileOf(night, found);
    EventDays all = EventDays.of(limits.source(), found, night, clean);
    EventDays due = all.only(day -> out.isForced() || !isCleaned(day, all, out));
    List<LocalDate> lost =
        due.days().stream().filter(day -> isLost(day, due, limits, out, night)).toList();
    return new DueDays(
        due.only(day -> !lost.contains(day)),
        lost.stream().filter(day -> isHeld(day, due, out)).toList(),
        limits.source().isDated(),
        out);
  }

  /** A day that was cleaned from a file that is no longer there stays as it is. */
  private static boolean isLost(
      LocalDate day, EventDays due, EventLimits limits, StageOutputs out, LocalDate night) {
    return out.current(CleanEvents.TABLE.name(), day)
        .filter(cleaned -> cleaned.rows() > 0)
        .filter(cleaned -> due.hasLost(day, cleaned.sources().keySet(), limits.source(), night))
        .isPresent();
  }

  /** Whether there is more to a day that stays than that a file is gone. */
  private static boolean isHeld(LocalDate day, EventDays due, StageOutputs out) {
    return out.current(CleanEvents.TABLE.name(), day)
        .filter(
            cleaned ->
                !cleaned.fingerprint().equals(out.fingerprint())
                    || !cleaned.sources().entrySet().containsAll(due.stamps(day).entrySet()))
        .isPresent();
  }

  /** Tells of the days that stay although settings or files of theirs have changed. */
  List<String> notes() {
    return held.isEmpty()
        ? List.of()
        : List.of(
            "%s, such as %s, kept as cleaned before: of what %s made from, files are gone; deliver them again to clean anew"
                .formatted(
                    Plural.of(held.size(), "day"),
                    held.get(held.size() - 1),
                    held.size() == 1 ? "it was" : "they were"));
  }

  private static boolean isCleaned(LocalDate day, EventDays all, StageOutputs out) {
    return out.current(CleanEvents.TABLE.name(), day)
        .filter(cleaned -> cleaned.fingerprint().equals(out.fingerprint()))
        .filter(cleaned -> all.isFinal(day) || cleaned.sources().equals(all.stamps(day)))
        .isPresent();
  }

  /**
   * Writes the days whose rows have changed and keeps the others; also those that a log without
   * days in its path no longer has: what was cut off it was true.
   */
  void publish(Table table, Dataset<Row> rows, RuleCounts counts) {
    List<DayRows> days =
        events.days().stream()
            .filter(day -> isDated || counts.on(day).rows() > 0 || !hasRows(table, day))
            .map(day -> counted(day, counts.on(day)))
            .toList();
    out.writeChangedDays(table, Checked.DAY, rows, days);
  }

  private boolean hasRows(Table table, LocalDate day) {
    return out.current(table.name(), day).filter(written -> written.rows() > 0).isPresent();
  }

  private DayRows counted(LocalDate day, RuleCounts ofDay) {
    return new DayRows(day, ofDay.rows(), ofDay.digest(), events.stamps(day));
  }
}
