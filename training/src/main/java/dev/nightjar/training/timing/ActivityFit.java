package dev.nightjar.training.timing;

import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;

/** Fits an {@link ActivityModel}: everyone, then scene, then segment, then user. */
final class ActivityFit {
  /** Standard deviations of the kernel that are tried, hours. */
  private static final double[] WIDTHS = {0, 0.7, 1.3, 2.5};

  /** How much a weekday tells of a weekend, likewise. */
  private static final double[] CROSSINGS = {0, 0.3, 1};

  private static final HourKernel[] KERNELS = new HourKernel[WIDTHS.length * CROSSINGS.length];

  static {
    Arrays.setAll(KERNELS, ActivityFit::kernel);
  }

  private static final double HALF_SESSION = 0.5;

  private ActivityFit() {}

  /**
   * Fits the model in two passes over the users.
   *
   * @param lastDay local epoch day that ages are counted from
   */
  static ActivityModel fit(JavaRDD<History> users, int segments, int lastDay, TimingConfig config) {
    double halfLife = config.halfLifeDays();
    int hours = HourKernel.HOURS_OF_WEEK;
    double[] counts =
        UserSums.over(
            users,
            (segments + 1) * hours,
            (user, into) -> {
              for (int i = 0; i < user.days().length; i++) {
                double weight = ActivityModel.decay(lastDay, user.days()[i], halfLife);
                into[segments * hours + user.hours()[i]] += weight;
                if (user.segment() != Regions.SHOP) {
                  into[user.segment() * hours + user.hours()[i]] += weight;
                }
              }
            });
    double[][] hourCurves = hourCurves(counts, segments);
    double[][] dayCurves = dayCurves(counts, segments);
    int strengths = Strengths.count();
    int dayOffset = KERNELS.length * strengths;
    double[] likelihoods =
        UserSums.over(
            users,
            dayOffset + strengths,
            (user, into) -> addLikelihoods(user, lastDay, halfLife, hourCurves, dayCurves, into));
    int best = Strengths.best(likelihoods, 0, dayOffset);
    return new ActivityModel(
        lastDay,
        halfLife,
        KERNELS[best / strengths],
        Strengths.candidate(best % strengths),
        Strengths.candidate(Strengths.best(likelihoods, dayOffset, strengths)),
        hourCurves,
        dayCurves);
  }

  private static HourKernel kernel(int index) {
    return new HourKernel(WIDTHS[index / CROSSINGS.length], CROSSINGS[index % CROSSINGS.length]);
  }

  /** Log likelihood of each session hour given the other days, for every candidate. */
  private static void addLikelihoods(
      History user,
      int lastDay,
      double halfLife,
      double[][] hourCurves,
      double[][] dayCurves,
      double[] into) {
    if (!user.isSampled() || user.days().length == 0) {
      return;
    }
    int strengths = Strengths.count();
    int curve = user.segment() == Regions.SHOP ? hourCurves.length - 1 : user.segment();
    for (int k = 0; k < KERNELS.length; k++) {
      UserHours hours =
          new UserHours(user, KERNELS[k], day -> ActivityModel.decay(lastDay, day, halfLife));
      for (int i = 0; i < user.days().length; i++) {
        int day = user.days()[i];
        int cell = HourKernel.cell(user.hours()[i]);
        double mass = hours.mass(cell, day);
        double total = hours.sceneTotal(HourKernel.scene(cell), day);
        addLikelihoods(hours.weight(i), mass, total, hourCurves[curve][cell], into, k * strengths);
        if (k == 0) {
          int weekday = user.hours()[i] / HourKernel.HOURS_OF_DAY;
          addLikelihoods(
              hours.weight(i),
              hours.dayMass(weekday, day),
              hours.total(day),
              dayCurves[curve][weekday],
              into,
              KERNELS.length * strengths);
        }
      }
    }
  }

  private static void addLikelihoods(
      double weight, double mass, double total, double prior, double[] into, int offset) {
    for (int i = 0; i < Strengths.count(); i++) {
      double strength = Strengths.candidate(i);
      into[offset + i] += weight * Math.log((mass + strength * prior) / (total + strength));
    }
  }

  /** Everyone's 24 hours are the prior of each scene's, those of each segment's. */
  private static double[][] hourCurves(double[] counts, int segments) {
    double[][] cells = new double[2 * (segments + 1)][HourKernel.HOURS_OF_DAY];
    double[] everyone = new double[HourKernel.HOURS_OF_DAY];
    for (int i = 0; i < counts.length; i++) {
      int cell = HourKernel.cell(i % HourKernel.HOURS_OF_WEEK);
      int hour = cell % HourKernel.HOURS_OF_DAY;
      int segment = i / HourKernel.HOURS_OF_WEEK;
      cells[2 * segment + HourKernel.scene(cell)][hour] += counts[i];
      everyone[hour] += segment == segments ? counts[i] : 0;
    }
    double[] uniform = new double[HourKernel.HOURS_OF_DAY];
    Arrays.fill(uniform, 1.0 / HourKernel.HOURS_OF_DAY);
    double[] all = posterior(everyone, uniform, HALF_SESSION * HourKernel.HOURS_OF_DAY);
    double[][] shop = {cells[2 * segments], cells[2 * segments + 1]};
    double sceneStrength = Strengths.dirichlet(shop, new double[][] {all, all});
    double[][] scenes = {
      posterior(shop[0], all, sceneStrength), posterior(shop[1], all, sceneStrength)
    };
    double[][] ofSegments = Arrays.copyOf(cells, 2 * segments);
    double[][] means = new double[2 * segments][];
    Arrays.setAll(means, row -> scenes[row % 2]);
    double segmentStrength = Strengths.dirichlet(ofSegments, means);
    double[][] curves = new double[segments + 1][HourKernel.CELLS];
    for (int row = 0; row < cells.length; row++) {
      double[] curve =
          row >= 2 * segments
              ? scenes[row % 2]
              : posterior(cells[row], scenes[row % 2], segmentStrength);
      System.arraycopy(curve, 0, curves[row / 2], row % 2 * HourKernel.HOURS_OF_DAY, curve.length);
    }
    return curves;
  }

  private static double[][] dayCurves(double[] counts, int segments) {
    double[][] days = new double[segments + 1][HourKernel.DAYS_OF_WEEK];
    for (int i = 0; i < counts.length; i++) {
      days[i / HourKernel.HOURS_OF_WEEK][i % HourKernel.HOURS_OF_WEEK / HourKernel.HOURS_OF_DAY] +=
          counts[i];
    }
    double[] uniform = new double[HourKernel.DAYS_OF_WEEK];
    Arrays.fill(uniform, 1.0 / HourKernel.DAYS_OF_WEEK);
    double[] shop = posterior(days[segments], uniform, HALF_SESSION * HourKernel.DAYS_OF_WEEK);
    double[][] ofSegments = Arrays.copyOf(days, segments);
    double[][] means = new double[segments][];
    Arrays.fill(means, shop);
    double strength = Strengths.dirichlet(ofSegments, means);
    double[][] curves = new double[segments + 1][];
    Arrays.setAll(curves, i -> i == segments ? shop : posterior(ofSegments[i], shop, strength));
    return curves;
  }

  private static double[] posterior(double[] counts, double[] mean, double strength) {
    double total = Arrays.stream(counts).sum() + strength;
    double[] posterior = new double[counts.length];
    Arrays.setAll(posterior, i -> (counts[i] + strength * mean[i]) / total);
    return posterior;
  }
}
