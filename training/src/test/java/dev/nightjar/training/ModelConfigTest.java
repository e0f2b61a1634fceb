package dev.nightjar.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Configs;
import dev.nightjar.training.candidate.CandidateConfig;
import dev.nightjar.training.candidate.demand.DemandConfig;
import dev.nightjar.training.candidate.history.NeighbourConfig;
import dev.nightjar.training.candidate.rules.RuleConfig;
import dev.nightjar.training.candidate.segment.SegmentConfig;
import dev.nightjar.training.candidate.source.PairConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ModelConfigTest {
  @Test
  void defaultsAreThoseOfTheReference() {
    assertEquals(
        """
        rank = 32
        iterations = 8
        regularization = 0.1
        alpha = 10.0
        blocks = 2
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
        workers = 2
        seed = 20160813
        """,
        Configs.text(TestSettings.intent()));
  }

  @Test
  void defaultsOfCandidatesAreThoseOfTheReference() {
    assertEquals(
        new CandidateConfig(
            Map.of(
                "repeat",
                40,
                "abandoned",
                0,
                "als",
                60,
                "item_item",
                40,
                "user_user",
                30,
                "complement",
                0,
                "rules",
                20,
                "content",
                20,
                "popular",
                20,
                "trending",
                0),
            50,
            new PairConfig(60.0, 14, 2),
            new NeighbourConfig("cosine", 100, 300, 50_000, 80, 60, 365),
            new RuleConfig(60, 5000, 0.002, 10, 0.1, 1.5, 500, 12, 20_000),
            new DemandConfig(30, 500),
            new SegmentConfig(8, 200),
            20080923L),
        CandidateConfig.from(Configs.section("candidates")));
  }

  @Test
  void eachKeyIsReadIntoItsComponent() {
    String als =
        """
        rank = 3
        iterations = 4
        regularization = 0.5
        alpha = 6.0
        blocks = 7
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
        workers = 18
        seed = 19
        """;
    assertEquals(intent, Configs.text(TestSettings.intent(intent)));
  }

  @Test
  void everyProblemOfASectionIsReported() {
    ConfigProblems problems =
        assertThrows(
            ConfigProblems.class, () -> TestSettings.als("rank = 0", "alpha = -1", "blocks = 0"));

    assertEquals(
        List.of(
            "als.rank must be positive, got 0",
            "als.alpha must be positive, got -1.0",
            "als.blocks must be positive, got 0"),
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
}
