package dev.nightjar.export.plan;

import dev.nightjar.features.AsOf;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What is planned: the day after {@code asOf.date()} in the shop's zone, 24 hours long, 23 or 25
 * where clocks change, moved by {@code plan.lead_hours}, so that it begins after the night has
 * ended and ends where that of the next night begins.
 *
 * @param start first instant, inclusive
 * @param end last instant, exclusive
 * @param open the first instant at which a push may be sent: later than the start where the plan is
 * @param zone the shop's
 */
public record PlanWindow(Instant start, Instant end, Instant open, ZoneId zone) {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int HOURS_PER_WEEK = 168;
  private static final int HOURS_WEST = 12;
  private static final int HOURS_EAST = 14;

  /**
   * The window that the night of {@code asOf} plans.
   *
   * @param leadHours hours from the end of its day to the start of the window
   */
  public static PlanWindow after(AsOf asOf, int leadHours) {
    Duration lead = Duration.ofHours(leadHours);
    Instant end = asOf.date().plusDays(2).atStartOfDay(asOf.zone()).toInstant();
    Instant start = asOf.end().plus(lead);
    return new PlanWindow(start, end.plus(lead), start, asOf.zone());
  }

  /**
   * The same window without what has passed of it when the plan is made. A plan that is made when
   * all of it has passed is one of an old night, and is made whole.
   */
  public PlanWindow madeAt(Instant now) {
    boolean isLate = now.isAfter(start) && !now.isAfter(end.minus(HOUR));
    return isLate ? new PlanWindow(start, end, now, zone) : this;
  }

  /** Hours of the window that are left out since they have passed. */
  public long passedHours() {
    return hours().stream().filter(at -> at.isBefore(open)).count();
  }

  /**
   * Instants a push may be sent at: the start and every full hour after it, as far as they have not
   * passed. In a zone that differs by half an hour these are half hours; a local hour that clocks
   * skip does not occur, one that they repeat occurs twice.
   */
  public List<Instant> slots() {
    return hours().stream().filter(at -> !at.isBefore(open)).toList();
  }

  private List<Instant> hours() {
    List<Instant> hours = new ArrayList<>();
    for (Instant at = start; at.isBefore(end); at = at.plus(HOUR)) {
      hours.add(at);
    }
    return hours;
  }

  /** Pushes sent at or before it affect no cap or gap in the window. */
  Instant memory() {
    return start.minus(Duration.ofDays(7));
  }

  /** Local hours of the week, 0 is Monday 00h, that the window can touch anywhere on earth. */
  List<Integer> hoursOfWeek() {
    TreeSet<Integer> hours = new TreeSet<>();
    Instant from = start.minus(Duration.ofHours(HOURS_WEST));
    Instant until = end.plus(Duration.ofHours(HOURS_EAST));
    for (Instant at = from; !at.isAfter(until); at = at.plus(HOUR)) {
      LocalDateTime time = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
      hours.add((time.getDayOfWeek().getValue() - 1) * 24 + time.getHour());
      hours.add(((time.getDayOfWeek().getValue() - 1) * 24 + time.getHour() + 1) % HOURS_PER_WEEK);
    }
    return List.copyOf(hours);
  }
}
