package dev.nightjar.export.rank;

import com.typesafe.config.Config;
import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code rank}.
 *
 * @param itemsPerUser items kept for a user, best first
 * @param pricePower score = probability x price^pricePower
 * @param excludesOutOfStock whether items with a known stock of 0 or less are left out
 */
public record RankConfig(int itemsPerUser, double pricePower, boolean excludesOutOfStock) {
  public RankConfig {
    new Problems()
        .require(itemsPerUser > 0, "rank.items_per_user must be positive, got " + itemsPerUser)
        .require(
            pricePower >= 0 && pricePower <= 1,
            "rank.price_power must lie between 0 and 1, got " + pricePower)
        .throwIfAny();
  }

  /**
   * Reads the section {@code rank}.
   *
   * @throws dev.nightjar.features.config.ConfigProblems when a value breaks its rule
   */
  public static RankConfig from(Config rank) {
    return new RankConfig(
        rank.getInt("items_per_user"),
        rank.getDouble("price_power"),
        rank.getBoolean("exclude_out_of_stock"));
  }
}
