package dev.nightjar.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Configs;
import dev.nightjar.training.candidate.learning.CandidateConfig;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ModelConfigTest {
  @Test
  void defaultsAreThoseOfTheReference() {
    assertEquals(
        """
        engine = vector
        rank = 32
        iterations = 8
        gradient_steps = 3
        regularization = 0.1
        alpha = 10.0
        pairs_per_block = 1000000
        checkpoint_interval = 10
        seed = 20081215
        """,
        Configs.text(TestSettings.als()));
    assertEquals(
        """
        model = xgboost
        horizon_days = 14
        anchors = 3
        anchor_step_days = 14
        min_history_days = 14
        min_positives = 100
        negatives_per_positive = 15.0
        max_rows = 400000
        trees = 100
        depth = 5
        learning_rate = 0.1
        min_child_weight = 5.0
        lambda = 1.0
        row_sample = 0.8
        column_sample = 0.4
        ranker_weight = 1.0
        refit = true
        refresh_days = 4
        workers = 2
        seed = 20160813
        """,
        Configs.text(TestSettings.intent()));
  }

  @Test
  void defaultsOfCandidatesAreThoseOfTheReference() {
    assertEquals(
        """
        cold = 50
        shelf_items = 200000
        repeat_half_life_days = 60.0
        abandoned_days = 14
        abandoned_min_views = 2
        neighbour_users = 50000
        history_items = 300
        item_similarity = cosine
        item_neighbours = 100
        user_neighbours = 80
        purchase_days = 365
        complement_days = 60
        rules_days = 60
        rules_baskets = 5000
        rules_min_support = 0.002
        rules_min_baskets = 10
        rules_min_confidence = 0.1
        rules_min_lift = 1.5
        rules_max_items = 500
        rules_basket_items = 12
        rules_most = 20000
        popular_days = 30
        segment_min_purchases = 500
        segments = 8
        segment_min_users = 200
        seed = 20080923
        """,
        withoutSources(Configs.of(CandidateConfig.class, "candidates")));
  }

  @Test
  void eachKeyIsReadIntoItsComponent() {
    String als =
        """
        engine = mllib
        rank = 3
        iterations = 4
        gradient_steps = 2
        regularization = 0.5
        alpha = 6.0
        pairs_per_block = 7
        checkpoint_interval = 8
        seed = 9
        """;
    assertEquals(als, Configs.text(TestSettings.als(als)));
    String intent =
        """
        model = gbt
        horizon_days = 2
        anchors = 4
        anchor_step_days = 5
        min_history_days = 6
        min_positives = 7
        negatives_per_positive = 8.5
        max_rows = 9
        trees = 10
        depth = 11
        learning_rate = 0.12
        min_child_weight = 13.0
        lambda = 14.0
        row_sample = 0.15
        column_sample = 0.16
        ranker_weight = 17.0
        refit = false
        refresh_days = 9
        workers = 18
        seed = 19
        """;
    assertEquals(intent, Configs.text(TestSettings.intent(intent)));
    String candidates =
        """
        cold = 61
        shelf_items = 62
        repeat_half_life_days = 12.5
        abandoned_days = 13
        abandoned_min_views = 14
        neighbour_users = 15
        history_items = 16
        item_similarity = bm25
        item_neighbours = 17
        user_neighbours = 18
        purchase_days = 19
        complement_days = 20
        rules_days = 21
        rules_baskets = 22
        rules_min_support = 0.23
        rules_min_baskets = 24
        rules_min_confidence = 0.25
        rules_min_lift = 2.6
        rules_max_items = 27
        rules_basket_items = 8
        rules_most = 29
        popular_days = 30
        segment_min_purchases = 31
        segments = 32
        segment_min_users = 33
        seed = 34
        """;
    assertEquals(candidates, withoutSources(TestSettings.candidates(candidates)));
  }

  @Test
  void everyProblemOfASectionIsReported() {
    ConfigProblems problems =
        assertThrows(
            ConfigProblems.class,
            () -> TestSettings.als("rank = 0", "alpha = -1", "pairs_per_block = 0"));

    assertEquals(
        List.of(
            "als.rank must be positive, got 0",
            "als.alpha must be positive, got -1.0",
            "als.pairs_per_block must be positive, got 0"),
        problems.messages());
  }

  @Test
  void refusesAnUnknownKindOfTreesAndShortColdLists() {
    assertTrue(
        assertThrows(ConfigProblems.class, () -> TestSettings.intent("model = forest"))
            .getMessage()
            .contains("intent.model must be xgboost or gbt, got forest"));
    assertTrue(
        assertThrows(ConfigProblems.class, () -> TestSettings.candidates("cold = 3"))
            .getMessage()
            .contains("candidates.cold must be at least candidates.popular (20), got 3"));
  }

  /** The settings but the number of items of each source. */
  private static String withoutSources(CandidateConfig config) {
    return Configs.text(config)
        .lines()
        .filter(line -> !config.items().containsKey(line.substring(0, line.indexOf(" = "))))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
