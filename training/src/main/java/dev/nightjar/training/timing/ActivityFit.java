package dev.nightjar.training.timing;

import dev.nightjar.training.statistics.Cells;
import dev.nightjar.training.statistics.OrderFreeSums;
import dev.nightjar.training.statistics.Totals;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;

/** Fits an {@link ActivityModel}: everyone, then scene, then region, then user. */
final class ActivityFit {
  /** Standard deviations of the kernel that are tried, hours. */
  private static final double[] WIDTHS = {0, 0.7, 1.3, 2.5};

  /** Weights of a weekday for a weekend that are tried. */
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
  static ActivityModel fit(JavaRDD<UserLog> users, int regions, int lastDay, TimingConfig config) {
    double halfLife = config.halfLifeDays();
    double[] counts = sessionHours(users, regions, lastDay, halfLife);
    ActivityModel start =
        new ActivityModel(
            lastDay,
            halfLife,
            KERNELS[0],
            Strengths.candidate(0),
            Strengths.candidate(0),
            hourCurves(counts, regions),
            dayCurves(counts, regions));
    Cells.Layout layout = new Cells.Layout();
    Likelihoods likelihoods = Likelihoods.in(layout);
    Totals totals =
        OrderFreeSums.over(users, layout, (user, into) -> likelihoods.add(user, start, into));
    int best = Strengths.best(totals.all(likelihoods.hours()));
    int strengths = Strengths.count();
    return start.with(
        KERNELS[best / strengths],
        Strengths.candidate(best % strengths),
        Strengths.candidate(Strengths.best(totals.all(likelihoods.days()))));
  }

  /** Decayed session hours by region, the shop last, and hour of week. */
  private static double[] sessionHours(
      JavaRDD<UserLog> users, int regions, int lastDay, double halfLife) {
    int hours = HourKernel.HOURS_OF_WEEK;
    Cells.Layout layout = new Cells.Layout();
    Cells sessions = layout.cells((regions + 1) * hours);
    return OrderFreeSums.over(
            users,
            layout,
            (user, into) -> {
              for (int i = 0; i < user.days().length; i++) {
                double weight = ActivityModel.decay(lastDay, user.days()[i], halfLife);
                into.add(sessions, regions * hours + user.hours()[i], weight);
                if (user.region() != Regions.SHOP) {
                  into.add(sessions, user.region() * hours + user.hours()[i], weight);
                }
              }
            })
        .all(sessions);
  }

  private static HourKernel kernel(int index) {
    return new HourKernel(WIDTHS[index / CROSSINGS.length], CROSSINGS[index % CROSSINGS.length]);
  }

  /**
   * Log likelihood of each session hour given the other days.
   *
   * @param hours for every kernel and strength of the hours' prior
   * @param days for every strength of the weekdays' prior
   */
  private record Likelihoods(Cells hours, Cells days) implements Serializable {
    static Likelihoods in(Cells.Layout layout) {
      return new Likelihoods(
          layout.cells(KERNELS.length * Strengths.count()), layout.cells(Strengths.count()));
    }

    void add(UserLog user, ActivityModel start, Totals into) {
      if (!user.isSampled() || user.days().length == 0) {
        return;
      }
      int curve = start.curve(user.region());
      for (int k = 0; k < KERNELS.length; k++) {
        UserHours kept = new UserHours(user, KERNELS[k], start::decay);
        for (int i = 0; i < user.days().length; i++) {
          addHour(i, kept, start.hourCurves()[curve], k, into);
          if (k == 0) {
            addDay(i, kept, start.dayCurves()[curve], into);
          }
        }
      }
    }

    private void addHour(int session, UserHours kept, double[] priors, int kernel, Totals into) {
      int day = kept.user().days()[session];
      int cell = HourKernel.cell(kept.user().hours()[session]);
      double mass = kept.mass(cell, day);
      double total = kept.sceneTotal(HourKernel.scene(cell), day);
      for (int i = 0; i < Strengths.count(); i++) {
        into.add(
            hours,
            kernel * Strengths.count() + i,
            kept.weight(session) * logPosterior(mass, total, priors[cell], i));
      }
    }

    private void addDay(int session, UserHours kept, double[] priors, Totals into) {
      int day = kept.user().days()[session];
      int weekday = kept.user().hours()[session] / HourKernel.HOURS_OF_DAY;
      double mass = kept.dayMass(weekday, day);
      double total = kept.total(day);
      for (int i = 0; i < Strengths.count(); i++) {
        into.add(days, i, kept.weight(session) * logPosterior(mass, total, priors[weekday], i));
      }
    }

    private static double logPosterior(double mass, double total, double prior, int candidate) {
      double strength = Strengths.candidate(candidate);
      return Math.log((mass + strength * prior) / (total + strength));
    }
  }

  /** Everyone's 24 hours are the prior of each scene's, those of each region's. */
  private static double[][] hourCurves(double[] counts, int regions) {
    double[][] cells = new double[2 * (regions + 1)][HourKernel.HOURS_OF_DAY];
    double[] everyone = new double[HourKernel.HOURS_OF_DAY];
    for (int i = 0; i < counts.length; i++) {
      int cell = HourKernel.cell(i % HourKernel.HOURS_OF_WEEK);
      int hour = cell % HourKernel.HOURS_OF_DAY;
      int region = i / HourKernel.HOURS_OF_WEEK;
      cells[2 * region + HourKernel.scene(cell)][hour] += counts[i];
      everyone[hour] += region == regions ? counts[i] : 0;
    }
    double[] uniform = new double[HourKernel.HOURS_OF_DAY];
    Arrays.fill(uniform, 1.0 / HourKernel.HOURS_OF_DAY);
    double[] all = posterior(everyone, uniform, HALF_SESSION * HourKernel.HOURS_OF_DAY);
    double[][] shop = {cells[2 * regions], cells[2 * regions + 1]};
    double sceneStrength = Strengths.dirichlet(shop, new double[][] {all, all});
    double[][] scenes = {
      posterior(shop[0], all, sceneStrength), posterior(shop[1], all, sceneStrength)
    };
    double[][] ofRegions = Arrays.copyOf(cells, 2 * regions);
    double[][] means = new double[2 * regions][];
    Arrays.setAll(means, row -> scenes[row % 2]);
    double regionStrength = Strengths.dirichlet(ofRegions, means);
    double[][] curves = new double[regions + 1][HourKernel.CELLS];
    for (int row = 0; row < cells.length; row++) {
      double[] curve =
          row >= 2 * regions
              ? scenes[row % 2]
              : posterior(cells[row], scenes[row % 2], regionStrength);
      System.arraycopy(curve, 0, curves[row / 2], row % 2 * HourKernel.HOURS_OF_DAY, curve.length);
    }
    return curves;
  }

  private static double[][] dayCurves(double[] counts, int regions) {
    double[][] days = new double[regions + 1][HourKernel.DAYS_OF_WEEK];
    for (int i = 0; i < counts.length; i++) {
      days[i / HourKernel.HOURS_OF_WEEK][i % HourKernel.HOURS_OF_WEEK / HourKernel.HOURS_OF_DAY] +=
          counts[i];
    }
    double[] uniform = new double[HourKernel.DAYS_OF_WEEK];
    Arrays.fill(uniform, 1.0 / HourKernel.DAYS_OF_WEEK);
    double[] shop = posterior(days[regions], uniform, HALF_SESSION * HourKernel.DAYS_OF_WEEK);
    double[][] ofRegions = Arrays.copyOf(days, regions);
    double[][] means = new double[regions][];
    Arrays.fill(means, shop);
    double strength = Strengths.dirichlet(ofRegions, means);
    double[][] curves = new double[regions + 1][];
    Arrays.setAll(curves, i -> i == regions ? shop : posterior(ofRegions[i], shop, strength));
    return curves;
  }

  private static double[] posterior(double[] counts, double[] mean, double strength) {
    double total = Arrays.stream(counts).sum() + strength;
    double[] posterior = new double[counts.length];
    Arrays.setAll(posterior, i -> (counts[i] + strength * mean[i]) / total);
    return posterior;
  }
}
