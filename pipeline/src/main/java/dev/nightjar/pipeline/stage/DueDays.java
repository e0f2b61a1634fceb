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
import dev.nightjar.pipeline.warehouse.Manifest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * @param cut days that stay since the log has only a part of them now, or nothing while the
 *     settings have changed
 */
record DueDays(
    EventDays events,
    List<LocalDate> held,
    List<LocalDate> cut,
    EventLimits limits,
    StageOutputs out) {
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
        List.of(),
        limits,
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

  /**
   * The same without the days of which a log without days in its path has fewer rows than they were
   * made from: what was cut off it was true. Other settings, such as the zone, may move rows from
   * one day to another: then only the days are kept that it has nothing of, and those between them
   * and the first that it has whole.
   *
   * @param counts of the rows that the log has now
   */
  DueDays withoutCut(RuleCounts counts, Table rejected) {
    if (limits.source().isDated()) {
      return this;
    }
    RuleCounts ofDays = EventLimits.ofTheirDays(counts);
    List<LocalDate> fewer = new ArrayList<>();
    List<LocalDate> told = new ArrayList<>();
    boolean isBegun = false;
    for (LocalDate day : events.days()) {
      long now = ofDays.on(day).rows();
      boolean isOfSettings = out.isCurrent(CleanEvents.TABLE.name(), day);
      if (!isFewer(day, now, rejected)) {
        isBegun = isBegun || hasRows(day);
        continue;
      }
      isBegun = isBegun && now > 0;
      if (isOfSettings || !isBegun) {
        fewer.add(day);
        if (now > 0 || !isOfSettings) {
          told.add(day);
        }
      }
    }
    return new DueDays(events.only(day -> !fewer.contains(day)), held, told, limits, out);
  }

  /** Whether a day was made from more rows, kept and refused, than there are now. */
  private boolean isFewer(LocalDate day, long now, Table rejected) {
    Optional<Manifest> cleaned = out.current(CleanEvents.TABLE.name(), day);
    if (cleaned.isEmpty()) {
      return false;
    }
    long kept = cleaned.get().rows();
    long refused =
        out.current(rejected.name(), day)
            .filter(made -> made.schemaVersion() == rejected.version())
            .map(Manifest::rows)
            .orElse(0L);
    return now < kept
        || (now < kept + refused
            && now < kept + EventLimits.ofTheirDay(out.currentRows(rejected, day), day).count());
  }

  private boolean hasRows(LocalDate day) {
    return out.current(CleanEvents.TABLE.name(), day).filter(made -> made.rows() > 0).isPresent();
  }

  /** Tells of the days that stay although settings or files of theirs have changed. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!held.isEmpty()) {
      notes.add(
          "%s: of what %s made from, files are gone; deliver them again to clean anew"
              .formatted(kept(held), held.size() == 1 ? "it was" : "they were"));
    }
    if (!cut.isEmpty()) {
      notes.add(
          "%s: the log has fewer rows of %s than before; to clean what is left, remove %s/date=%s and run again"
              .formatted(
                  kept(cut),
                  cut.size() == 1 ? "it" : "them",
                  CleanEvents.TABLE.name(),
                  cut.get(cut.size() - 1)));
    }
    return notes;
  }

  private static String kept(List<LocalDate> days) {
    return "%s, such as %s, kept as cleaned before"
        .formatted(Plural.of(days.size(), "day"), days.get(days.size() - 1));
  }

  private static boolean isCleaned(LocalDate day, EventDays all, StageOutputs out) {
    return out.current(CleanEvents.TABLE.name(), day)
        .filter(cleaned -> cleaned.fingerprint().equals(out.fingerprint()))
        .filter(cleaned -> all.isFinal(day) || cleaned.sources().equals(all.stamps(day)))
        .isPresent();
  }

  /** Writes the days whose rows have changed and keeps the others. */
  void publish(Table table, Dataset<Row> rows, RuleCounts counts) {
    List<DayRows> days = events.days().stream().map(day -> counted(day, counts.on(day))).toList();
    out.writeChangedDays(table, Checked.DAY, rows, days);
  }

  private DayRows counted(LocalDate day, RuleCounts ofDay) {
    return new DayRows(day, ofDay.rows(), ofDay.digest(), events.stamps(day));
  }
}
