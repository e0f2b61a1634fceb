package dev.nightjar.demo;

import com.typesafe.config.Config;
import dev.nightjar.features.config.Binder;
import dev.nightjar.features.config.Problems;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Settings under {@code demo}: the generated shop.
 *
 * @param users how many are registered by the last day, those without any event included
 * @param items how many are listed by the last day
 * @param days shop-local days of log, the last one included
 * @param holdoutDays days generated after the last one, kept as truth
 * @param lastDate last day of the log, in {@code zone}
 * @param zone the shop's zone
 * @param seed of everything random
 * @param sessionsPerDay mean sessions of a user in a day
 * @param pushesPerWeek mean pushes in a week to a user who may be pushed
 * @param dirtShare broken rows per event, without those of crawlers
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
    new Problems()
        .atLeast(10, "users", users)
        .atLeast(50, "items", items)
        .atLeast(1, "days", days)
        .notNegative("holdout_days", holdoutDays)
        .require(
            sessionsPerDay > 0 && sessionsPerDay <= 5,
            "sessions_per_day",
            "must be over 0 and at most 5",
            sessionsPerDay)
        .require(
            pushesPerWeek >= 0 && pushesPerWeek <= 7,
            "pushes_per_week",
            "must be between 0 and 7",
            pushesPerWeek)
        .require(
            dirtShare >= 0 && dirtShare < 0.5,
            "dirt_share",
            "must be at least 0 and under 0.5",
            dirtShare)
        .throwIfAny();
  }

  /**
   * Reads the section {@code demo}.
   *
   * @throws dev.nightjar.features.config.ConfigProblems naming everything that is wrong
   */
  public static DemoConfig from(Config demo) {
    return Binder.bind(DemoConfig.class, demo, "demo");
  }

  /** First day of the log. */
  public LocalDate firstDate() {
    return lastDate.minusDays(days - 1L);
  }

  /** First day of the shop: a year before the log begins. */
  public LocalDate opened() {
    return firstDate().minusYears(1);
  }
}
