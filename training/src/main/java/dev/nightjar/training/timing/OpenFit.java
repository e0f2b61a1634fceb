package dev.nightjar.training.timing;

import dev.nightjar.training.statistics.Cells;
import dev.nightjar.training.statistics.LogLoss;
import dev.nightjar.training.statistics.Logistic;
import dev.nightjar.training.statistics.LogisticFit;
import dev.nightjar.training.statistics.OrderFreeSums;
import dev.nightjar.training.statistics.Totals;
import dev.nightjar.training.timing.UserLog.Push;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/**
 * Fits an {@link OpenModel}, wide to narrow: activity's slope, the hour's lift, the region's, the
 * strength of a user's lift, the strength of a user's hour. Each step uses the ones before it.
 */
final class OpenFit {
  private static final double BIN = 0.05;
  private static final int BINS = (int) Math.round(2 * OpenModel.LOG_LIMIT / BIN) + 1;

  /** Weight of the assumed open rate, in pushes at an average hour. */
  private static final double ASSUMED_PUSHES = 20;

  /** Standard deviation of the slope's prior, whose mean is 1. */
  private static final double SLOPE_DEVIATION = 0.5;

  private OpenFit() {}

  /**
   * Fits in four passes over the users; without a push it is the assumed rate, with a slope of 1.
   */
  static OpenModel fit(
      JavaRDD<UserLog> users, ActivityModel activity, int regions, TimingConfig config) {
    double[] hourLifts = new double[HourKernel.CELLS];
    double[] regionLifts = new double[regions + 1];
    Arrays.fill(hourLifts, 1);
    Arrays.fill(regionLifts, 1);
    double assumed = Logistic.logOdds(config.assumedOpenRate());
    double strongest = Strengths.candidate(0);
    OpenModel start = new OpenModel(assumed, 1, hourLifts, regionLifts, strongest, strongest, 1);
    Optional<OpenModel> shape = fitSlope(users, activity, start, config.assumedOpenRate());
    if (shape.isEmpty()) {
      return start;
    }
    OpenModel lifted = OpenLifts.fit(users, activity, shape.get(), regions);
    OpenModel withUsers = lifted.withUserStrength(userStrength(users, activity, lifted));
    return withUsers.withHourStrength(hourStrength(users, activity, withUsers));
  }

  /**
   * Logistic regression of opens on log activity, from counts by bins of it; none without pushes.
   */
  private static Optional<OpenModel> fitSlope(
      JavaRDD<UserLog> users, ActivityModel activity, OpenModel start, double assumedRate) {
    Cells.Layout layout = new Cells.Layout();
    Cells sent = layout.cells(BINS);
    Cells opened = layout.cells(BINS);
    Cells ages = layout.cell();
    Cells weights = layout.cell();
    Totals totals =
        OrderFreeSums.over(
            users,
            layout,
            (user, into) -> {
              if (user.pushes().length == 0) {
                return;
              }
              UserHours hours = activity.of(user);
              for (Push push : user.pushes()) {
                double relative = activity.relative(hours, user.region(), push.hour(), push.day());
                int bin =
                    (int) Math.round((OpenModel.logActivity(relative) + OpenModel.LOG_LIMIT) / BIN);
                double age = activity.decay(push.day());
                double weight = age * push.inversePropensity();
                into.add(sent, bin, weight);
                into.add(opened, bin, push.isOpened() ? weight : 0);
                into.add(ages, age);
                into.add(weights, weight);
              }
            });
    if (totals.of(weights) <= 0) {
      return Optional.empty();
    }
    double scale = totals.of(ages) / totals.of(weights);
    LogisticFit.Line line =
        LogisticFit.toTrials(
            trials(totals.all(sent), totals.all(opened), scale, assumedRate),
            new LogisticFit.SlopePrior(start.slope(), SLOPE_DEVIATION),
            new LogisticFit.Line(start.slope(), start.intercept()));
    return Optional.of(start.withLine(line, scale));
  }

  /** Pushes by bins of log activity, with those that the assumed rate is worth. */
  private static LogisticFit.Trials trials(
      double[] sent, double[] opened, double scale, double assumedRate) {
    double[] logActivity = new double[BINS];
    double[] trials = new double[BINS];
    double[] successes = new double[BINS];
    for (int bin = 0; bin < BINS; bin++) {
      boolean isAverage = bin == BINS / 2;
      logActivity[bin] = bin * BIN - OpenModel.LOG_LIMIT;
      trials[bin] = sent[bin] * scale + (isAverage ? ASSUMED_PUSHES : 0);
      successes[bin] = opened[bin] * scale + (isAverage ? ASSUMED_PUSHES * assumedRate : 0);
    }
    return new LogisticFit.Trials(logActivity, trials, successes);
  }

  private static double userStrength(
      JavaRDD<UserLog> users, ActivityModel activity, OpenModel lifted) {
    return Strengths.likeliest(
        users,
        (user, likelihoods) -> {
          if (user.pushes().length > 0) {
            UserOpens opens = new UserOpens(user, activity, lifted);
            likelihoods.add(
                strength -> Strengths.ratioLikelihood(opens.opens(), opens.expected(), strength));
          }
        });
  }

  /** Each push is predicted from the user's other pushes. */
  private static double hourStrength(
      JavaRDD<UserLog> users, ActivityModel activity, OpenModel withUsers) {
    return Strengths.likeliest(
        users,
        (user, likelihoods) -> {
          if (user.pushes().length < 2) {
            return;
          }
          UserOpens opens = new UserOpens(user, activity, withUsers);
          for (int i = 0; i < user.pushes().length; i++) {
            Push push = user.pushes()[i];
            double prior = opens.lifted(i, i);
            double weight = opens.weight(i);
            UserOpens.Near near = opens.near(HourKernel.cell(push.hour()), i);
            likelihoods.add(
                strength -> -weight * LogLoss.of(near.posterior(prior, strength), push.isOpened()));
          }
        });
  }
}
