package dev.nightjar.training.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Configs;
import dev.nightjar.training.TestSettings;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.tune.Fold.Scored;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SearchSpaceTest {
  private static final Config INTENT =
      ConfigFactory.parseResources("reference.conf").getConfig("intent");

  @Test
  void trialZeroAreThePresentSettings() {
    Map<String, Number> present = SearchSpace.settings(INTENT, 7, 0);

    assertEquals(SearchSpace.keys(), List.copyOf(present.keySet()));
    assertEquals(TestSettings.intent(), SearchSpace.apply(INTENT, present));
  }

  @Test
  void aTrialIsAFunctionOfSeedAndNumber() {
    assertEquals(SearchSpace.settings(INTENT, 7, 3), SearchSpace.settings(INTENT, 7, 3));
    assertNotEquals(SearchSpace.settings(INTENT, 7, 3), SearchSpace.settings(INTENT, 7, 4));
    assertNotEquals(SearchSpace.settings(INTENT, 7, 3), SearchSpace.settings(INTENT, 8, 3));
  }

  @Test
  void everyDrawIsValidAndTheWholeSpaceIsReached() {
    Set<Integer> depths = new HashSet<>();
    int small = 0;
    for (int trial = 1; trial <= 300; trial++) {
      IntentConfig settings = SearchSpace.apply(INTENT, SearchSpace.settings(INTENT, 7, trial));
      depths.add(settings.depth());
      small += settings.trees() < 126 ? 1 : 0;
      assertTrue(settings.trees() >= 40 && settings.trees() <= 400, settings.toString());
    }
    assertEquals(Set.of(3, 4, 5, 6, 7, 8, 9), depths);
    // 126 is the middle between 40 and 400 by logarithm.
    assertTrue(small > 120 && small < 180, "below the middle: " + small);
  }

  @Test
  void figuresOfAFoldAreThoseOfItsLists() {
    List<Scored> scored =
        List.of(
            new Scored("u", "a", 0, false, 0.9, 0),
            new Scored("u", "b", 1, false, 0.2, 0),
            new Scored("u", "c", 0, false, -1.0, 0),
            new Scored("v", "a", 1, true, 0.8, 0),
            new Scored("v", "b", 0, true, -0.5, 0),
            new Scored("w", "a", 0, true, 0.4, 0));

    FoldFigures figures = Fold.figures(scored);

    // u's only purchase is second, v's first; w bought nothing.
    assertEquals((Math.log(2) / Math.log(3) + 1) / 2, figures.ndcg(), 1e-12);
    // Of 8 pairs of a bought and another candidate, 5 have the bought one above.
    assertEquals(0.625, figures.auc(), 1e-12);
    assertTrue(figures.logLoss() > 0);
    assertEquals(20, figures.logLossByGroup().size());
    assertEquals(1.0, figures.ndcgByGroup().get("v".hashCode() % 20), 1e-12);
  }

  @Test
  void theObjectiveDecidesWhatIsBetter() {
    FoldFigures sharp = new FoldFigures(0.10, 0.30, 0.8, List.of(), List.of());
    FoldFigures ranked = new FoldFigures(0.11, 0.31, 0.8, List.of(), List.of());

    assertTrue(TestSettings.tune("objective = log_loss").isBetter(sharp, ranked));
    assertTrue(TestSettings.tune("objective = ndcg").isBetter(ranked, sharp));
    assertEquals(0.105, FoldFigures.mean(List.of(sharp, ranked)).logLoss(), 1e-12);
  }

  @Test
  void defaultsOfTuneAreTheseAndEveryBrokenRuleIsReported() {
    assertEquals(
        """
        objective = log_loss
        max_users = 5000
        seed = 20120201
        """,
        Configs.text(TestSettings.tune()));
    String other =
        """
        objective = ndcg
        max_users = 2
        seed = 3
        """;
    assertEquals(other, Configs.text(TestSettings.tune(other)));
    assertEquals(
        List.of(
            "tune.objective must be log_loss or ndcg, got auc",
            "tune.max_users must be positive, got 0"),
        assertThrows(
                ConfigProblems.class, () -> TestSettings.tune("objective = auc, max_users = 0"))
            .messages());
  }

  @Test
  void aGainWithinItsStandardErrorIsNotClear() {
    TuneConfig byLoss = TestSettings.tune("objective = log_loss");
    FoldFigures present = byGroup(0.10, 0.10, 0.10, 0.10);

    // gains 1, 1, 1, 3: mean 1.5, standard error 0.5
    assertTrue(byLoss.isClearlyBetter(byGroup(0.09, 0.09, 0.09, 0.07), present));
    // gains 3, -2, 1, -1: mean 0.25, standard error 1.1
    assertFalse(byLoss.isClearlyBetter(byGroup(0.07, 0.12, 0.09, 0.11), present));
    assertFalse(byLoss.isClearlyBetter(present, present));
  }

  private static FoldFigures byGroup(Double... logLosses) {
    return new FoldFigures(0, 0, 0, List.of(logLosses), List.of());
  }
}
