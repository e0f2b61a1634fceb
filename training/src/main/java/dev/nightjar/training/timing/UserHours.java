package dev.nightjar.training.timing;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * One user's decayed and smoothed session counts, optionally without one day: a session is
 * predicted from other days alone, since sessions of one day come in bursts.
 */
final class UserHours {
  /** No day is left out. */
  static final int NONE = Integer.MIN_VALUE;

  private final UserLog user;
  private final HourKernel kernel;
  private final double[] weights;
  private final double[] mass = new double[HourKernel.CELLS];
  private final double[] sceneTotals = new double[2];
  private final double[] dayMass = new double[HourKernel.DAYS_OF_WEEK];
  private double total;

  UserHours(UserLog user, HourKernel kernel, IntToDoubleFunction decay) {
    this.user = user;
    this.kernel = kernel;
    weights = Arrays.stream(user.days()).mapToDouble(decay).toArray();
    for (int i = 0; i < weights.length; i++) {
      int hour = user.hours()[i];
      for (int cell = 0; cell < HourKernel.CELLS; cell++) {
        mass[cell] += weights[i] * kernel.weight(hour, cell);
      }
      sceneTotals[0] += weights[i] * kernel.sceneTotal(hour, 0);
      sceneTotals[1] += weights[i] * kernel.sceneTotal(hour, 1);
      dayMass[hour / HourKernel.HOURS_OF_DAY] += weights[i];
      total += weights[i];
    }
  }

  UserLog user() {
    return user;
  }

  /** Weight of the session hour at {@code index}. */
  double weight(int index) {
    return weights[index];
  }

  /** Smoothed count of a cell. */
  double mass(int cell, int exceptDay) {
    double left = mass[cell];
    for (int i = first(exceptDay); isOn(i, exceptDay); i++) {
      left -= weights[i] * kernel.weight(user.hours()[i], cell);
    }
    return Math.max(0, left);
  }

  /** Smoothed count of a scene's 24 cells. */
  double sceneTotal(int scene, int exceptDay) {
    double left = sceneTotals[scene];
    for (int i = first(exceptDay); isOn(i, exceptDay); i++) {
      left -= weights[i] * kernel.sceneTotal(user.hours()[i], scene);
    }
    return Math.max(0, left);
  }

  /** Count of a weekday, Monday is 0. */
  double dayMass(int weekday, int exceptDay) {
    double left = dayMass[weekday];
    for (int i = first(exceptDay); isOn(i, exceptDay); i++) {
      left -= user.hours()[i] / HourKernel.HOURS_OF_DAY == weekday ? weights[i] : 0;
    }
    return Math.max(0, left);
  }

  /** Count of everything. */
  double total(int exceptDay) {
    double left = total;
    for (int i = first(exceptDay); isOn(i, exceptDay); i++) {
      left -= weights[i];
    }
    return Math.max(0, left);
  }

  private boolean isOn(int index, int day) {
    return index < weights.length && user.days()[index] == day;
  }

  private int first(int day) {
    if (day == NONE) {
      return weights.length;
    }
    int found = Arrays.binarySearch(user.days(), day);
    if (found < 0) {
      return weights.length;
    }
    while (found > 0 && user.days()[found - 1] == day) {
      found--;
    }
    return found;
  }
}
