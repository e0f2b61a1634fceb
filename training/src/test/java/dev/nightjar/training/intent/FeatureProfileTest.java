package dev.nightjar.training.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FeatureProfileTest {
  private static final double NONE = Double.NaN;

  @Test
  void theSameValuesInAnotherOrderHaveNotDrifted() {
    double[] values = {5, 1, NONE, 3, 2, 4, NONE, 9, 8, 7, 6, 10};
    double[] reversed = {10, 6, 7, 8, 9, NONE, 4, 2, 3, NONE, 1, 5};

    assertEquals(0.0, FeatureProfile.of(values).drift(reversed), 1e-12);
  }

  @Test
  void theIndexIsTheSumOverBinsOfTheDifferenceTimesTheLogOfTheRatio() {
    FeatureProfile half = new FeatureProfile(List.of(1.0), List.of(0.5, 0.4, 0.1));
    double[] now = {1, 1, 2, 2, 2, 2, 2, 2, NONE, NONE};

    double expected =
        (0.2 - 0.5) * Math.log(0.2 / 0.5)
            + (0.6 - 0.4) * Math.log(0.6 / 0.4)
            + (0.2 - 0.1) * Math.log(0.2 / 0.1);
    assertEquals(expected, half.drift(now), 1e-12);
  }

  @Test
  void aShiftedFeatureIsReportedAndANoisyOneIsNot() {
    SplittableRandom random = new SplittableRandom(3);
    double[] before = random.doubles(5_000).toArray();
    double[] alike = random.doubles(5_000).toArray();
    double[] shifted = Arrays.stream(alike).map(value -> value + 0.3).toArray();

    assertTrue(FeatureProfile.of(before).drift(alike) < 0.01);
    assertTrue(FeatureProfile.of(before).drift(shifted) > FeatureDrift.NOTABLE);
  }

  @Test
  void reportsDriftButNotThatOfTheCalendar() {
    Map<String, Double> drift =
        Map.of("f_time_holidays_14d", 9.0, "f_item_price", 0.3, "f_item_trend", 0.2);

    assertEquals(
        List.of("feature f_item_price drifted since the last night: PSI 0.30, above 0.25"),
        new FeatureDrift(Map.of(), drift).notes());
  }

  @Test
  void constantsAndNothingHaveOneBin() {
    assertEquals(List.of(), FeatureProfile.of(new double[] {2, 2, 2}).edges());
    assertEquals(List.of(0.0, 1.0), FeatureProfile.of(new double[] {NONE}).shares());
    assertEquals(List.of(0.0, 0.0), FeatureProfile.of(new double[] {}).shares());
  }

  @Test
  void aProfileSurvivesItsCard() {
    FeatureProfile profile = FeatureProfile.of(new double[] {1, 2, 3, 4, NONE});

    assertEquals(profile, FeatureProfile.of(profile.asMap()));
  }
}
