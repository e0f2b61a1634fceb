package dev.nightjar.export.plan;

import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code plan}.
 *
 * @param leadHours hours from the end of the night's day to the start of the plan, 0 to 23
 * @param pushesPerUser most pushes planned for a user in one night
 * @param itemsPerPush items shown in one push
 * @param minExpectedValue least expected value of a push, in the shop's currency
 * @param unpricedItemValue what a sale is worth where the item has no price
 * @param unknownOpenProbability open probability where {@code send_hours} has no row
 */
public record PlanConfig(
    int leadHours,
    int pushesPerUser,
    int itemsPerPush,
    double minExpectedValue,
    double unpricedItemValue,
    double unknownOpenProbability) {
  public PlanConfig {
    new Problems()
        .require(
            leadHours >= 0 && leadHours <= 23, "lead_hours", "must be between 0 and 23", leadHours)
        .positive("pushes_per_user", pushesPerUser)
        .positive("items_per_push", itemsPerPush)
        .require(minExpectedValue >= 0, "min_expected_value", "must be 0 or more", minExpectedValue)
        .require(
            unpricedItemValue >= 0, "unpriced_item_value", "must be 0 or more", unpricedItemValue)
        .aboveZeroToOne("unknown_open_probability", unknownOpenProbability)
        .throwIfAny();
  }

  /**
   * Checks the two sections against each other.
   *
   * @throws dev.nightjar.features.config.ConfigProblems when more pushes are to be planned than the
   *     policy lets a user have in a day
   */
  public void requireWithin(PolicyConfig policy) {
    new Problems()
        .require(
            pushesPerUser <= policy.dailyCap(),
            "plan.pushes_per_user must be at most policy.daily_cap, got "
                + pushesPerUser
                + " over "
                + policy.dailyCap())
        .throwIfAny();
  }

  /** How a user's best items are distributed over pushes. */
  Basket basket() {
    return new Basket(itemsPerPush);
  }

  /** Items of a user that all pushes of one night can show. */
  int itemsPerUser() {
    return pushesPerUser * itemsPerPush;
  }
}
