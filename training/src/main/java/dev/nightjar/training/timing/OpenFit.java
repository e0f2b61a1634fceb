package dev.nightjar.training.timing;

import dev.nightjar.training.statistics.Cells;
import dev.nightjar.training.statistics.LogLoss;
import dev.nightjar.training.statistics.Logistic;
import dev.nightjar.training.statistics.LogisticFit;
import dev.nightjar.training.statistics.OrderFreeSums;
import dev.nightjar.training.statistics.Totals;
import dev.nightjar.training.timing.History.Push;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.apache.spark.api.java.JavaRDD;

/**
 * Fits an {@link OpenModel}, wide to narrow: activity's slope, the hour's lift, the region's, the
 * strength of a user's lift, the strength of a user's hour. Each step sees the ones before it.
 */
final class OpenFit {
  private static final double BIN = 0.05;
  private static final int BINS = (int) Math.round(2 * OpenModel.LOG_LIMIT / BIN) + 1;

  /** Pushes at an average hour that the assumed open rate is worth. */
  private static final double ASSUMED_PUSHES = 20;

  /** Before any push the slope is believed to be 1, give or take this. */
  private static final double SLOPE_DEVIATION = 0.5;

  private OpenFit() {}

  /**
   * Fits in four passes over the users; without a push it is the assumed rate, with a slope of 1.
   */
  static OpenModel fit(
      JavaRDD<History> users, ActivityModel activity, int regions, TimingConfig config) {
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
    OpenModel lifted = fitLifts(users, activity, shape.get(), regions);
    OpenModel withUsers = lifted.withUserStrength(userStrength(users, activity, lifted));
    return withUsers.withHourStrength(hourStrength(users, activity, withUsers));
  }

  /**
   * Logistic regression of opens on log activity, from counts by bins of it; none without pushes.
   */
  private static Optional<OpenModel> fitSlope(
      JavaRDD<History> users, ActivityModel activity, OpenModel start, double assumedRate) {
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

  /** Lifts by hour, then by region: opens over expected opens, shrunk to 1. */
  private static OpenModel fitLifts(
      JavaRDD<History> users, ActivityModel activity, OpenModel shape, int regions) {
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
     * Sums the groups that {@code key} puts together, counts them by their effective size (weights
     * that differ are worth fewer pushes) and shrinks opens over expected opens to 1.
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

  private static double userStrength(
      JavaRDD<History> users, ActivityModel activity, OpenModel lifted) {
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
      JavaRDD<History> users, ActivityModel activity, OpenModel withUsers) {
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
