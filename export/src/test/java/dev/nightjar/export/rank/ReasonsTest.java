package dev.nightjar.export.rank;

import static dev.nightjar.export.ExportSettings.rank;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PairFeatures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  private static List<String> reasons(RankShop shop) {
    return shop
        .ranked(rank("durable_days = 0"))
        .orderBy(RankedItems.USER_ID, RankedItems.RANK)
        .select(RankedItems.USER_ID, RankedItems.ITEM_ID, RankedItems.REASON)
        .collectAsList()
        .stream()
        .map(row -> row.mkString(" "))
        .toList();
  }

  private static Map<String, Object> bought(long times, double daysAgo) {
    return Map.of(PairFeatures.PURCHASES, times, PairFeatures.PURCHASE_RECENCY_DAYS, daysAgo);
  }

  private static Map<String, Object> rhythm(long times, double gap, double daysAgo) {
    return Map.of(
        PairFeatures.PURCHASES,
        times,
        PairFeatures.PURCHASE_GAP_DAYS,
        gap,
        PairFeatures.PURCHASE_RECENCY_DAYS,
        daysAgo);
  }

  @Test
  void whatTheUserDidWithTheItemComesFirst() {
    RankShop shop =
        new RankShop()
            .scored("u", "a", 0.99, "abandoned")
            .scored("u", "b", 0.98, "repeat")
            .scored("u", "c", 0.97, "repeat")
            .scored("u", "d", 0.96, "repeat")
            .scored("u", "e", 0.95, "repeat")
            .scored("u", "f", 0.94, "abandoned")
            .scored("u", "g", 0.93, "als")
            .scored("u", "h", 0.92, "abandoned")
            .scored("u", "i", 0.91, "als")
            .pair("u", "a", Map.of(PairFeatures.IS_CART_OPEN, true, PairFeatures.PURCHASES, 3L))
            .pair("u", "b", rhythm(4, 27.6, 29.3))
            .pair("u", "c", rhythm(9, 1.2, 0.3))
            .pair("u", "d", rhythm(2, 14.0, 11.3))
            .pair("u", "e", bought(1, 0.4))
            .pair("u", "f", Map.of(PairFeatures.VIEWS, 9L, PairFeatures.VIEWS_7D, 4L))
            .pair("u", "g", Map.of(PairFeatures.VIEWS, 1L, PairFeatures.FAVORITES, 1L))
            .pair("u", "h", Map.of(PairFeatures.VIEWS, 5L, PairFeatures.RECENCY_DAYS, 1.2))
            .pair("u", "i", Map.of(PairFeatures.VIEWS, 1L));
    assertEquals(
        List.of(
            "u a left in your cart",
            "u b bought every 28 days, last 30 days ago",
            "u c bought every day, most recently yesterday",
            "u d bought twice, last 12 days ago",
            "u e bought yesterday",
            "u f viewed 4 times in the last week",
            "u g among your favourites",
            "u h viewed 5 times",
            "u i viewed once"),
        reasons(shop));
  }

  @Test
  void anItemOfTheUserIsNamedByItsTitleAsTheReasonForAnother() {
    RankShop shop =
        new RankShop()
            .because("u", "a", 0.9, "complement", "x")
            .because("u", "b", 0.8, "rules", "x")
            .because("u", "c", 0.7, "item_item", "x")
            .because("u", "d", 0.6, "item_item", "y")
            .because("u", "e", 0.5, "content", "untitled")
            .because("u", "f", 0.4, "item_item", "returned")
            .because("v", "c", 0.7, "item_item", "x")
            .item("x", Map.of(Items.TITLE, " TEA POT "))
            .item("y", Map.of(Items.TITLE, "Cup"))
            .item("untitled", Map.of(Items.TITLE, ""))
            .pair("u", "x", bought(1, 5))
            .pair("u", "y", Map.of(PairFeatures.VIEWS, 2L))
            .pair("u", "untitled", Map.of(PairFeatures.CARTS, 1L))
            .pair("u", "returned", Map.of(PairFeatures.PURCHASES, 0L))
            .pair("v", "x", Map.of(PairFeatures.VIEWS, 2L));
    assertEquals(
        List.of(
            "u a goes with TEA POT that you bought",
            "u b often bought with TEA POT, which you bought",
            "u c because you bought TEA POT",
            "u d because you looked at Cup",
            "u e because you looked at untitled",
            "u f picked for you",
            "v c because you looked at TEA POT"),
        reasons(shop));
  }

  @Test
  void tasteThenNewnessThenWhatSellsWhereItSells() {
    RankShop shop =
        new RankShop()
            .scored("u", "a", 0.9, "als", "popular")
            .scored("u", "b", 0.8, "popular")
            .scored("u", "week", 0.7, "popular")
            .scored("u", "month", 0.6, "popular", "trending")
            .scored("u", "rare", 0.5, "popular")
            .scored("u", "f", 0.4, "content")
            .scored("u", "g", 0.3, "other")
            .scored("v", "week", 0.7, "popular")
            .scored("w", "week", 0.7, "popular")
            .scored("w", "month", 0.6, "popular")
            .item("b", Map.of(Items.CATEGORY, "home/tea-time_sets"))
            .itemFeatures("b", Map.of(ItemFeatures.AGE_DAYS, 3.0))
            .itemFeatures("week", Map.of(ItemFeatures.AGE_DAYS, 3.0))
            .user("u", "de-DE", "home/tea-sets, toys")
            .user("v", "de-AT", null)
            .user("w", null, null);
    for (int buyer = 0; buyer < 5; buyer++) {
      shop.user("tea" + buyer, "fr_FR", "home/tea-sets, toys")
          .user("austrian" + buyer, "de-AT", null)
          .pair("tea" + buyer, "week", bought(1, 2))
          .pair("tea" + buyer, "month", bought(1, 20))
          .pair("austrian" + buyer, "week", bought(1, 6));
    }
    for (int buyer = 0; buyer < 4; buyer++) {
      shop.pair("tea" + buyer, "rare", bought(1, 2));
    }
    assertEquals(
        List.of(
            "u a people with your taste like it",
            "u b new in tea time sets",
            "u week popular with people who like tea sets, toys this week",
            "u month trending with people who like tea sets, toys this month",
            "u rare popular",
            "u f fits what you like",
            "u g picked for you",
            "v week popular in Austria this week",
            "w week popular this week",
            "w month popular this month"),
        reasons(shop));
  }

  @Test
  void aGroupOfFourBuyersIsNotNamed() {
    RankShop shop = new RankShop().scored("u", "a", 0.9, "popular").user("u", "de-DE", "Tea");
    for (int buyer = 0; buyer < 4; buyer++) {
      shop.user("x" + buyer, "de-DE", "Tea").pair("x" + buyer, "a", bought(1, 1));
    }
    assertFalse(reasons(shop).get(0).contains("Tea"));
  }
}
