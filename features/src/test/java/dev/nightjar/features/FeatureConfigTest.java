package dev.nightjar.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.features.config.ConfigProblems;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureConfigTest {
  @Test
  void defaultsAreThoseOfTheReference() {
    assertEquals(
        new FeatureConfig(
            new FeatureConfig.Weights(1.0, 1.0, 3.0, 4.0, 8.0, 4.0, 5.0),
            30.0,
            14.0,
            50.0,
            10.0,
            1.0,
            10.0,
            20),
        FeatureRows.config());
  }

  @Test
  void refusesWeightsThatFallFromViewToPurchaseAndTellsEachAtOnce() {
    ConfigProblems problems =
        assertThrows(
            ConfigProblems.class,
            () -> new FeatureConfig.Weights(-1.0, 1.0, 3.0, 2.0, 1.0, 4.0, 5.0));

    assertEquals(
        List.of(
            "features.weights.view must not be negative, got -1.0",
            "features.weights.cart must be at least features.weights.favorite, got 2.0 and 3.0",
            "features.weights.purchase must be positive and at least features.weights.cart, got"
                + " 1.0 and 2.0"),
        problems.messages());
  }

  @Test
  void refusesWhatMustBePositive() {
    ConfigProblems problems =
        assertThrows(
            ConfigProblems.class,
            () ->
                new FeatureConfig(
                    FeatureRows.config().weights(), 0.0, 14.0, 50.0, 10.0, 1.0, 10.0, 0));

    assertEquals(
        List.of(
            "features.half_life_days must be positive, got 0.0",
            "features.top_categories must be positive, got 0"),
        problems.messages());
  }
}
