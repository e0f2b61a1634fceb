package dev.nightjar.training.timing;

import dev.nightjar.training.timing.History.Push;
import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;

/**
 * Fits an {@link OpenModel}, wide to narrow: activity's slope, the hour's lift, the segment's, the
 * strength of a user's lift, the strength of a user's hour. Each step sees the ones before it.
 */
final class OpenFit {
  private static final double BIN = 0.05;
  private static final int BINS = (int) Math.round(2 * OpenModel.LOG_LIMIT / BIN) + 1;

  /** Pushes at an average hour that the assumed open rate is worth. */
  private static final double ASSUMED_PUSHES = 20;

  /** Before any push the slope is believed to be 1, give or take this. */
  private static final double SLOPE_DEVIATION = 0.5;

  private static final int NEWTON_STEPS = 50;

  private OpenFit() {}

  /** Fits in four passes over the users; without a push the assumed rate and a slope of 1 stand. */
  static OpenModel fit(
      JavaRDD<History> users, ActivityModel activity, int segments, TimingConfig config) {
    double[] hourLifts = new double[HourKernel.CELLS];
    double[] segmentLifts = new double[segments + 1];
    Arrays.fill(hourLifts, 1);
    Arrays.fill(segmentLifts, 1);
    double assumed = Math.log(config.assumedOpenRate() / (1 - config.assumedOpenRate()));
    double strongest = Strengths.candidate(0);
    OpenModel start = new OpenModel(assumed, 1, hourLifts, segmentLifts, strongest, strongest, 1);
    OpenModel shape = fitSlope(users, activity, start, config.assumedOpenRate());
    if (shape == start) {
      return start;
    }
    OpenModel lifted = fitLifts(users, activity, shape, segments);
    OpenModel withUsers = lifted.withUserStrength(userStrength(users, activity, lifted));
    return withUsers.withHourStrength(hourStrength(users, activity, withUsers));
  }

  /** Logistic regression of opens on log activity, from counts by bins of it. */
  private static OpenModel fitSlope(
      JavaRDD<History> users, ActivityModel activity, OpenModel start, double assumedRate) {
    double[] sums =
        UserSums.over(
            users,
            2 * BINS + 2,
            (user, into) -> {
              if (user.pushes().length == 0) {
                return;
              }
              UserHours hours = activity.of(user);
              for (Push push : user.pushes()) {
                double relative = activity.relative(hours, user.segment(), push.hour(), push.day());
                int bin =
                    (int) Math.round((OpenModel.logActivity(relative) + OpenModel.LOG_LIMIT) / BIN);
                double age = activity.decay(push.day());
                double weight = age * push.inversePropensity();
                into[bin] += weight;
                into[BINS + bin] += push.isOpened() ? weight : 0;
                into[2 * BINS] += age;
                into[2 * BINS + 1] += weight;
              }
            });
    if (sums[2 * BINS + 1] <= 0) {
      return start;
    }
    double scale = sums[2 * BINS] / sums[2 * BINS + 1];
    double[] line = {start.intercept(), start.slope()};
    for (int step = 0; step < NEWTON_STEPS; step++) {
      newton(line, sums, scale, assumedRate);
    }
    if (line[1] < 0) {
      line[1] = 0;
      for (int step = 0; step < NEWTON_STEPS; step++) {
        newtonIntercept(line, sums, scale, assumedRate);
      }
    }
    return new OpenModel(
        line[0],
        line[1],
        start.hourLifts(),
        start.segmentLifts(),
        start.userStrength(),
        start.hourStrength(),
        scale);
  }

  private static void newton(double[] line, double[] sums, double scale, double assumedRate) {
    double[] terms = terms(line, sums, scale, assumedRate);
    double precision = 1 / (SLOPE_DEVIATION * SLOPE_DEVIATION);
    double slopeGradient = terms[1] - precision * (line[1] - 1);
    double slopeCurvature = terms[4] + precision;
    double determinant = terms[2] * slopeCurvature - terms[3] * terms[3];
    line[0] += limited((slopeCurvature * terms[0] - terms[3] * slopeGradient) / determinant);
    line[1] += limited((terms[2] * slopeGradient - terms[3] * terms[0]) / determinant);
  }

  private static void newtonIntercept(
      double[] line, double[] sums, double scale, double assumedRate) {
    double[] terms = terms(line, sums, scale, assumedRate);
    line[0] += limited(terms[0] / terms[2]);
  }

  /** Steps of at most 1, so that Newton's method does not overshoot. */
  private static double limited(double step) {
    return Math.max(-1, Math.min(1, step));
  }

  /** Gradient by intercept and slope, then curvature: both, crossed. */
  private static double[] terms(double[] line, double[] sums, double scale, double assumedRate) {
    double[] terms = new double[5];
    for (int bin = 0; bin < BINS; bin++) {
      boolean isAverage = bin == BINS / 2;
      double sent = sums[bin] * scale + (isAverage ? ASSUMED_PUSHES : 0);
      double opened = sums[BINS + bin] * scale + (isAverage ? ASSUMED_PUSHES * assumedRate : 0);
      double x = bin * BIN - OpenModel.LOG_LIMIT;
      double p = 1 / (1 + Math.exp(-line[0] - line[1] * x));
      double residual = opened - sent * p;
      double curvature = sent * p * (1 - p);
      terms[0] += residual;
      terms[1] += residual * x;
      terms[2] += curvature;
      terms[3] += curvature * x;
      terms[4] += curvature * x * x;
    }
    return terms;
  }

  /** Lifts by hour, then by segment: opens over expected opens, shrunk to 1. */
  private static OpenModel fitLifts(
      JavaRDD<History> users, ActivityModel activity, OpenModel shape, int segments) {
    int cells = HourKernel.CELLS;
    int groups = (segments + 1) * cells;
    double[] sums =
        UserSums.over(
            users,
            4 * groups,
            (user, into) -> {
              UserOpens opens = new UserOpens(user, activity, shape);
              for (int i = 0; i < user.pushes().length; i++) {
                Push push = user.pushes()[i];
                int group = activity.curve(user.segment()) * cells + HourKernel.cell(push.hour());
                double weight = opens.weight(i);
                into[group] += push.isOpened() ? weight : 0;
                into[groups + group] += weight * opens.due(i);
                into[2 * groups + group] += weight;
                into[3 * groups + group] += weight * weight;
              }
            });
    double[] ones = new double[cells];
    Arrays.fill(ones, 1);
    double[] hourLifts = lifts(sums, groups, cells, group -> group % cells, ones);
    double[] segmentLifts = lifts(sums, groups, segments, group -> group / cells, hourLifts);
    double[] withShop = Arrays.copyOf(segmentLifts, segments + 1);
    withShop[segments] = 1;
    return shape.withHourLifts(hourLifts).withSegmentLifts(withShop);
  }

  /**
   * UserSums the cells that {@code key} puts together, counts them by their effective size (weights
   * that differ are worth fewer pushes) and shrinks opens over expected opens to 1.
   */
  private static double[] lifts(
      double[] sums, int groups, int size, java.util.function.IntUnaryOperator key, double[] due) {
    double[][] totals = new double[4][size];
    for (int group = 0; group < groups; group++) {
      int index = key.applyAsInt(group);
      if (index < size) {
        totals[0][index] += sums[group];
        totals[1][index] += sums[groups + group] * due[group % HourKernel.CELLS];
        totals[2][index] += sums[2 * groups + group];
        totals[3][index] += sums[3 * groups + group];
      }
    }
    for (int i = 0; i < size; i++) {
      double worth = totals[3][i] > 0 ? Math.min(1, totals[2][i] / totals[3][i]) : 0;
      totals[0][i] *= worth;
      totals[1][i] *= worth;
    }
    double strength = Strengths.ratio(totals[0], totals[1]);
    double[] lifts = new double[size];
    Arrays.setAll(lifts, i -> (totals[0][i] + strength) / (totals[1][i] + strength));
    return lifts;
  }

  private static double userStrength(
      JavaRDD<History> users, ActivityModel activity, OpenModel lifted) {
    double[] likelihoods =
        UserSums.over(
            users,
            Strengths.count(),
            (user, into) -> {
              if (!user.isSampled() || user.pushes().length == 0) {
                return;
              }
              UserOpens opens = new UserOpens(user, activity, lifted);
              for (int i = 0; i < into.length; i++) {
                into[i] +=
                    Strengths.ratioLikelihood(
                        opens.opens(), opens.expected(), Strengths.candidate(i));
              }
            });
    return Strengths.candidate(Strengths.best(likelihoods, 0, likelihoods.length));
  }

  /** Each push is predicted from the user's other pushes. */
  private static double hourStrength(
      JavaRDD<History> users, ActivityModel activity, OpenModel withUsers) {
    double[] likelihoods =
        UserSums.over(
            users,
            Strengths.count(),
            (user, into) -> {
              if (!user.isSampled() || user.pushes().length < 2) {
                return;
              }
              UserOpens opens = new UserOpens(user, activity, withUsers);
              for (int i = 0; i < user.pushes().length; i++) {
                Push push = user.pushes()[i];
                double prior = opens.lifted(i, i);
                double[] near = opens.near(HourKernel.cell(push.hour()), i);
                for (int k = 0; k < into.length; k++) {
                  double chance =
                      UserOpens.posterior(prior, near[0], near[1], Strengths.candidate(k));
                  into[k] += opens.weight(i) * Math.log(push.isOpened() ? chance : 1 - chance);
                }
              }
            });
    return Strengths.candidate(Strengths.best(likelihoods, 0, likelihoods.length));
  }
}
