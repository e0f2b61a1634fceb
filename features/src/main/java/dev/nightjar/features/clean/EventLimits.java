package dev.nightjar.features.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_date;

import dev.nightjar.features.DataException;
import dev.nightjar.features.Plural;
import dev.nightjar.features.refuse.RuleCounts;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourceFile;
import dev.nightjar.features.table.RejectedRows;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the events must be for a night to be run on them.
 *
 * @param source where they are read from
 * @param clean the limits
 * @param mayBeClosed whether the night's own day may be without events
 */
public record EventLimits(SourceConfig source, CleanConfig clean, boolean mayBeClosed) {
  /** Reasons of rows that are no customer's. */
  private static final Set<String> GUESTS = Set.of("missing_user", "bot");

  /** Reasons that are no fault of a file: a file that was delivered twice says the same. */
  private static final Set<String> NO_FAULTS = Set.of("missing_user", "bot", "duplicate");

  /** Reasons of rows that belong to no day, and are counted in the night's. */
  private static final Set<String> OF_NO_DAY = Set.of("unreadable_time", "before_opened");

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
   * Stops a night whose own day has no event, one of whose files cannot be read or has two orders
   * of its columns, or of whose rows too many are refused, on its own day or on all days together.
   * The times that a log without days in its path has wrong are from all of it, and are compared
   * with all of it.
   *
   * @param counts of the rows of {@code days}
   * @param all how many rows the log has, which is asked for only where it matters
   */
  public void requireSound(
      RuleCounts counts, List<LocalDate> days, LocalDate night, LongSupplier all) {
    counts.requireOneOrder("sources.events");
    counts.requireReadableFiles("sources.events");
    double maxRejectShare = clean.maxRejectShare();
    counts.requireFewGuests(GUESTS, clean.maxGuestShare());
    RuleCounts ofUsers = counts.without(NO_FAULTS);
    RuleCounts ofDays = source.isDated() ? ofUsers : ofTheirDays(ofUsers);
    if (days.contains(night)) {
      requireEvents(counts.on(night), night);
      ofDays.on(night).requireFewRefused("sources.events of " + night, maxRejectShare);
    }
    ofDays.requireFewRefused(
        "sources.events of the " + Plural.of(days.size(), "day") + " read", maxRejectShare);
    long ofNoDay = ofUsers.rows() - ofDays.rows();
    if (ofNoDay > maxRejectShare * counts.rows() && ofNoDay > maxRejectShare * all.getAsLong()) {
      counts.requireFewRefused("sources.events", maxRejectShare);
    }
  }

  /** The counts of the rows of a log without days in its path that are of the day they are in. */
  public static RuleCounts ofTheirDays(RuleCounts counts) {
    return counts.without(OF_NO_DAY);
  }

  /**
   * Of the rows that were refused in a day of such a log, those that are of the day, in whatever
   * zone: the others are of no day, and were its as long as it was the last.
   *
   * @param rejected rows of {@link RejectedRows}
   */
  public static Dataset<Row> ofTheirDay(Dataset<Row> rejected, LocalDate day) {
    Column eventDay = to_date(col(RejectedRows.EVENT_TIME));
    return rejected.where(
        eventDay.between(Date.valueOf(day.minusDays(1)), Date.valueOf(day.plusDays(1))));
  }

  private void requireEvents(RuleCounts ofNight, LocalDate night) {
    if (ofNight.rows() == 0 && !mayBeClosed) {
      throw new DataException(
          "there are no events for %s: the source %s has no row of that day; a night needs the events of its day: check the source, give another date, or --set run.allow_closed_day=true if the shop was closed"
              .formatted(night, source.path()));
    }
  }
}
