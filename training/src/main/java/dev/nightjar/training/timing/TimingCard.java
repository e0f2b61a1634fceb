package dev.nightjar.training.timing;

import dev.nightjar.training.ModelCard;
import dev.nightjar.training.statistics.Cells;
import dev.nightjar.training.statistics.OrderFreeSums;
import dev.nightjar.training.statistics.Totals;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/**
 * States what a send-time model was trained on, and how well one performs that was trained without
 * the last days.
 *
 * @param users what the model was fitted to
 * @param regions number of regions
 */
record TimingCard(JavaRDD<UserLog> users, int regions, TimingConfig config) {

  /** The card of a fitted model; fits again on the days before the held-out ones. */
  ModelCard of(ActivityModel activity, OpenModel opens) {
    Map<String, Long> rows = rows();
    List<String> notes = new ArrayList<>();
    boolean hasPushes = rows.get("pushes") > 0;
    if (!hasPushes) {
      notes.add(
          "no push with a known outcome: timing.assumed_open_rate "
              + config.assumedOpenRate()
              + " is assumed as the open rate and opens are assumed to follow activity");
    }
    if (rows.get("session_hours") == 0) {
      notes.add("no sessions: all hours are assumed to be alike");
    }
    UserLog.Days days = users.map(UserLog::range).fold(UserLog.Days.NONE, UserLog.Days::and);
    HeldOutDays heldOut = new HeldOutDays(firstHeldOut(days));
    if (days.hasAny() && days.first() < days.last()) {
      measure(heldOut, hasPushes);
    } else {
      notes.add("fewer than two days of data: nothing was held out");
    }
    Map<String, Double> metrics = new LinkedHashMap<>(heldOut.metrics());
    putFitted(activity, opens, hasPushes, metrics);
    LocalDate last = LocalDate.ofEpochDay(activity.lastDay());
    return new ModelCard(
        "timing",
        (days.hasAny() ? LocalDate.ofEpochDay(days.first()) : last).toString(),
        last.toString(),
        rows,
        ModelCard.settings(config),
        config.seed(),
        metrics,
        heldOut.baselines(),
        notes);
  }

  private Map<String, Long> rows() {
    Cells.Layout layout = new Cells.Layout();
    Cells all = layout.cell();
    Cells withoutHistory = layout.cell();
    Cells sessionHours = layout.cell();
    Cells pushes = layout.cell();
    Totals totals =
        OrderFreeSums.over(
            users,
            layout,
            (user, into) -> {
              into.add(all, 1);
              into.add(withoutHistory, user.days().length + user.pushes().length == 0 ? 1 : 0);
              into.add(sessionHours, user.days().length);
              into.add(pushes, user.pushes().length);
            });
    Map<String, Long> rows = new LinkedHashMap<>();
    rows.put("users", Math.round(totals.of(all)));
    rows.put("users_without_history", Math.round(totals.of(withoutHistory)));
    rows.put("session_hours", Math.round(totals.of(sessionHours)));
    rows.put("pushes", Math.round(totals.of(pushes)));
    rows.put("segments", (long) regions);
    return rows;
  }

  private int firstHeldOut(UserLog.Days days) {
    if (!days.hasAny()) {
      return Integer.MAX_VALUE;
    }
    int count = days.last() - days.first() + 1;
    int held = Math.max(1, (int) Math.round(count * config.holdoutShare()));
    return Math.max(days.first() + 1, days.last() + 1 - held);
  }

  private void measure(HeldOutDays heldOut, boolean hasPushes) {
    int day = heldOut.day();
    JavaRDD<UserLog> earlier = users.map(user -> user.before(day));
    ActivityModel activity = ActivityFit.fit(earlier, regions, day - 1, config);
    HeldOutSessions.measure(users, activity, heldOut);
    if (hasPushes) {
      OpenModel opens = OpenFit.fit(earlier, activity, regions, config);
      HeldOutPushes.measure(users, activity, opens, heldOut);
    }
  }

  private static void putFitted(
      ActivityModel activity, OpenModel opens, boolean hasPushes, Map<String, Double> metrics) {
    metrics.put("fitted_hour_strength_sessions", activity.hourStrength());
    metrics.put("fitted_day_strength_sessions", activity.dayStrength());
    metrics.put("fitted_kernel_hours", activity.kernel().width());
    metrics.put("fitted_kernel_crossing", activity.kernel().crossing());
    metrics.put("fitted_activity_slope", opens.slope());
    if (hasPushes) {
      metrics.put("fitted_user_strength_opens", opens.userStrength());
      metrics.put("fitted_user_hour_strength_pushes", opens.hourStrength());
    }
  }
}
