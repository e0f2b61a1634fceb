package dev.nightjar.training.statistics;

import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.TestSpark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.commons.math3.analysis.function.Logit;
import org.apache.commons.math3.analysis.function.Sigmoid;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
  private static final double EXACT = 1e-12;

  @Test
  void probabilitiesAndLogOddsAreThoseOfCommonsMath() {
    Sigmoid sigmoid = new Sigmoid();
    Logit logit = new Logit();
    for (double odds : new double[] {-30, -2, -0.5, 0, 0.1, 3, 20}) {
      double probability = Logistic.probability(odds);
      assertEquals(sigmoid.value(odds), probability, EXACT);
      assertEquals(Math.log(probability), Logistic.logProbability(odds), 1e-8);
      assertEquals(probability, Logistic.probabilityOfOdds(Math.exp(odds)), EXACT);
    }
    assertEquals(logit.value(0.3), Logistic.logOdds(0.3), EXACT);
    assertEquals(-1000, Logistic.logProbability(-1000), EXACT);
    assertEquals(
        Logistic.probability(-1.7),
        TestSpark.session().range(1).select(Logistic.probability(lit(-1.7))).first().getDouble(0),
        EXACT);
  }

  @Test
  void aSureMissCostsAsMuchAsTheLimitAllows() {
    assertEquals(Math.log(4), LogLoss.of(0.25, true), EXACT);
    assertEquals(-Math.log(0.75), LogLoss.of(0.25, false), EXACT);
    assertEquals(12 * Math.log(10), LogLoss.of(0, true), EXACT);
    assertEquals(12 * Math.log(10), LogLoss.of(1, false), 1e-3);
    assertEquals(0, LogLoss.of(1, true), 1e-11);
  }

  @Test
  void theRocAreaIsMannWhitneysU() {
    SplittableRandom random = new SplittableRandom(5);
    double[] bought = random.ints(40, 3, 12).asDoubleStream().toArray();
    double[] others = random.ints(90, 0, 10).asDoubleStream().toArray();
    RocArea area = new RocArea();
    for (int score = 12; score >= 0; score--) {
      area.add(count(bought, score), count(others, score));
    }
    // The larger of U and its complement: the bought ones have the higher scores.
    double u = new MannWhitneyUTest().mannWhitneyU(bought, others);
    assertEquals(u / (40 * 90), area.value(), EXACT);
    assertTrue(Double.isNaN(new RocArea().value()));
  }

  private static double count(double[] scores, int score) {
    double count = 0;
    for (double other : scores) {
      count += other == score ? 1 : 0;
    }
    return count;
  }

  @Test
  void theCosineIsThatOfCommonsMathAndOfNothingItIsZero() {
    float[] left = {1, -2, 0.5f};
    float[] right = {3, 0.25f, -1};
    double expected =
        new ArrayRealVector(new double[] {1, -2, 0.5})
            .cosine(new ArrayRealVector(new double[] {3, 0.25, -1}));
    assertEquals(expected, Cosine.of(left, right), EXACT);
    assertEquals(0, Cosine.of(left, new float[3]));
    assertEquals(0.6, Cosine.ofUnits(new float[] {1, 0}, new float[] {0.6f, 0.8f}), 1e-7);
  }

  @Test
  void trialsWithAPriorGiveTheLineAtWhichTheGradientVanishes() {
    double[] x = {-2, -1, 0, 1, 2};
    double[] trials = {50, 60, 70, 60, 50};
    double[] successes = {5, 10, 21, 30, 34};
    LogisticFit.Line line =
        LogisticFit.toTrials(
            new LogisticFit.Trials(x, trials, successes),
            new LogisticFit.SlopePrior(1, 0.5),
            new LogisticFit.Line(1, 0));

    double byIntercept = 0;
    double bySlope = -(line.slope() - 1) / 0.25;
    for (int i = 0; i < x.length; i++) {
      double expected = trials[i] * Logistic.probability(line.slope() * x[i] + line.intercept());
      byIntercept += successes[i] - expected;
      bySlope += (successes[i] - expected) * x[i];
    }
    assertEquals(0, byIntercept, 1e-9);
    assertEquals(0, bySlope, 1e-9);
  }

  @Test
  void aSlopeBelowZeroIsTakenForZeroAndTheInterceptIsTheRateOfAll() {
    LogisticFit.Line line =
        LogisticFit.toTrials(
            new LogisticFit.Trials(
                new double[] {-1, 1}, new double[] {1000, 1000}, new double[] {300, 100}),
            new LogisticFit.SlopePrior(1, 0.5),
            new LogisticFit.Line(1, 0));

    assertEquals(0, line.slope());
    assertEquals(Logistic.logOdds(0.2), line.intercept(), 1e-9);
  }

  @Test
  void sumsAreTheSameInWhateverOrderAndPartitions() {
    List<Double> numbers = new ArrayList<>();
    new Random(2).doubles(500, -1, 1).forEach(numbers::add);
    double expected = numbers.stream().mapToLong(number -> Math.round(number * 1e6)).sum() / 1e6;
    for (int partitions : new int[] {1, 3, 7}) {
      Collections.shuffle(numbers, new Random(partitions));
      Cells.Layout layout = new Cells.Layout();
      Cells sums = layout.cells(2);
      Cells count = layout.cell();
      JavaSparkContext context =
          JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext());
      Totals totals =
          OrderFreeSums.over(
              context.parallelize(numbers, partitions),
              layout,
              (number, into) -> {
                into.add(sums, 1, number);
                into.add(count, 1);
              });
      assertArrayEquals(new double[] {0, expected}, totals.all(sums));
      assertEquals(500, totals.of(count));
    }
  }

  @Test
  void aNumberBeyondItsNameIsRefused() {
    Cells.Layout layout = new Cells.Layout();
    Cells first = layout.cells(2);
    layout.cells(3);
    Totals totals = new Totals(new double[5]);
    assertThrows(IndexOutOfBoundsException.class, () -> totals.add(first, 2, 1));
  }
}
