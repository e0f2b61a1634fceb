package dev.nightjar.training.timing;

import dev.nightjar.training.statistics.Cells;
import dev.nightjar.training.statistics.OrderFreeSums;
import dev.nightjar.training.statistics.Totals;
import dev.nightjar.training.timing.UserLog.Push;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.apache.spark.api.java.JavaRDD;

/** Fits the lifts of an {@link OpenModel}: opens over expected opens, shrunk to 1. */
final class OpenLifts {
  private OpenLifts() {}

  /** The model with lifts by hour, then by region. */
  static OpenModel fit(
      JavaRDD<UserLog> users, ActivityModel activity, OpenModel shape, int regions) {
    int cells = HourKernel.CELLS;
    Cells.Layout layout = new Cells.Layout();
    PushSums sums = PushSums.in(layout, (regions + 1) * cells);
    Totals totals =
        OrderFreeSums.over(
            users,
            layout,
            (user, into) -> {
              UserOpens opens = new UserOpens(user, activity, shape);
              for (int i = 0; i < user.pushes().length; i++) {
                Push push = user.pushes()[i];
                int group = activity.curve(user.region()) * cells + HourKernel.cell(push.hour());
                sums.add(group, push.isOpened(), opens.weight(i), opens.due(i), into);
              }
            });
    double[] ones = new double[cells];
    Arrays.fill(ones, 1);
    double[] hourLifts = sums.lifts(totals, cells, group -> group % cells, ones);
    double[] regionLifts = sums.lifts(totals, regions, group -> group / cells, hourLifts);
    double[] withShop = Arrays.copyOf(regionLifts, regions + 1);
    withShop[regions] = 1;
    return shape.withHourLifts(hourLifts).withRegionLifts(withShop);
  }

  /**
   * Weights of pushes by group: a region and a cell.
   *
   * @param opened of the opened ones
   * @param expected times the chance of an open
   * @param weights of all
   * @param squares of all, squared
   */
  private record PushSums(Cells opened, Cells expected, Cells weights, Cells squares)
      implements Serializable {
    static PushSums in(Cells.Layout layout, int groups) {
      return new PushSums(
          layout.cells(groups), layout.cells(groups), layout.cells(groups), layout.cells(groups));
    }

    void add(int group, boolean isOpened, double weight, double due, Totals into) {
      into.add(opened, group, isOpened ? weight : 0);
      into.add(expected, group, weight * due);
      into.add(weights, group, weight);
      into.add(squares, group, weight * weight);
    }

    /**
     * Sums the groups of equal {@code key}, counts them by their effective size (weights that
     * differ are worth fewer pushes) and shrinks opens over expected opens to 1.
     *
     * @param due factor of the expected opens, by cell
     */
    double[] lifts(Totals totals, int size, IntUnaryOperator key, double[] due) {
      double[] opens = new double[size];
      double[] expectedOpens = new double[size];
      double[] sums = new double[size];
      double[] sumsOfSquares = new double[size];
      for (int group = 0; group < opened.count(); group++) {
        int index = key.applyAsInt(group);
        if (index < size) {
          opens[index] += totals.of(opened, group);
          expectedOpens[index] += totals.of(expected, group) * due[group % HourKernel.CELLS];
          sums[index] += totals.of(weights, group);
          sumsOfSquares[index] += totals.of(squares, group);
        }
      }
      for (int i = 0; i < size; i++) {
        double worth = sumsOfSquares[i] > 0 ? Math.min(1, sums[i] / sumsOfSquares[i]) : 0;
        opens[i] *= worth;
        expectedOpens[i] *= worth;
      }
      double strength = Strengths.ratio(opens, expectedOpens);
      double[] lifts = new double[size];
      Arrays.setAll(lifts, i -> (opens[i] + strength) / (expectedOpens[i] + strength));
      return lifts;
    }
  }
}
