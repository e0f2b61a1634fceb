package dev.nightjar.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BinaryMetricsTest {
  private static final double[] ONES = {1, 1, 1, 1};

  @Test
  void measuresAFewExamplesByHand() {
    BinaryMetrics metrics =
        BinaryMetrics.of(new double[] {0.9, 0.6, 0.6, 0.1}, new double[] {1, 1, 0, 0}, ONES);

    // pairs: 0.9>0.6, 0.9>0.1, 0.6=0.6 (half), 0.6>0.1
    assertEquals(3.5 / 4, metrics.auc(), 1e-12);
    // recall 1/2 at precision 1, then 1/2 at precision 2/3
    assertEquals(0.5 + 0.5 * 2 / 3, metrics.averagePrecision(), 1e-12);
    assertEquals(
        -(Math.log(0.9) + Math.log(0.6) + Math.log(0.4) + Math.log(0.9)) / 4,
        metrics.logLoss(),
        1e-12);
    assertEquals(0.5, metrics.baseRate(), 1e-12);
    assertEquals(0.55, metrics.meanProbability(), 1e-12);
    // |0.9-1|, |1.2-1| and |0.1-0|, over 4
    assertEquals((0.1 + 0.2 + 0.1) / 4, metrics.calibrationError(), 1e-12);
  }

  @Test
  void aConstantEqualToTheBaseRateIsCalibratedAndUseless() {
    BinaryMetrics metrics =
        BinaryMetrics.of(new double[] {0.25, 0.25, 0.25, 0.25}, new double[] {0, 1, 0, 0}, ONES);

    assertEquals(0.5, metrics.auc(), 1e-12);
    assertEquals(0.25, metrics.averagePrecision(), 1e-12);
    assertEquals(0.0, metrics.calibrationError(), 1e-12);
  }

  @Test
  void aWeightCountsAsThatManyExamples() {
    SplittableRandom random = new SplittableRandom(5);
    int examples = 200;
    double[] probabilities = new double[examples];
    double[] labels = new double[examples];
    double[] weights = new double[examples];
    for (int example = 0; example < examples; example++) {
      probabilities[example] = random.nextInt(20) / 20.0;
      labels[example] = random.nextDouble() < probabilities[example] ? 1 : 0;
      weights[example] = 1 + random.nextInt(3);
    }
    int[] repeated =
        java.util.stream.IntStream.range(0, examples)
            .flatMap(
                example ->
                    java.util.stream.IntStream.range(0, (int) weights[example])
                        .map(copy -> example))
            .toArray();
    double[] repeatedProbabilities =
        Arrays.stream(repeated).mapToDouble(e -> probabilities[e]).toArray();
    double[] repeatedLabels = Arrays.stream(repeated).mapToDouble(e -> labels[e]).toArray();
    double[] ones = new double[repeated.length];
    Arrays.fill(ones, 1);

    BinaryMetrics weighted = BinaryMetrics.of(probabilities, labels, weights);
    BinaryMetrics copied = BinaryMetrics.of(repeatedProbabilities, repeatedLabels, ones);

    copied.asMap().forEach((name, value) -> assertEquals(value, weighted.asMap().get(name), 1e-9));
    assertEquals(aucByPairs(repeatedProbabilities, repeatedLabels), weighted.auc(), 1e-9);
  }

  @Test
  void refusesNothingToMeasure() {
    assertThrows(
        IllegalArgumentException.class,
        () -> BinaryMetrics.of(new double[0], new double[0], new double[0]));
  }

  private static double aucByPairs(double[] probabilities, double[] labels) {
    double won = 0;
    double pairs = 0;
    for (int positive = 0; positive < labels.length; positive++) {
      for (int negative = 0; negative < labels.length; negative++) {
        if (labels[positive] > labels[negative]) {
          pairs++;
          won += (1 + Math.signum(probabilities[positive] - probabilities[negative])) / 2;
        }
      }
    }
    return won / pairs;
  }
}
