package dev.nightjar.training.timing;

import dev.nightjar.training.statistics.Cells;
import dev.nightjar.training.statistics.LogLoss;
import dev.nightjar.training.statistics.OrderFreeSums;
import dev.nightjar.training.statistics.Totals;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/**
 * Hours of the sessions of the held-out days, for users with sessions before them: the hour of day
 * is predicted, the weekday is given.
 */
final class HeldOutSessions {
  private static final String OWN_HISTOGRAM = "own_histogram_plus_one";
  private static final int HOURS = HourKernel.HOURS_OF_DAY;

  private HeldOutSessions() {}

  /** Adds the figures of the model and of histograms. */
  static void measure(JavaRDD<UserLog> users, ActivityModel model, HeldOutDays days) {
    double[] shop = hoursOfShop(users, days.day());
    Cells.Layout layout = new Cells.Layout();
    HourScore ofModel = HourScore.in(layout);
    HourScore ofShop = HourScore.in(layout);
    HourScore ofUser = HourScore.in(layout);
    Cells sessionHours = layout.cell();
    int firstDay = days.day();
    Totals totals =
        OrderFreeSums.over(
            users,
            layout,
            (user, into) -> {
              UserLog known = user.before(firstDay);
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
      ofModel.put(totals, hours, days.metrics());
      ofShop.put(totals, hours, days.baseline(HeldOutDays.SHOP_HISTOGRAM));
      ofUser.put(totals, hours, days.baseline(OWN_HISTOGRAM));
      days.metrics().put("activity_held_out_session_hours", hours);
    }
  }

  /** Share of each hour of day in the shop's sessions before the held-out days. */
  private static double[] hoursOfShop(JavaRDD<UserLog> users, int firstDay) {
    Cells.Layout layout = new Cells.Layout();
    Cells sessions = layout.cells(HOURS);
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
  private static double[][] scenes(ActivityModel model, UserLog known) {
    UserHours hours = model.of(known);
    double[][] scenes = new double[2][HOURS];
    for (int cell = 0; cell < HourKernel.CELLS; cell++) {
      scenes[HourKernel.scene(cell)][cell % HOURS] =
          model.hourProbability(hours, known.region(), cell, UserHours.NONE);
    }
    return scenes;
  }

  /** The user's own hours of day, with one added to each count. */
  private static double[] hoursOf(UserLog known) {
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
}
