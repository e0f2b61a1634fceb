package dev.nightjar.training.intent.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CalibrationTest {
  @Test
  void recoversThePlantedSlopeAndInterceptFromSampledAndWeightedExamples() {
    SplittableRandom random = new SplittableRandom(9);
    double[][] kept = new double[200_000][];
    int size = 0;
    for (int example = 0; example < 200_000; example++) {
      double raw = random.nextDouble() * 6 - 3;
      double probability = 1 / (1 + Math.exp(-(0.7 * raw - 3)));
      double label = random.nextDouble() < probability ? 1 : 0;
      if (label > 0 || random.nextDouble() < 0.1) {
        kept[size++] = new double[] {raw, label, label > 0 ? 1 : 10};
      }
    }
    double[][] rows = Arrays.copyOf(kept, size);

    Calibration calibration = Calibration.fit(column(rows, 0), column(rows, 1), column(rows, 2));

    assertEquals(0.7, calibration.slope(), 0.05);
    assertEquals(-3, calibration.intercept(), 0.1);
    double weights = Arrays.stream(column(rows, 2)).sum();
    double predicted = 0;
    for (double[] row : rows) {
      predicted += row[2] * calibration.apply(row[0]);
    }
    double positives = Arrays.stream(column(rows, 1)).sum();
    assertEquals(positives / weights, predicted / weights, 1e-6);
  }

  @Test
  void aScoreThatMisleadsKeepsItsOrderAndTheBaseRate() {
    Calibration calibration =
        Calibration.fit(
            new double[] {-1, -1, 1, 1}, new double[] {1, 0, 0, 0}, new double[] {1, 1, 1, 1});

    assertTrue(calibration.slope() > 0);
    assertEquals(0.25, (calibration.apply(-1) * 2 + calibration.apply(1) * 2) / 4, 1e-6);
  }

  @Test
  void largeRawScoresDoNotThrowItOff() {
    SplittableRandom random = new SplittableRandom(4);
    double[] raw = new double[5000];
    double[] labels = new double[5000];
    double[] ones = new double[5000];
    for (int example = 0; example < raw.length; example++) {
      raw[example] = 50 + random.nextInt(10);
      labels[example] = random.nextInt(100) < raw[example] - 48 ? 1 : 0;
      ones[example] = 1;
    }

    Calibration calibration = Calibration.fit(raw, labels, ones);
    double predicted = Arrays.stream(raw).map(calibration::apply).sum();

    assertEquals(Arrays.stream(labels).sum(), predicted, 0.01);
  }

  @Test
  void refusesASlopeThatWouldTurnTheOrder() {
    assertThrows(IllegalArgumentException.class, () -> new Calibration(-1, 0));
  }

  private static double[] column(double[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
  }
}
