package dev.nightjar.export.rank;

import com.typesafe.config.Config;
import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code rank}.
 *
 * @param itemsPerUser items kept for a user, best first
 * @param newItemsPerUser best items that the user never bought, kept even where they are not among
 *     those
 * @param pricePower score = probability x price^pricePower
 * @param excludesOutOfStock whether items with a known stock of 0 or less are left out
 * @param durableDays days after a purchase in which an item that is seldom bought again is left
 *     out; 0 = never
 * @param durableRepeatRate share of buyers who buy again below which an item counts as durable
 * @param pushedDays days after a push in which its item is left out; 0 = never
 * @param unopenedDecay share of the score that an unopened push takes on the day it was sent; 0 =
 *     none
 * @param unopenedHalfLifeDays days after which it takes half as much
 * @param diversity 0 = by score alone, 1 = by difference alone
 * @param maxPerCategory most items of one category within the first places; 0 = no limit
 * @param varietyDepth the first places that diversity and the limit order
 * @param newItemDays age in days up to which an item may be called new
 */
public record RankConfig(
    int itemsPerUser,
    int newItemsPerUser,
    double pricePower,
    boolean excludesOutOfStock,
    int durableDays,
    double durableRepeatRate,
    int pushedDays,
    double unopenedDecay,
    double unopenedHalfLifeDays,
    double diversity,
    int maxPerCategory,
    int varietyDepth,
    int newItemDays) {
  public RankConfig {
    new Problems()
        .require(itemsPerUser > 0, "rank.items_per_user must be positive, got " + itemsPerUser)
        .require(
            newItemsPerUser >= 0,
            "rank.new_items_per_user must not be negative, got " + newItemsPerUser)
        .require(
            pricePower >= 0 && pricePower <= 1,
            "rank.price_power must lie between 0 and 1, got " + pricePower)
        .require(durableDays >= 0, "rank.durable_days must not be negative, got " + durableDays)
        .require(
            durableRepeatRate >= 0 && durableRepeatRate <= 1,
            "rank.durable_repeat_rate must lie between 0 and 1, got " + durableRepeatRate)
        .require(pushedDays >= 0, "rank.pushed_days must not be negative, got " + pushedDays)
        .require(
            unopenedDecay >= 0 && unopenedDecay < 1,
            "rank.unopened_decay must be at least 0 and below 1, got " + unopenedDecay)
        .require(
            unopenedHalfLifeDays > 0 && Double.isFinite(unopenedHalfLifeDays),
            "rank.unopened_half_life_days must be positive, got " + unopenedHalfLifeDays)
        .require(
            diversity >= 0 && diversity <= 1,
            "rank.diversity must lie between 0 and 1, got " + diversity)
        .require(
            maxPerCategory >= 0,
            "rank.max_per_category must not be negative, got " + maxPerCategory)
        .require(varietyDepth > 0, "rank.variety_depth must be positive, got " + varietyDepth)
        .require(newItemDays >= 0, "rank.new_item_days must not be negative, got " + newItemDays)
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
        rank.getInt("new_items_per_user"),
        rank.getDouble("price_power"),
        rank.getBoolean("exclude_out_of_stock"),
        rank.getInt("durable_days"),
        rank.getDouble("durable_repeat_rate"),
        rank.getInt("pushed_days"),
        rank.getDouble("unopened_decay"),
        rank.getDouble("unopened_half_life_days"),
        rank.getDouble("diversity"),
        rank.getInt("max_per_category"),
        rank.getInt("variety_depth"),
        rank.getInt("new_item_days"));
  }

  /** Whether any place of a list may go by something other than the score. */
  public boolean isVaried() {
    return diversity > 0 || maxPerCategory > 0;
  }

  /** Whether what was pushed before matters. */
  boolean remembersPushes() {
    return pushedDays > 0 || unopenedDecay > 0;
  }
}
