package dev.nightjar.features;

import dev.nightjar.features.query.Parameter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.spark.sql.Column;

/**
 * The moment a night knows up to: the end of {@code date} in the shop's zone, exclusive.
 *
 * @param date the last day that is known, all of it
 * @param zone the shop's zone
 */
public record AsOf(LocalDate date, ZoneId zone) {
  private static final double SECONDS_PER_DAY = 86_400.0;

  /** The first instant that is no longer known. */
  public Instant end() {
    return date.plusDays(1).atStartOfDay(zone).toInstant();
  }

  /** The same moment as a UTC timestamp. */
  public Column endColumn() {
    return Parameter.of(end());
  }

  /** True where {@code time} is known: strictly before {@link #end()}. */
  public Column knows(Column time) {
    return time.lt(endColumn());
  }

  /** Days from {@code time} to {@link #end()}, with fractions; null where time is null. */
  public Column ageDays(Column time) {
    return endColumn().cast("double").minus(time.cast("double")).divide(SECONDS_PER_DAY);
  }

  /** True where {@code time} falls in the last {@code days} days that are known. */
  public Column within(Column time, int days) {
    Instant start = date.plusDays(1).minusDays(days).atStartOfDay(zone).toInstant();
    return knows(time).and(time.geq(Parameter.of(start)));
  }

  /** The same zone, another day. */
  public AsOf minusDays(int days) {
    return new AsOf(date.minusDays(days), zone);
  }
}
