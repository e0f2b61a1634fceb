package dev.nightjar.training.timing;

import dev.nightjar.training.statistics.Cells;
import dev.nightjar.training.statistics.LogLoss;
import dev.nightjar.training.statistics.OrderFreeSums;
import dev.nightjar.training.statistics.RocArea;
import dev.nightjar.training.statistics.Totals;
import dev.nightjar.training.timing.History.Push;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/**
 * Measures a model fitted on what was known before a day on what happened from that day on, next to
 * baselines. Log-loss in nats.
 */
final class HeldOutDays {
  private static final String CONSTANT = "constant";
  private static final String SHOP_HISTOGRAM = "shop_histogram";
  private static final String OWN_HISTOGRAM = "own_histogram_plus_one";
  private static final int HOURS = HourKernel.HOURS_OF_DAY;

  private final int day;
  private final Map<String, Double> metrics = new LinkedHashMap<>();
  private final Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();

  /**
   * Nothing is measured yet.
   *
   * @param day first local epoch day that was held out
   */
  HeldOutDays(int day) {
    this.day = day;
  }

  /** First local epoch day that was held out. */
  int day() {
    return day;
  }

  Map<String, Double> metrics() {
    return metrics;
  }

  Map<String, Map<String, Double>> baselines() {
    return baselines;
  }

  private Map<String, Double> baseline(String name) {
    return baselines.computeIfAbsent(name, unused -> new LinkedHashMap<>());
  }

  /**
   * Hours of the sessions of the held-out days, for users with sessions before them: the hour of
   * day is predicted, the weekday is given.
   */
  void measureActivity(JavaRDD<History> users, ActivityModel model) {
    double[] shop = hoursOfShop(users);
    Cells.Layout layout = new Cells.Layout();
    HourScore ofModel = HourScore.in(layout);
    HourScore ofShop = HourScore.in(layout);
    HourScore ofUser = HourScore.in(layout);
    Cells sessionHours = layout.cell();
    int firstDay = day;
    Totals totals =
        OrderFreeSums.over(
            users,
            layout,
            (user, into) -> {
              History known = user.before(firstDay);
              if (known.days().length == 0 || known.days().length == user.days().length) {
                return;
              }
              double[][] scenes = scenes(model, known);
              double[] own = hoursOf(known);
              for (int i = known.days().length; i < user.days().length; i++) {
                int cell = HourKernel.cell(user.hours()[i]);
                int hour = cell % HOURS;
                ofModel.add(scenes[HourKernel.scene(cell)], hour, into);
                ofShop.add(shop, hour, into);
                ofUser.add(own, hour, into);
                into.add(sessionHours, 1);
              }
            });
    double hours = totals.of(sessionHours);
    if (hours > 0) {
      ofModel.put(totals, hours, metrics);
      ofShop.put(totals, hours, baseline(SHOP_HISTOGRAM));
      ofUser.put(totals, hours, baseline(OWN_HISTOGRAM));
      metrics.put("activity_held_out_session_hours", hours);
    }
  }

  /** Share of each hour of day in the shop's sessions before the held-out days. */
  private double[] hoursOfShop(JavaRDD<History> users) {
    Cells.Layout layout = new Cells.Layout();
    Cells sessions = layout.cells(HOURS);
    int firstDay = day;
    Totals totals =
        OrderFreeSums.over(
            users,
            layout,
            (user, into) -> {
              for (int hour : user.before(firstDay).hours()) {
                into.add(sessions, hour % HOURS, 1);
              }
            });
    double[] counts = totals.all(sessions);
    double all = HOURS + Arrays.stream(counts).sum();
    return Arrays.stream(counts).map(count -> (count + 1) / all).toArray();
  }

  /** The model's hours of day, for weekdays and for weekends. */
  private static double[][] scenes(ActivityModel model, History known) {
    UserHours hours = model.of(known);
    double[][] scenes = new double[2][HOURS];
    for (int cell = 0; cell < HourKernel.CELLS; cell++) {
      scenes[HourKernel.scene(cell)][cell % HOURS] =
          model.hourProbability(hours, known.region(), cell, UserHours.NONE);
    }
    return scenes;
  }

  /** The user's own hours of day, each counted once more than it was seen. */
  private static double[] hoursOf(History known) {
    double[] own = new double[HOURS];
    Arrays.fill(own, 1.0 / (known.hours().length + HOURS));
    for (int hour : known.hours()) {
      own[hour % HOURS] += 1.0 / (known.hours().length + HOURS);
    }
    return own;
  }

  /** How well hours of day were predicted. */
  private record HourScore(Cells logLoss, Cells hitAt1, Cells hitAt3) implements Serializable {
    static HourScore in(Cells.Layout layout) {
      return new HourScore(layout.cell(), layout.cell(), layout.cell());
    }

    void add(double[] curve, int hour, Totals into) {
      int better = 0;
      for (int other = 0; other < curve.length; other++) {
        if (curve[other] > curve[hour] || (curve[other] == curve[hour] && other < hour)) {
          better++;
        }
      }
      into.add(logLoss, LogLoss.of(curve[hour], true));
      into.add(hitAt1, better < 1 ? 1 : 0);
      into.add(hitAt3, better < 3 ? 1 : 0);
    }

    void put(Totals totals, double hours, Map<String, Double> into) {
      into.put("activity_log_loss", totals.of(logLoss) / hours);
      into.put("activity_hit_at_1", totals.of(hitAt1) / hours);
      into.put("activity_hit_at_3", totals.of(hitAt3) / hours);
    }
  }

  /** Opens of the pushes sent on the held-out days. */
  void measureOpens(JavaRDD<History> users, ActivityModel activity, OpenModel model) {
    OpenRates rates = openRates(users);
    Cells.Layout layout = new Cells.Layout();
    OpenScore ofModel = OpenScore.in(layout);
    OpenScore ofConstant = OpenScore.in(layout);
    OpenScore ofShop = OpenScore.in(layout);
    Cells sent = layout.cell();
    int firstDay = day;
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
      ofModel.put(totals, pushes, metrics);
      ofConstant.put(totals, pushes, baseline(CONSTANT));
      ofShop.put(totals, pushes, baseline(SHOP_HISTOGRAM));
      metrics.put("open_held_out_pushes", pushes);
    }
  }

  /** The shop's open rate before the held-out days, and that of each cell. */
  private record OpenRates(double ofAll, double[] byCell) implements Serializable {}

  private OpenRates openRates(JavaRDD<History> users) {
    Cells.Layout layout = new Cells.Layout();
    Cells sent = layout.cells(HourKernel.CELLS);
    Cells opened = layout.cells(HourKernel.CELLS);
    int firstDay = day;
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
