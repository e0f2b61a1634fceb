package dev.nightjar.training.statistics;

import java.util.Arrays;

/** Numbers that are added up, by the {@link Cells} they belong to. */
public final class Totals {
  private final double[] values;

  Totals(double... values) {
    this.values = values;
  }

  /** Adds to the only number of a run. */
  public void add(Cells cells, double amount) {
    add(cells, 0, amount);
  }

  /** Adds to one number of a run. */
  public void add(Cells cells, int cell, double amount) {
    values[cells.place(cell)] += amount;
  }

  /** The only number of a run. */
  public double of(Cells cells) {
    return of(cells, 0);
  }

  /** One number of a run. */
  public double of(Cells cells, int cell) {
    return values[cells.place(cell)];
  }

  /** All numbers of a run. */
  public double[] all(Cells cells) {
    return Arrays.copyOfRange(values, cells.first(), cells.first() + cells.count());
  }

  double[] values() {
    return values;
  }
}
