package dev.nightjar.training.candidate.rules;

import dev.nightjar.features.config.Problems;

/**
 * Settings of {@code rules}, under {@code candidates}.
 *
 * @param rulesDays days of purchases that a rule is applied to
 * @param rulesBaskets most baskets that rules are learned from
 * @param rulesMinSupport least share of baskets with all items of a rule
 * @param rulesMinBaskets least number of them
 * @param rulesMinConfidence least confidence
 * @param rulesMinLift least lift
 * @param rulesMaxItems most frequent items that count
 * @param rulesBasketItems most items of a basket that count
 * @param rulesMost best rules kept
 */
public record RuleConfig(
    int rulesDays,
    int rulesBaskets,
    double rulesMinSupport,
    int rulesMinBaskets,
    double rulesMinConfidence,
    double rulesMinLift,
    int rulesMaxItems,
    int rulesBasketItems,
    int rulesMost) {
  public RuleConfig {
    new Problems()
        .positive("rules_days", rulesDays)
        .positive("rules_baskets", rulesBaskets)
        .share("rules_min_support", rulesMinSupport)
        .positive("rules_min_baskets", rulesMinBaskets)
        .share("rules_min_confidence", rulesMinConfidence)
        .atLeast(1, "rules_min_lift", rulesMinLift)
        .positive("rules_max_items", rulesMaxItems)
        .require(
            rulesBasketItems >= 2 && rulesBasketItems <= 20,
            "rules_basket_items",
            "must be 2 to 20",
            rulesBasketItems)
        .positive("rules_most", rulesMost)
        .throwIfAny();
  }
}
