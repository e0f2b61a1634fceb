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
 * The day that is planned: the day after {@code asOf.date()} in the shop's zone, 24 hours long, 23
 * or 25 where clocks change, moved by {@code plan.lead_hours}.
 *
 * @param start first instant, inclusive
 * @param end last instant, exclusive
 * @param zone the shop's
 */
public record PlanWindow(Instant start, Instant end, ZoneId zone) {
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
    return new PlanWindow(asOf.end().plus(lead), end.plus(lead), asOf.zone());
  }

  /**
   * Instants a push may be sent at: the start and every full hour after it. In a zone that differs
   * by half an hour these are half hours; a local hour that clocks skip does not occur, one that
   * they repeat occurs twice.
   */
  public List<Instant> slots() {
    List<Instant> slots = new ArrayList<>();
    for (Instant at = start; at.isBefore(end); at = at.plus(Duration.ofHours(1))) {
      slots.add(at);
    }
    return slots;
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
    for (Instant at = from; !at.isAfter(until); at = at.plus(Duration.ofHours(1))) {
      LocalDateTime time = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
      hours.add((time.getDayOfWeek().getValue() - 1) * 24 + time.getHour());
      hours.add(((time.getDayOfWeek().getValue() - 1) * 24 + time.getHour() + 1) % HOURS_PER_WEEK);
    }
    return List.copyOf(hours);
  }
}
