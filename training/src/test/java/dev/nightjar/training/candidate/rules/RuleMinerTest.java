package dev.nightjar.training.candidate.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.TestSpark;
import dev.nightjar.training.TestSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

final class RuleMinerTest {
  private static final int ITEMS = 40;

  @Test
  void findsSupportConfidenceAndLiftOfAPair() {
    // 0 and 1 together 4 times, 0 alone once, 5 others: P(1 | 0) = 4/5, P(1) = 4/10.
    RuleBook book =
        mine(
            config(2, 12),
            new int[] {0, 1},
            new int[] {0, 1},
            new int[] {0, 1},
            new int[] {0, 1},
            new int[] {0},
            new int[] {2},
            new int[] {2},
            new int[] {2},
            new int[] {3},
            new int[] {3});

    assertEquals(2, book.rules().size());
    RuleBook.Rule rule = book.beginningWith(0).get(0);
    assertEquals(1, rule.consequent());
    assertEquals(0.4, rule.support(), 1e-9);
    assertEquals(0.8, rule.confidence(), 1e-9);
    assertEquals(2.0, rule.lift(), 1e-9);
  }

  @Test
  void aRuleIsLeftOutWherePartOfItsAntecedentIsAsConfident() {
    // A basket with 0 always has 2; that 1 is in it too adds nothing.
    RuleBook book =
        mine(
            config(2, 12),
            new int[] {0, 1, 2},
            new int[] {0, 1, 2},
            new int[] {0, 2},
            new int[] {1, 4},
            new int[] {4},
            new int[] {5},
            new int[] {6},
            new int[] {7});

    assertTrue(
        book.rules().stream()
            .noneMatch(
                rule ->
                    Arrays.equals(rule.antecedent(), new int[] {0, 1}) && rule.consequent() == 2));
    assertTrue(
        book.rules().stream()
            .anyMatch(
                rule -> Arrays.equals(rule.antecedent(), new int[] {0}) && rule.consequent() == 2));
  }

  @Test
  void aLargeBundleBoughtTogetherDoesNotExplode() {
    // 40 items have 2^40 sets; drawn down to 6 a basket.
    int[][] bundles = new int[60][];
    Arrays.fill(bundles, IntStream.range(0, ITEMS).toArray());

    RuleBook book = assertTimeout(Duration.ofSeconds(60), () -> mine(config(2, 6), bundles));

    assertTrue(book.rules().stream().allMatch(rule -> rule.antecedent().length < 6));
    // chance alone relates the items that were drawn: no rule is as sure as the bundle is
    assertTrue(
        book.rules().stream()
            .filter(rule -> rule.antecedent().length == 1)
            .allMatch(rule -> rule.confidence() < 0.9));
  }

  private static RuleConfig config(int minBaskets, int basketItems) {
    return TestSettings.candidates(
            "rules_baskets = 1000",
            "rules_min_support = 0.0",
            "rules_min_baskets = " + minBaskets,
            "rules_max_items = 100",
            "rules_basket_items = " + basketItems,
            "rules_most = 100")
        .rules();
  }

  private static RuleBook mine(RuleConfig config, int[]... baskets) {
    long[] lines =
        IntStream.range(0, baskets.length)
            .boxed()
            .flatMapToLong(
                basket ->
                    Arrays.stream(baskets[basket]).mapToLong(item -> ((basket + 1L) << 24) | item))
            .sorted()
            .toArray();
    return new RuleMiner(config, ITEMS)
        .mine(JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext()), lines);
  }
}
