package dev.nightjar.training.timing;

import dev.nightjar.training.statistics.Cells;
import dev.nightjar.training.statistics.LogLoss;
import dev.nightjar.training.statistics.OrderFreeSums;
import dev.nightjar.training.statistics.RocArea;
import dev.nightjar.training.statistics.Totals;
import dev.nightjar.training.timing.UserLog.Push;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/** Opens of the pushes sent on the held-out days. */
final class HeldOutPushes {
  private static final String CONSTANT = "constant";

  private HeldOutPushes() {}

  /** Adds the figures of the model and of open rates. */
  static void measure(
      JavaRDD<UserLog> users, ActivityModel activity, OpenModel model, HeldOutDays days) {
    OpenRates rates = openRates(users, days.day());
    Cells.Layout layout = new Cells.Layout();
    OpenScore ofModel = OpenScore.in(layout);
    OpenScore ofConstant = OpenScore.in(layout);
    OpenScore ofShop = OpenScore.in(layout);
    Cells sent = layout.cell();
    int firstDay = days.day();
    Totals totals =
        OrderFreeSums.over(
            users,
            layout,
            (user, into) -> {
              UserOpens opens = null;
              for (Push push : user.pushes()) {
                if (push.day() < firstDay) {
                  continue;
                }
                if (opens == null) {
                  opens = new UserOpens(user.before(firstDay), activity, model);
                }
                ofModel.add(opens.probability(push.hour()), push.isOpened(), into);
                ofConstant.add(rates.ofAll(), push.isOpened(), into);
                ofShop.add(rates.byCell()[HourKernel.cell(push.hour())], push.isOpened(), into);
                into.add(sent, 1);
              }
            });
    double pushes = totals.of(sent);
    if (pushes > 0) {
      ofModel.put(totals, pushes, days.metrics());
      ofConstant.put(totals, pushes, days.baseline(CONSTANT));
      ofShop.put(totals, pushes, days.baseline(HeldOutDays.SHOP_HISTOGRAM));
      days.metrics().put("open_held_out_pushes", pushes);
    }
  }

  /** The shop's open rate before the held-out days, and that of each cell. */
  private record OpenRates(double ofAll, double[] byCell) implements Serializable {}

  private static OpenRates openRates(JavaRDD<UserLog> users, int firstDay) {
    Cells.Layout layout = new Cells.Layout();
    Cells sent = layout.cells(HourKernel.CELLS);
    Cells opened = layout.cells(HourKernel.CELLS);
    Totals totals =
        OrderFreeSums.over(
            users,
            layout,
            (user, into) -> {
              for (Push push : user.before(firstDay).pushes()) {
                into.add(sent, HourKernel.cell(push.hour()), 1);
                into.add(opened, HourKernel.cell(push.hour()), push.isOpened() ? 1 : 0);
              }
            });
    double rate =
        (Arrays.stream(totals.all(opened)).sum() + 1) / (Arrays.stream(totals.all(sent)).sum() + 2);
    double[] byCell = new double[HourKernel.CELLS];
    Arrays.setAll(byCell, cell -> (totals.of(opened, cell) + rate) / (totals.of(sent, cell) + 1));
    return new OpenRates(rate, byCell);
  }

  /** How well opens were predicted; predictions of one bin count as equal in the area. */
  private record OpenScore(Cells logLoss, Cells unopened, Cells opened) implements Serializable {
    private static final int BINS = 2_000;

    static OpenScore in(Cells.Layout layout) {
      return new OpenScore(layout.cell(), layout.cells(BINS), layout.cells(BINS));
    }

    void add(double chance, boolean isOpened, Totals into) {
      into.add(logLoss, LogLoss.of(chance, isOpened));
      into.add(isOpened ? opened : unopened, Math.min(BINS - 1, (int) (chance * BINS)), 1);
    }

    void put(Totals totals, double pushes, Map<String, Double> into) {
      into.put("open_log_loss", totals.of(logLoss) / pushes);
      RocArea area = new RocArea();
      for (int bin = BINS - 1; bin >= 0; bin--) {
        area.add(totals.of(opened, bin), totals.of(unopened, bin));
      }
      if (Double.isFinite(area.value())) {
        into.put("open_auc", area.value());
      }
    }
  }
}
