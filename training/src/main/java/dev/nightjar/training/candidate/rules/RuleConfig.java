package dev.nightjar.training.candidate.rules;

/**
 * Settings of {@code rules}, under {@code candidates}.
 *
 * @param days days of purchases that a rule is applied to
 * @param baskets most baskets that rules are learned from
 * @param minSupport least share of baskets with all items of a rule
 * @param minBaskets least number of them
 * @param minConfidence least confidence
 * @param minLift least lift
 * @param maxItems most frequent items that count
 * @param basketItems most items of a basket that count
 * @param most best rules kept
 */
public record RuleConfig(
    int days,
    int baskets,
    double minSupport,
    int minBaskets,
    double minConfidence,
    double minLift,
    int maxItems,
    int basketItems,
    int most) {}
