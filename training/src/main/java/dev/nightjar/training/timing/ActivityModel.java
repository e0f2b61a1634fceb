package dev.nightjar.training.timing;

import java.io.Serializable;

/**
 * When users are active: {@code P(hour of day | scene, user)} and {@code P(weekday | user)}, each a
 * Dirichlet posterior whose prior mean is the region's curve.
 *
 * @param lastDay local epoch day that ages are counted from
 * @param halfLifeDays age at which a session counts half
 * @param kernel how much a session counts for other hours
 * @param hourStrength sessions the region's hours are worth
 * @param dayStrength sessions the region's weekdays are worth
 * @param hourCurves by region, the shop last: 48 cells, each scene's 24 add up to 1
 * @param dayCurves by region, the shop last: 7 weekdays adding up to 1, Monday first
 */
record ActivityModel(
    int lastDay,
    double halfLifeDays,
    HourKernel kernel,
    double hourStrength,
    double dayStrength,
    double[][] hourCurves,
    double[][] dayCurves)
    implements Serializable {

  /** The same curves with a kernel and strengths. */
  ActivityModel with(HourKernel fittedKernel, double ofHours, double ofDays) {
    return new ActivityModel(
        lastDay, halfLifeDays, fittedKernel, ofHours, ofDays, hourCurves, dayCurves);
  }

  /** Index of the curves of a region, {@link Regions#SHOP} among them. */
  int curve(int region) {
    return Regions.place(region, hourCurves.length);
  }

  /** Weight of what happened on a local day. */
  double decay(int day) {
    return decay(lastDay, day, halfLifeDays);
  }

  static double decay(int lastDay, int day, double halfLifeDays) {
    return StrictMath.pow(2, -Math.max(0, lastDay - day) / halfLifeDays);
  }

  /** The curves of one user. */
  UserHours of(UserLog user) {
    return new UserHours(user, kernel, this::decay);
  }

  /** {@code P(hour of day | scene)} of one of the 48 cells. */
  double hourProbability(UserHours hours, int region, int cell, int exceptDay) {
    double prior = hourCurves[curve(region)][cell];
    return (hours.mass(cell, exceptDay) + hourStrength * prior)
        / (hours.sceneTotal(HourKernel.scene(cell), exceptDay) + hourStrength);
  }

  /** {@code P(weekday)}, Monday is 0. */
  double dayProbability(UserHours hours, int region, int weekday, int exceptDay) {
    double prior = dayCurves[curve(region)][weekday];
    return (hours.dayMass(weekday, exceptDay) + dayStrength * prior)
        / (hours.total(exceptDay) + dayStrength);
  }

  /**
   * How much more active than at an average hour of the week: 1 is average.
   *
   * @param exceptDay local epoch day whose sessions are ignored, else {@link UserHours#NONE}
   */
  double relative(UserHours hours, int region, int hourOfWeek, int exceptDay) {
    return HourKernel.HOURS_OF_WEEK
        * dayProbability(hours, region, hourOfWeek / HourKernel.HOURS_OF_DAY, exceptDay)
        * hourProbability(hours, region, HourKernel.cell(hourOfWeek), exceptDay);
  }
}
