package dev.nightjar.export.plan;

import com.typesafe.config.Config;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code plan}.
 *
 * @param pushesPerUser pushes planned at most for a user in one night
 * @param itemsPerPush items shown in one push
 * @param minExpectedValue least expected value of a push, in the shop's currency
 * @param unpricedItemValue what a sale is worth where the item has no price
 * @param unknownOpenProbability chance to open where {@code send_hours} has no row
 */
public record PlanConfig(
    int pushesPerUser,
    int itemsPerPush,
    double minExpectedValue,
    double unpricedItemValue,
    double unknownOpenProbability) {
  public PlanConfig {
    new Problems()
        .require(pushesPerUser > 0, "plan.pushes_per_user must be positive, got " + pushesPerUser)
        .require(itemsPerPush > 0, "plan.items_per_push must be positive, got " + itemsPerPush)
        .require(
            minExpectedValue >= 0,
            "plan.min_expected_value must be 0 or more, got " + minExpectedValue)
        .require(
            unpricedItemValue >= 0,
            "plan.unpriced_item_value must be 0 or more, got " + unpricedItemValue)
        .require(
            unknownOpenProbability > 0 && unknownOpenProbability <= 1,
            "plan.unknown_open_probability must be above 0 and at most 1, got "
                + unknownOpenProbability)
        .throwIfAny();
  }

  /**
   * Reads the section {@code plan}.
   *
   * @throws dev.nightjar.features.config.ConfigProblems when a value breaks its rule
   */
  public static PlanConfig from(Config plan) {
    return new PlanConfig(
        plan.getInt("pushes_per_user"),
        plan.getInt("items_per_push"),
        plan.getDouble("min_expected_value"),
        plan.getDouble("unpriced_item_value"),
        plan.getDouble("unknown_open_probability"));
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

  /** How a user's best items are dealt to pushes. */
  Basket basket() {
    return new Basket(itemsPerPush);
  }

  /** Items of a user that all pushes of one night can show. */
  int itemsPerUser() {
    return pushesPerUser * itemsPerPush;
  }
}
