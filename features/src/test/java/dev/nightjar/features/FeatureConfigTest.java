package dev.nightjar.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Configs;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureConfigTest {
  private static FeatureConfig features(String... over) {
    return Configs.of(FeatureConfig.class, "features", over);
  }

  private static List<String> problems(String... over) {
    return assertThrows(ConfigProblems.class, () -> features(over)).messages();
  }

  @Test
  void defaultsAreThoseOfTheReference() {
    assertEquals(
        """
        view = 1.0
        search = 1.0
        favorite = 3.0
        cart = 4.0
        purchase = 8.0
        rating = 4.0
        best_rating = 5.0
        half_life_days = 30.0
        popularity_half_life_days = 14.0
        conversion_smoothing = 50.0
        repeat_smoothing = 10.0
        trend_smoothing = 1.0
        open_rate_smoothing = 10.0
        top_categories = 20
        """,
        Configs.text(features()));
  }

  @Test
  void readsEachKeyIntoItsComponent() {
    String weights =
        """
        view = 1.5
        search = 2.5
        favorite = 3.5
        cart = 4.5
        purchase = 5.5
        rating = 6.5
        best_rating = 7.5
        """;
    String others =
        """
        half_life_days = 8.5
        popularity_half_life_days = 9.5
        conversion_smoothing = 10.5
        repeat_smoothing = 11.5
        trend_smoothing = 12.5
        open_rate_smoothing = 13.5
        top_categories = 14
        """;
    assertEquals(weights + others, Configs.text(features("weights {\n" + weights + "}", others)));
  }

  @Test
  void refusesWeightsThatFallFromViewToPurchaseAndReportsEachAtOnce() {
    assertEquals(
        List.of(
            "features.weights.view must not be negative, got -1.0",
            "features.weights.cart must be at least features.weights.favorite, got 2.0 and 3.0",
            "features.weights.purchase must be positive and at least features.weights.cart, got"
                + " 1.0 and 2.0"),
        problems("weights { view = -1, cart = 2, purchase = 1 }"));
  }

  @Test
  void refusesWhatMustBePositive() {
    assertEquals(
        List.of(
            "features.half_life_days must be positive, got 0.0",
            "features.top_categories must be positive, got 0"),
        problems("half_life_days = 0, top_categories = 0"));
  }
}
