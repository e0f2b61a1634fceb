package dev.nightjar.training.timing;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.Steps;
import dev.nightjar.training.ModelCard;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;

/**
 * Trains {@code P(open | sent to the user at a local hour of the week)}.
 *
 * <p>Activity (which hours a user has sessions in) shrinks from user to segment to scene to
 * everyone by Dirichlet priors; opens of the push log, weighed by 1/propensity, tell how far they
 * follow activity and what the hour, the segment and the user add. All strengths are fitted from
 * the data by empirical Bayes. Hours are local throughout, so neither half-hour zones nor hours
 * that a clock change repeats or skips need care.
 */
public final class SendTimeTrainer {
  private static final int FIRST = 0;
  private static final int LAST = 1;

  private SendTimeTrainer() {}

  /**
   * Trains on all that the snapshot knows; measures on its last days a second model that was
   * trained without them.
   *
   * @return 168 rows for every user in {@code snapshot.users()}, and the card
   */
  public static SendTimeModel train(Snapshot snapshot, TimingConfig config) {
    Regions segments = Regions.of(snapshot.users(), config.minSegmentUsers());
    // Actions: the sample's share needs the number of users.
    double sampledShare = (double) config.fitUsers() / Math.max(1, snapshot.users().count());
    Dataset<Row> histories = HistoryRows.compute(snapshot, segments, sampledShare, config);
    // Kept as objects: a dozen passes of dense arithmetic run over them.
    JavaRDD<History> users = histories.toJavaRDD().map(History::of);
    users.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      int lastDay = Math.toIntExact(snapshot.asOf().date().toEpochDay());
      SparkContext context = histories.sparkSession().sparkContext();
      ActivityModel activity =
          Steps.step(
              context, "activity", () -> ActivityFit.fit(users, segments.size(), lastDay, config));
      OpenModel opens =
          Steps.step(context, "opens", () -> OpenFit.fit(users, activity, segments.size(), config));
      ModelCard card =
          Steps.step(context, "card", () -> card(users, segments, activity, opens, config));
      return new SendTimeModel(sendHours(histories, users, activity, opens), card);
    } finally {
      users.unpersist(false);
    }
  }

  private static Dataset<Row> sendHours(
      Dataset<Row> histories, JavaRDD<History> users, ActivityModel activity, OpenModel opens) {
    int segments = opens.segmentLifts().length;
    double[] seen =
        UserSums.over(
            users,
            segments,
            (user, into) ->
                into[activity.curve(user.segment())] += user.days().length + user.pushes().length);
    // Not SQL: 168 numbers come from one user's dense posterior.
    FlatMapFunction<Row, Row> hours =
        row -> {
          History user = History.of(row);
          return hours(user, evidence(user, seen), new UserOpens(user, activity, opens));
        };
    return histories.flatMap(hours, Encoders.row(SendHourColumns.SCHEMA));
  }

  private static String evidence(History user, double[] seen) {
    if (user.pushes().length > 0) {
      return SendHourColumns.USER_PUSHES;
    }
    if (user.days().length > 0) {
      return SendHourColumns.USER_ACTIVITY;
    }
    return user.segment() != Regions.SHOP && seen[user.segment()] > 0
        ? SendHourColumns.SEGMENT
        : SendHourColumns.SHOP;
  }

  private static Iterator<Row> hours(History user, String evidence, UserOpens opens) {
    List<Row> rows = new ArrayList<>(HourKernel.HOURS_OF_WEEK);
    for (int hour = 0; hour < HourKernel.HOURS_OF_WEEK; hour++) {
      rows.add(RowFactory.create(user.userId(), hour, opens.probability(hour), evidence));
    }
    return rows.iterator();
  }

  private static ModelCard card(
      JavaRDD<History> users,
      Regions segments,
      ActivityModel activity,
      OpenModel opens,
      TimingConfig config) {
    double[] counts =
        UserSums.over(
            users,
            4,
            (user, into) -> {
              into[0] = 1;
              into[1] = user.days().length;
              into[2] = user.pushes().length;
              into[3] = user.days().length + user.pushes().length == 0 ? 1 : 0;
            });
    List<String> notes = new ArrayList<>();
    boolean hasPushes = counts[2] > 0;
    if (!hasPushes) {
      notes.add(
          "no push with a known outcome: timing.assumed_open_rate "
              + config.assumedOpenRate()
              + " stands for the open rate and opens are taken to follow activity");
    }
    if (counts[1] == 0) {
      notes.add("no sessions: every hour is taken to be alike");
    }
    HeldOutDays holdout = new HeldOutDays();
    int[] days = days(users);
    if (days.length > 0 && days[FIRST] < days[LAST]) {
      measure(users, segments, days, hasPushes, config, holdout);
    } else {
      notes.add("fewer than two days of data: nothing was held out");
    }
    Map<String, Double> metrics = new LinkedHashMap<>(holdout.metrics());
    metrics.put("fitted_hour_strength_sessions", activity.hourStrength());
    metrics.put("fitted_day_strength_sessions", activity.dayStrength());
    metrics.put("fitted_kernel_hours", activity.kernel().width());
    metrics.put("fitted_kernel_crossing", activity.kernel().crossing());
    metrics.put("fitted_activity_slope", opens.slope());
    if (hasPushes) {
      metrics.put("fitted_user_strength_opens", opens.userStrength());
      metrics.put("fitted_user_hour_strength_pushes", opens.hourStrength());
    }
    Map<String, Long> rows = new LinkedHashMap<>();
    rows.put("users", Math.round(counts[0]));
    rows.put("users_without_history", Math.round(counts[3]));
    rows.put("session_hours", Math.round(counts[1]));
    rows.put("pushes", Math.round(counts[2]));
    rows.put("segments", (long) segments.size());
    String last = LocalDate.ofEpochDay(activity.lastDay()).toString();
    return new ModelCard(
        "timing",
        days.length > 0 ? LocalDate.ofEpochDay(days[FIRST]).toString() : last,
        last,
        rows,
        ModelCard.settings(config),
        config.seed(),
        metrics,
        holdout.baselines(),
        notes);
  }

  /** Fits again on the days before the held-out ones. */
  private static void measure(
      JavaRDD<History> users,
      Regions segments,
      int[] days,
      boolean hasPushes,
      TimingConfig config,
      HeldOutDays holdout) {
    int held =
        Math.max(1, (int) Math.round((days[LAST] - days[FIRST] + 1) * config.holdoutShare()));
    int cut = Math.max(days[FIRST] + 1, days[LAST] + 1 - held);
    JavaRDD<History> earlier = users.map(user -> user.before(cut));
    ActivityModel activity = ActivityFit.fit(earlier, segments.size(), cut - 1, config);
    holdout.measureActivity(users, activity, cut);
    if (hasPushes) {
      OpenModel opens = OpenFit.fit(earlier, activity, segments.size(), config);
      holdout.measureOpens(users, activity, opens, cut);
    }
  }

  /** First and last local day of pushes, of sessions where there is no push; empty without data. */
  private static int[] days(JavaRDD<History> users) {
    int[] range =
        users
            .map(History::range)
            .fold(History.NO_RANGE, (left, right) -> History.widest(left, right));
    if (range[2] <= range[3]) {
      return new int[] {range[2], range[3]};
    }
    return range[0] <= range[1] ? new int[] {range[0], range[1]} : new int[0];
  }
}
