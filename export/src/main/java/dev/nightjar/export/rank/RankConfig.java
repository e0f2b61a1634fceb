package dev.nightjar.export.rank;

import dev.nightjar.features.config.Problems;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Settings under {@code rank}.
 *
 * @param itemsPerUser items kept for a user, best first
 * @param newItemsPerUser best items that the user never bought, kept even where they are not among
 *     those
 * @param pricePower score = probability x price^pricePower
 * @param excludeOutOfStock whether items with a known stock of 0 or less are left out
 * @param onlyListedItems whether items that are known from events alone are left out
 * @param excludeItems patterns of whole item ids that are no goods, in any case
 * @param durableDays days after a purchase in which an item that is seldom bought again is left
 *     out; 0 = never
 * @param durableRepeatRate share of buyers who buy again below which an item counts as durable
 * @param pushedDays days after a push in which its item is left out; 0 = never
 * @param unopenedDecay share of the score that an unopened push takes on the day it was sent; 0 =
 *     none
 * @param unopenedAfterHours hours after which a push that was not opened counts as unopened
 * @param unopenedHalfLifeDays days after which it takes half as much
 * @param diversity 0 = by score alone, 1 = by difference alone
 * @param maxPerCategory most items of one category within the first places; 0 = no limit
 * @param varietyDepth number of first places that diversity and the limit reorder
 * @param newItemDays age in days up to which an item may be called new
 */
public record RankConfig(
    int itemsPerUser,
    int newItemsPerUser,
    double pricePower,
    boolean excludeOutOfStock,
    boolean onlyListedItems,
    List<String> excludeItems,
    int durableDays,
    double durableRepeatRate,
    int pushedDays,
    double unopenedDecay,
    int unopenedAfterHours,
    double unopenedHalfLifeDays,
    double diversity,
    int maxPerCategory,
    int varietyDepth,
    int newItemDays) {
  public RankConfig {
    excludeItems = List.copyOf(excludeItems);
    new Problems()
        .require(
            excludeItems.stream().allMatch(RankConfig::isPattern),
            "exclude_items",
            "must be regular expressions of item ids",
            excludeItems)
        .positive("items_per_user", itemsPerUser)
        .notNegative("new_items_per_user", newItemsPerUser)
        .share("price_power", pricePower)
        .notNegative("durable_days", durableDays)
        .share("durable_repeat_rate", durableRepeatRate)
        .notNegative("pushed_days", pushedDays)
        .require(
            unopenedDecay >= 0 && unopenedDecay < 1,
            "unopened_decay",
            "must be at least 0 and below 1",
            unopenedDecay)
        .notNegative("unopened_after_hours", unopenedAfterHours)
        .positive("unopened_half_life_days", unopenedHalfLifeDays)
        .share("diversity", diversity)
        .notNegative("max_per_category", maxPerCategory)
        .positive("variety_depth", varietyDepth)
        .notNegative("new_item_days", newItemDays)
        .throwIfAny();
  }

  private static boolean isPattern(String text) {
    try {
      Pattern.compile(text);
      return true;
    } catch (PatternSyntaxException wrong) {
      return false;
    }
  }

  /** Whether any place of a list may depend on something other than the score. */
  public boolean isVaried() {
    return diversity > 0 || maxPerCategory > 0;
  }

  /** Whether earlier pushes matter. */
  boolean remembersPushes() {
    return pushedDays > 0 || unopenedDecay > 0;
  }
}
