package dev.nightjar.training.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.TestSpark;
import dev.nightjar.training.TestSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class StrengthsTest {
  private static double[] uniform(int size) {
    double[] mean = new double[size];
    Arrays.fill(mean, 1.0 / size);
    return mean;
  }

  /** Counts of draws from a Dirichlet of this strength. */
  private static double[] counts(double strength, int size, int draws, Random random) {
    Well19937c bits = new Well19937c(random.nextInt());
    GammaDistribution gamma = new GammaDistribution(bits, strength / size, 1);
    double[] shares = gamma.sample(size);
    double total = Arrays.stream(shares).sum();
    double[] counts = new double[size];
    for (int draw = 0; draw < draws; draw++) {
      double left = random.nextDouble() * total;
      int cell = 0;
      while (cell < size - 1 && left >= shares[cell]) {
        left -= shares[cell++];
      }
      counts[cell]++;
    }
    return counts;
  }

  @Test
  void recoversThePlantedStrengthOfADirichlet() {
    for (double planted : new double[] {4, 20, 110}) {
      Random random = new Random(3);
      double[][] rows = new double[400][];
      double[][] means = new double[400][];
      Arrays.setAll(rows, row -> counts(planted, 24, 40, random));
      Arrays.fill(means, uniform(24));

      double fitted = Strengths.dirichlet(rows, means);

      assertTrue(fitted > planted / 1.6 && fitted < planted * 1.6, planted + " as " + fitted);
    }
  }

  @Test
  void recoversThePlantedStrengthOverUsersOnTheExecutors() {
    Random random = new Random(5);
    List<UserLog> users = new ArrayList<>();
    for (int u = 0; u < 400; u++) {
      double[] counts = counts(20, 24, 40, random);
      List<Integer> drawn = new ArrayList<>();
      for (int hour = 0; hour < 24; hour++) {
        for (int n = 0; n < counts[hour]; n++) {
          drawn.add(hour);
        }
      }
      // One session a day, all of them on Mondays.
      int[] days = new int[drawn.size()];
      Arrays.setAll(days, i -> 7 * i);
      int[] hours = drawn.stream().mapToInt(hour -> hour).toArray();
      users.add(new UserLog("u" + u, Regions.SHOP, true, days, hours, new UserLog.Push[0]));
    }
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext());

    ActivityModel model =
        ActivityFit.fit(
            context.parallelize(users, 2), 0, 300, TestSettings.timing("half_life_days = 1000000"));

    assertTrue(model.hourStrength() >= 11 && model.hourStrength() <= 35, "" + model.hourStrength());
    assertEquals(0, model.kernel().width());
  }

  @Test
  void equalGroupsGetTheStrongestPrior() {
    double[][] rows = new double[30][24];
    double[][] means = new double[30][];
    for (double[] row : rows) {
      Arrays.fill(row, 4);
    }
    Arrays.fill(means, uniform(24));

    assertEquals(Strengths.candidate(0), Strengths.dirichlet(rows, means));
  }

  @Test
  void recoversThePlantedSpreadOfOpenRates() {
    Random random = new Random(9);
    GammaDistribution lifts = new GammaDistribution(new Well19937c(9), 4, 0.25);
    double[] opens = new double[2_000];
    double[] expected = new double[2_000];
    for (int user = 0; user < opens.length; user++) {
      double chance = Math.min(1, 0.05 * lifts.sample());
      for (int push = 0; push < 100; push++) {
        opens[user] += random.nextDouble() < chance ? 1 : 0;
      }
      expected[user] = 5;
    }

    double fitted = Strengths.ratio(opens, expected);

    assertTrue(fitted > 2 && fitted < 8, "4 as " + fitted);
  }

  @Test
  void anObservationCountsForItsNeighboursAcrossMidnightAndAcrossTheWeek() {
    HourKernel kernel = new HourKernel(1, 0);
    int mondayMidnight = 0;
    int sundayEvening = 167;
    int tuesdayEvening = 24 + 23;

    // Sunday 23h counts for weekdays' 0h (it is Monday's), not for weekends' 0h.
    double sundayToMonday = kernel.weight(sundayEvening, HourKernel.cell(mondayMidnight));
    assertEquals(kernel.weight(10, HourKernel.cell(11)), sundayToMonday, 1e-12);
    assertEquals(0, kernel.weight(sundayEvening, HourKernel.cell(5 * 24)), 1e-12);
    // Tuesday 23h counts for 0h as 10h does for 11h.
    assertEquals(sundayToMonday, kernel.weight(tuesdayEvening, 0), 1e-12);
    // Monday 0h counts for Sunday 23h.
    assertEquals(sundayToMonday, kernel.weight(mondayMidnight, 24 + 23), 1e-12);
    assertTrue(sundayToMonday > 0.2);
  }

  @Test
  void anObservationAddsOneToAllCellsTogether() {
    HourKernel kernel = new HourKernel(2, 0);
    for (int hour = 0; hour < 168; hour++) {
      double sum = 0;
      for (int cell = 0; cell < 48; cell++) {
        sum += kernel.weight(hour, cell);
      }
      assertEquals(1, sum, 1e-12);
      assertEquals(1, kernel.sceneTotal(hour, 0) + kernel.sceneTotal(hour, 1), 1e-12);
    }
  }
}
