package dev.nightjar.pipeline.stage;

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
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The days of events that a night has to clean: those that were not yet cleaned with these settings
 * from exactly the files that are there now. A night that is run again must not see what a later
 * night's file added to its days.
 */
record DueDays(EventDays events, boolean isDated, StageOutputs out) {
  /** Finds the files and the days to clean; fails where the night's own file is missing. */
  static DueDays find(EventLimits limits, CleanConfig clean, StageOutputs out, LocalDate night) {
    LocalDate last = night.plusDays(clean.lateDays());
    List<SourceFile> there =
        SourceReader.files(out.spark(), limits.source(), clean.firstDay(night), last);
    List<SourceFile> found =
        there.stream()
            .filter(file -> file.day().filter(day -> day.isAfter(night)).isEmpty())
            .toList();
    Set<String> paths = there.stream().map(SourceFile::path).collect(Collectors.toSet());
    limits.requireFileOf(night, found);
    EventDays all = EventDays.of(limits.source(), found, night, clean);
    return new DueDays(
        all.only(day -> !isLost(day, paths, out) && (out.isForced() || !isCleaned(day, all, out))),
        limits.source().isDated(),
        out);
  }

  /** A day that was cleaned from a file that is no longer there stays as it is. */
  private static boolean isLost(LocalDate day, Set<String> paths, StageOutputs out) {
    return out.current(CleanEvents.TABLE.name(), day)
        .filter(cleaned -> !paths.containsAll(cleaned.sources().keySet()))
        .isPresent();
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
