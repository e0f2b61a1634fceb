package dev.nightjar.training.timing;

import dev.nightjar.training.timing.History.Push;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/**
 * Measures a model fitted on what was known before a day on what happened from that day on, beside
 * baselines. Log-loss in nats.
 */
final class HeldOutDays {
  private static final String CONSTANT = "constant";
  private static final String SHOP_HISTOGRAM = "shop_histogram";
  private static final String OWN_HISTOGRAM = "own_histogram_plus_one";
  private static final int HOURS = HourKernel.HOURS_OF_DAY;
  private static final int BINS = 2_000;
  private static final double LIMIT = 1e-9;

  private final Map<String, Double> metrics = new LinkedHashMap<>();
  private final Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();

  Map<String, Double> metrics() {
    return metrics;
  }

  Map<String, Map<String, Double>> baselines() {
    return baselines;
  }

  /**
   * Hours of the sessions from {@code day} on, for users with sessions before it: the hour of day
   * is predicted, the weekday is given.
   */
  void measureActivity(JavaRDD<History> users, ActivityModel model, int day) {
    double[] shop = new double[HOURS];
    double[] counts =
        UserSums.over(
            users,
            HOURS,
            (user, into) -> {
              for (int hour : user.before(day).hours()) {
                into[hour % HOURS]++;
              }
            });
    double total = HOURS;
    for (double count : counts) {
      total += count;
    }
    for (int hour = 0; hour < HOURS; hour++) {
      shop[hour] = (counts[hour] + 1) / total;
    }
    double[] sums =
        UserSums.over(users, 10, (user, into) -> addActivity(user, model, day, shop, into));
    if (sums[9] == 0) {
      return;
    }
    for (int k = 0; k < 3; k++) {
      Map<String, Double> into =
          k == 0 ? metrics : baseline(k == 1 ? SHOP_HISTOGRAM : OWN_HISTOGRAM);
      into.put("activity_log_loss", sums[3 * k] / sums[9]);
      into.put("activity_hit_at_1", sums[3 * k + 1] / sums[9]);
      into.put("activity_hit_at_3", sums[3 * k + 2] / sums[9]);
    }
    metrics.put("activity_held_out_session_hours", sums[9]);
  }

  private static void addActivity(
      History user, ActivityModel model, int day, double[] shop, double[] into) {
    History known = user.before(day);
    if (known.days().length == 0 || known.days().length == user.days().length) {
      return;
    }
    UserHours hours = model.of(known);
    double[][] scenes = new double[2][HOURS];
    for (int cell = 0; cell < HourKernel.CELLS; cell++) {
      scenes[HourKernel.scene(cell)][cell % HOURS] =
          model.hourProbability(hours, user.segment(), cell, UserHours.NONE);
    }
    double[] own = new double[HOURS];
    java.util.Arrays.fill(own, 1.0 / (known.hours().length + HOURS));
    for (int hour : known.hours()) {
      own[hour % HOURS] += 1.0 / (known.hours().length + HOURS);
    }
    for (int i = known.days().length; i < user.days().length; i++) {
      int cell = HourKernel.cell(user.hours()[i]);
      int hour = cell % HOURS;
      add(scenes[HourKernel.scene(cell)], hour, into, 0);
      add(shop, hour, into, 3);
      add(own, hour, into, 6);
      into[9]++;
    }
  }

  private static void add(double[] curve, int hour, double[] into, int offset) {
    int better = 0;
    for (int other = 0; other < curve.length; other++) {
      if (curve[other] > curve[hour] || (curve[other] == curve[hour] && other < hour)) {
        better++;
      }
    }
    into[offset] -= Math.log(curve[hour]);
    into[offset + 1] += better < 1 ? 1 : 0;
    into[offset + 2] += better < 3 ? 1 : 0;
  }

  /** Opens of the pushes sent from {@code day} on. */
  void measureOpens(JavaRDD<History> users, ActivityModel activity, OpenModel model, int day) {
    int cells = HourKernel.CELLS;
    double[] counts =
        UserSums.over(
            users,
            2 * cells,
            (user, into) -> {
              for (Push push : user.before(day).pushes()) {
                into[HourKernel.cell(push.hour())]++;
                into[cells + HourKernel.cell(push.hour())] += push.isOpened() ? 1 : 0;
              }
            });
    double sent = 0;
    double opened = 0;
    for (int cell = 0; cell < cells; cell++) {
      sent += counts[cell];
      opened += counts[cells + cell];
    }
    double rate = (opened + 1) / (sent + 2);
    double[] shop = new double[cells];
    for (int cell = 0; cell < cells; cell++) {
      shop[cell] = (counts[cells + cell] + rate) / (counts[cell] + 1);
    }
    int size = 2 * BINS + 1;
    double[] sums =
        UserSums.over(
            users,
            3 * size + 1,
            (user, into) -> {
              UserOpens opens = null;
              for (Push push : user.pushes()) {
                if (push.day() < day) {
                  continue;
                }
                if (opens == null) {
                  opens = new UserOpens(user.before(day), activity, model);
                }
                int cell = HourKernel.cell(push.hour());
                addOpen(opens.probability(push.hour()), push.isOpened(), into, 0);
                addOpen(rate, push.isOpened(), into, size);
                addOpen(shop[cell], push.isOpened(), into, 2 * size);
                into[3 * size]++;
              }
            });
    double pushes = sums[3 * size];
    if (pushes == 0) {
      return;
    }
    for (int k = 0; k < 3; k++) {
      Map<String, Double> into = k == 0 ? metrics : baseline(k == 1 ? CONSTANT : SHOP_HISTOGRAM);
      into.put("open_log_loss", sums[k * size] / pushes);
      double auc = auc(sums, k * size + 1);
      if (Double.isFinite(auc)) {
        into.put("open_auc", auc);
      }
    }
    metrics.put("open_held_out_pushes", pushes);
  }

  private static void addOpen(double chance, boolean isOpened, double[] into, int offset) {
    double p = Math.max(LIMIT, Math.min(1 - LIMIT, chance));
    into[offset] -= Math.log(isOpened ? p : 1 - p);
    int bin = Math.min(BINS - 1, (int) (p * BINS));
    into[offset + 1 + (isOpened ? BINS : 0) + bin]++;
  }

  /** Area under the ROC curve from counts by bins of the prediction; a bin's pairs are ties. */
  private static double auc(double[] sums, int offset) {
    double negatives = 0;
    double positives = 0;
    double ordered = 0;
    for (int bin = 0; bin < BINS; bin++) {
      double opened = sums[offset + BINS + bin];
      ordered += opened * (negatives + sums[offset + bin] / 2);
      negatives += sums[offset + bin];
      positives += opened;
    }
    return ordered / (negatives * positives);
  }

  private Map<String, Double> baseline(String name) {
    return baselines.computeIfAbsent(name, unused -> new LinkedHashMap<>());
  }
}
