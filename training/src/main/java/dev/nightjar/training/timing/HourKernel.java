package dev.nightjar.training.timing;

import java.io.Serializable;

/**
 * How much one observed hour of week counts for other hours: a Gaussian of {@code width} hours on
 * the circle of 168 hours (Sunday 23h is next to Monday 00h), folded into 48 cells, weekday or
 * weekend times hour of day. The cell of the other scene gets {@code crossing} times as much.
 */
final class HourKernel implements Serializable {
  private static final long serialVersionUID = 1L;

  static final int HOURS_OF_WEEK = 168;
  static final int HOURS_OF_DAY = 24;
  static final int DAYS_OF_WEEK = 7;
  static final int CELLS = 2 * HOURS_OF_DAY;
  private static final int REACH = 6;

  private final double width;
  private final double crossing;
  private final double[] weights = new double[2 * REACH + 1];
  private final double[] table = new double[HOURS_OF_WEEK * CELLS];
  private final double[] sceneTotals = new double[HOURS_OF_WEEK * 2];

  /**
   * @param width standard deviation in hours; 0 for the hour itself alone
   * @param crossing 0 (weekdays say nothing about weekends) to 1 (they are alike)
   */
  HourKernel(double width, double crossing) {
    this.width = width;
    this.crossing = crossing;
    double sum = 0;
    for (int offset = -REACH; offset <= REACH; offset++) {
      double weight =
          width == 0 ? (offset == 0 ? 1 : 0) : Math.exp(-offset * offset / (2 * width * width));
      weights[offset + REACH] = weight;
      sum += weight;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    for (int hour = 0; hour < HOURS_OF_WEEK; hour++) {
      fill(hour);
    }
  }

  private void fill(int hour) {
    for (int offset = -REACH; offset <= REACH; offset++) {
      double weight = weights[offset + REACH];
      int cell = cell(Math.floorMod(hour + offset, HOURS_OF_WEEK));
      int other = (cell + HOURS_OF_DAY) % CELLS;
      table[hour * CELLS + cell] += weight;
      table[hour * CELLS + other] += crossing * weight;
      sceneTotals[hour * 2 + scene(cell)] += weight;
      sceneTotals[hour * 2 + scene(other)] += crossing * weight;
    }
  }

  /** Scene and hour of day of an hour of week: 0 to 23 on weekdays, 24 to 47 on weekends. */
  static int cell(int hourOfWeek) {
    int day = hourOfWeek / HOURS_OF_DAY;
    return hourOfWeek % HOURS_OF_DAY + (day >= 5 ? HOURS_OF_DAY : 0);
  }

  /** 0 for a weekday's cell, 1 for a weekend's. */
  static int scene(int cell) {
    return cell / HOURS_OF_DAY;
  }

  double width() {
    return width;
  }

  double crossing() {
    return crossing;
  }

  /** What one observation in {@code hourOfWeek} adds to {@code cell}. */
  double weight(int hourOfWeek, int cell) {
    return table[hourOfWeek * CELLS + cell];
  }

  /** What it adds to all cells of a scene. */
  double sceneTotal(int hourOfWeek, int scene) {
    return sceneTotals[hourOfWeek * 2 + scene];
  }

  /** What an observation adds to its own hour. */
  double centre() {
    return weights[REACH];
  }
}
