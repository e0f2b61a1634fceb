package dev.nightjar.demo;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.nightjar.features.config.Problems;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/**
 * Settings under {@code demo}: the generated shop.
 *
 * @param users how many are registered by the last day, those without any event included
 * @param items how many are listed by the last day
 * @param days shop-local days of log, the last one included
 * @param holdoutDays days the shop goes on after the last one, kept as truth
 * @param lastDate last day of the log, in {@code zone}
 * @param zone the shop's zone
 * @param seed of everything that is left to chance
 * @param sessionsPerDay mean sessions of a user in a day
 * @param pushesPerWeek mean pushes to a user whom the shop may push
 * @param dirtShare share of broken rows beside the events, without those of crawlers
 */
public record DemoConfig(
    int users,
    int items,
    int days,
    int holdoutDays,
    LocalDate lastDate,
    ZoneId zone,
    long seed,
    double sessionsPerDay,
    double pushesPerWeek,
    double dirtShare) {

  public DemoConfig {
    Problems problems = new Problems();
    problems.require(users >= 10, "demo.users must be at least 10, got " + users);
    problems.require(items >= 50, "demo.items must be at least 50, got " + items);
    problems.require(days >= 1, "demo.days must be at least 1, got " + days);
    problems.require(
        holdoutDays >= 0, "demo.holdout_days must not be negative, got " + holdoutDays);
    problems.require(
        sessionsPerDay > 0 && sessionsPerDay <= 5,
        "demo.sessions_per_day must be over 0 and at most 5, got " + sessionsPerDay);
    problems.require(
        pushesPerWeek >= 0 && pushesPerWeek <= 7,
        "demo.pushes_per_week must be between 0 and 7, got " + pushesPerWeek);
    problems.require(
        dirtShare >= 0 && dirtShare < 0.5,
        "demo.dirt_share must be at least 0 and under 0.5, got " + dirtShare);
    problems.throwIfAny();
  }

  /** Reads the section {@code demo}. */
  public static DemoConfig from(Config demo) {
    return new DemoConfig(
        demo.getInt("users"),
        demo.getInt("items"),
        demo.getInt("days"),
        demo.getInt("holdout_days"),
        date(demo),
        zone(demo),
        demo.getLong("seed"),
        demo.getDouble("sessions_per_day"),
        demo.getDouble("pushes_per_week"),
        demo.getDouble("dirt_share"));
  }

  /** First day of the log. */
  public LocalDate firstDate() {
    return lastDate.minusDays(days - 1L);
  }

  /** Day before which the shop did not exist: a year before the log begins. */
  public LocalDate opened() {
    return firstDate().minusYears(1);
  }

  private static LocalDate date(Config demo) {
    try {
      return LocalDate.parse(demo.getString("last_date"));
    } catch (DateTimeParseException wrong) {
      throw new ConfigException.BadValue(
          demo.origin(),
          "demo.last_date",
          "must be a date as 2026-03-28, got " + demo.getString("last_date"),
          wrong);
    }
  }

  private static ZoneId zone(Config demo) {
    try {
      return ZoneId.of(demo.getString("zone"));
    } catch (DateTimeException wrong) {
      throw new ConfigException.BadValue(
          demo.origin(),
          "demo.zone",
          "must be an IANA zone as Europe/Berlin, got " + demo.getString("zone"),
          wrong);
    }
  }
}
