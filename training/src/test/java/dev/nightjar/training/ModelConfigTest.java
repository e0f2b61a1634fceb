package dev.nightjar.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.training.als.AlsConfig;
import dev.nightjar.training.candidate.CandidateConfig;
import dev.nightjar.training.intent.IntentConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ModelConfigTest {
  @Test
  void defaultsAreThoseOfTheReference() {
    assertEquals(new AlsConfig(32, 8, 0.1, 10.0, 2, 10, 20081215L), TestSettings.als());
    assertEquals(
        new CandidateConfig(
            Map.of(
                "repeat",
                40,
                "abandoned",
                20,
                "als",
                60,
                "item_item",
                40,
                "user_user",
                30,
                "complement",
                20,
                "rules",
                20,
                "content",
                20,
                "popular",
                20,
                "trending",
                10),
            50,
            new CandidateConfig.Pairs(60.0, 14, 2),
            new CandidateConfig.Neighbours("cosine", 100, 300, 50_000, 80, 60, 365),
            new CandidateConfig.Rules(60, 5000, 0.002, 10, 0.1, 1.5, 500, 12, 20_000),
            new CandidateConfig.Demand(30, 500),
            new CandidateConfig.Segments(8, 200),
            20080923L),
        TestSettings.candidates());
    assertEquals(
        new IntentConfig(
            "xgboost", 14, 3, 14, 14, 100, 15.0, 400_000, 100, 5, 0.1, 5.0, 1.0, 0.8, 0.4, 1.0,
            true, 2, 20160813L),
        TestSettings.intent());
  }

  @Test
  void everyProblemOfASectionIsTold() {
    ConfigProblems problems =
        assertThrows(
            ConfigProblems.class, () -> TestSettings.als("rank = 0", "alpha = -1", "blocks = 0"));

    assertEquals(
        java.util.List.of(
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
