package dev.nightjar.training.timing;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.Steps;
import dev.nightjar.training.ModelCard;
import dev.nightjar.training.statistics.Cells;
import dev.nightjar.training.statistics.OrderFreeSums;
import dev.nightjar.training.table.SendHours;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Trains {@code P(open | sent to the user at a local hour of the week)}.
 *
 * <p>Activity (which hours a user has sessions in) shrinks from user to region to scene to everyone
 * by Dirichlet priors; opens in the push log, weighted by 1/propensity, show how closely they
 * follow activity and what the hour, the region and the user add. All strengths are fitted from the
 * data by empirical Bayes. Hours are local throughout, so half-hour zones and hours that a clock
 * change repeats or skips need no special handling.
 */
public final class SendTimeTrainer {
  private SendTimeTrainer() {}

  /**
   * Trains on the whole snapshot; measures on its last days a second model that was trained without
   * them.
   *
   * @return 168 rows for every user in {@code snapshot.users()}, and the card
   */
  public static SendTimeModel train(Snapshot snapshot, TimingConfig config) {
    Regions regions = Regions.of(snapshot.users(), config.minSegmentUsers());
    // Actions: the sample's share needs the number of users.
    double sampledShare = (double) config.fitUsers() / Math.max(1, snapshot.users().count());
    Dataset<Row> histories = UserLogs.compute(snapshot, regions, sampledShare, config);
    // Kept as objects: a dozen passes of dense arithmetic run over them.
    JavaRDD<UserLog> users = histories.toJavaRDD().map(UserLog::of);
    users.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      int lastDay = Math.toIntExact(snapshot.asOf().date().toEpochDay());
      SparkContext context = histories.sparkSession().sparkContext();
      ActivityModel activity =
          Steps.step(
              context, "activity", () -> ActivityFit.fit(users, regions.size(), lastDay, config));
      OpenModel opens =
          Steps.step(context, "opens", () -> OpenFit.fit(users, activity, regions.size(), config));
      ModelCard card =
          Steps.step(
              context,
              "card",
              () -> new TimingCard(users, regions.size(), config).of(activity, opens));
      return new SendTimeModel(sendHours(histories, users, activity, opens), card);
    } finally {
      users.unpersist(false);
    }
  }

  private static Dataset<Row> sendHours(
      Dataset<Row> histories, JavaRDD<UserLog> users, ActivityModel activity, OpenModel opens) {
    Cells.Layout layout = new Cells.Layout();
    Cells ofRegion = layout.cells(opens.regionLifts().length);
    double[] seen =
        OrderFreeSums.over(
                users,
                layout,
                (user, into) ->
                    into.add(
                        ofRegion,
                        activity.curve(user.region()),
                        user.days().length + user.pushes().length))
            .all(ofRegion);
    // Not SQL: 168 numbers come from one user's dense posterior.
    FlatMapFunction<Row, Row> hours =
        row -> {
          UserLog user = UserLog.of(row);
          return hours(user, evidence(user, seen), new UserOpens(user, activity, opens));
        };
    return histories.flatMap(hours, Encoders.row(SendHours.SCHEMA));
  }

  private static String evidence(UserLog user, double[] seen) {
    if (user.pushes().length > 0) {
      return SendHours.USER_PUSHES;
    }
    if (user.days().length > 0) {
      return SendHours.USER_ACTIVITY;
    }
    return user.region() != Regions.SHOP && seen[user.region()] > 0
        ? SendHours.SEGMENT
        : SendHours.SHOP;
  }

  private static Iterator<Row> hours(UserLog user, String evidence, UserOpens opens) {
    List<Row> rows = new ArrayList<>(HourKernel.HOURS_OF_WEEK);
    for (int hour = 0; hour < HourKernel.HOURS_OF_WEEK; hour++) {
      rows.add(
          SendHours.TABLE
              .row()
              .set(SendHours.USER_ID, user.userId())
              .set(SendHours.HOUR_OF_WEEK, hour)
              .set(SendHours.OPEN_PROBABILITY, opens.probability(hour))
              .set(SendHours.EVIDENCE, evidence)
              .build());
    }
    return rows.iterator();
  }
}
