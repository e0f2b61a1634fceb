package dev.nightjar.training.timing;

import java.io.Serializable;

/**
 * When users are active: {@code P(hour of day | scene, user)} and {@code P(weekday | user)}, each a
 * Dirichlet posterior whose prior mean is the segment's curve.
 */
final class ActivityModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int lastDay;
  private final double halfLifeDays;
  private final HourKernel kernel;
  private final double hourStrength;
  private final double dayStrength;

  /** By segment, the shop last: 48 cells, each scene's 24 add up to 1. */
  private final double[][] hourCurves;

  /** By segment, the shop last: 7 weekdays adding up to 1, Monday first. */
  private final double[][] dayCurves;

  ActivityModel(
      int lastDay,
      double halfLifeDays,
      HourKernel kernel,
      double hourStrength,
      double dayStrength,
      double[][] hourCurves,
      double[][] dayCurves) {
    this.lastDay = lastDay;
    this.halfLifeDays = halfLifeDays;
    this.kernel = kernel;
    this.hourStrength = hourStrength;
    this.dayStrength = dayStrength;
    this.hourCurves = hourCurves;
    this.dayCurves = dayCurves;
  }

  /** Local epoch day that ages are counted from. */
  int lastDay() {
    return lastDay;
  }

  /** Age at which a session counts half. */
  double halfLifeDays() {
    return halfLifeDays;
  }

  /** How far a session speaks for other hours. */
  HourKernel kernel() {
    return kernel;
  }

  /** Sessions the segment's hours are worth. */
  double hourStrength() {
    return hourStrength;
  }

  /** Sessions the segment's weekdays are worth. */
  double dayStrength() {
    return dayStrength;
  }

  /** Index of the curves of a segment, {@link Regions#SHOP} among them. */
  int curve(int segment) {
    return segment == Regions.SHOP ? hourCurves.length - 1 : segment;
  }

  /** Weight of what happened on a local day. */
  double decay(int day) {
    return decay(lastDay, day, halfLifeDays);
  }

  static double decay(int lastDay, int day, double halfLifeDays) {
    return StrictMath.pow(2, -Math.max(0, lastDay - day) / halfLifeDays);
  }

  /** The curves of one user. */
  UserHours of(History user) {
    return new UserHours(user, kernel, day -> decay(lastDay, day, halfLifeDays));
  }

  /** {@code P(hour of day | scene)} of one of the 48 cells. */
  double hourProbability(UserHours hours, int segment, int cell, int exceptDay) {
    double prior = hourCurves[curve(segment)][cell];
    return (hours.mass(cell, exceptDay) + hourStrength * prior)
        / (hours.sceneTotal(HourKernel.scene(cell), exceptDay) + hourStrength);
  }

  /** {@code P(weekday)}, Monday is 0. */
  double dayProbability(UserHours hours, int segment, int weekday, int exceptDay) {
    double prior = dayCurves[curve(segment)][weekday];
    return (hours.dayMass(weekday, exceptDay) + dayStrength * prior)
        / (hours.total(exceptDay) + dayStrength);
  }

  /**
   * How much more active than at an average hour of the week: 1 is average.
   *
   * @param exceptDay local epoch day whose sessions are not looked at, else {@link UserHours#NONE}
   */
  double relative(UserHours hours, int segment, int hourOfWeek, int exceptDay) {
    return HourKernel.HOURS_OF_WEEK
        * dayProbability(hours, segment, hourOfWeek / HourKernel.HOURS_OF_DAY, exceptDay)
        * hourProbability(hours, segment, HourKernel.cell(hourOfWeek), exceptDay);
  }
}
