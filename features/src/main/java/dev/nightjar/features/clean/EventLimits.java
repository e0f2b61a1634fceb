package dev.nightjar.features.clean;

import dev.nightjar.features.DataException;
import dev.nightjar.features.Plural;
import dev.nightjar.features.refuse.RuleCounts;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourceFile;
import java.time.LocalDate;
import java.util.List;

/**
 * What the events must be for a night to be run on them.
 *
 * @param source where they are read from
 * @param maxRejectShare {@code clean.max_reject_share}
 * @param mayBeClosed whether the night's own day may be without events
 */
public record EventLimits(SourceConfig source, double maxRejectShare, boolean mayBeClosed) {
  /**
   * Stops a night of a source with a file a day whose own day has none.
   *
   * @param found files of the source up to the night
   */
  public void requireFileOf(LocalDate night, List<SourceFile> found) {
    List<LocalDate> days = found.stream().flatMap(file -> file.day().stream()).sorted().toList();
    if (source.isDated() && !mayBeClosed && !days.contains(night)) {
      throw new DataException(
          "there are no events for %s: sources.events has no file %s; a night needs the file of its day: put it there, give another date (the last day with a file before it is %s), or --set run.allow_closed_day=true if the shop was closed"
              .formatted(
                  night,
                  source.path().replace(SourceConfig.DATE, night.toString()),
                  days.isEmpty() ? "none" : days.get(days.size() - 1)));
    }
  }

  /**
   * Stops a night whose own day has no event, or of whose rows too many are refused, on its own day
   * or on all days together.
   *
   * @param counts of the rows of {@code days}
   */
  public void requireSound(RuleCounts counts, List<LocalDate> days, LocalDate night) {
    if (days.contains(night)) {
      requireEvents(counts.on(night), night);
      counts.on(night).requireFewRefused("sources.events of " + night, maxRejectShare);
    }
    counts.requireFewRefused(
        "sources.events of the " + Plural.of(days.size(), "day") + " read", maxRejectShare);
  }

  private void requireEvents(RuleCounts ofNight, LocalDate night) {
    if (ofNight.rows() == 0 && !mayBeClosed) {
      throw new DataException(
          "there are no events for %s: the source %s has no row of that day; a night needs the events of its day: check the source, give another date, or --set run.allow_closed_day=true if the shop was closed"
              .formatted(night, source.path()));
    }
  }
}
