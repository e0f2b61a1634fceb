package dev.nightjar.export.rank;

import static dev.nightjar.export.ExportSettings.rank;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PairFeatures;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class RankerTest {
  private static List<String> lines(Dataset<Row> ranked, String... columns) {
    return ranked
        .orderBy(RankedItems.USER_ID, RankedItems.RANK)
        .select(Arrays.stream(columns).map(functions::col).toArray(Column[]::new))
        .collectAsList()
        .stream()
        .map(row -> row.mkString(" "))
        .toList();
  }

  private static List<String> scores(Dataset<Row> ranked) {
    return lines(
        ranked, RankedItems.USER_ID, RankedItems.RANK, RankedItems.ITEM_ID, RankedItems.SCORE);
  }

  private static Map<String, Object> bought(double daysAgo) {
    return Map.of(PairFeatures.PURCHASES, 1L, PairFeatures.PURCHASE_RECENCY_DAYS, daysAgo);
  }

  @Test
  void sortsByScoreThenItemAndKeepsTheBest() {
    Dataset<Row> ranked =
        new RankShop()
            .scored("u", "b", 0.2, "als")
            .scored("u", "a", 0.2, "als")
            .scored("u", "c", 0.3, "als")
            .scored("u", "d", 0.1, "als")
            .scored("v", "d", 0.1, "als")
            .ranked(rank("items_per_user = 3", "new_items_per_user = 0"));
    assertEquals("", RankedItems.TABLE.differenceTo(ranked.schema()));
    assertEquals(List.of("u 1 c 0.3", "u 2 a 0.2", "u 3 b 0.2", "v 1 d 0.1"), scores(ranked));
  }

  @Test
  void differencesBelowNineDecimalsDoNotOrder() {
    assertEquals(
        List.of("u 1 a 0.2", "u 2 b 0.2"),
        scores(
            new RankShop()
                .scored("u", "b", 0.2 + 1e-12, "als")
                .scored("u", "a", 0.2, "als")
                .ranked(rank())));
  }

  @Test
  void theBestItemsNeverBoughtAreKeptBesidesTheBest() {
    assertEquals(
        List.of("u 1 a 0.9", "u 2 b 0.8", "u 3 n1 0.3", "u 4 n2 0.2"),
        scores(
            new RankShop()
                .scored("u", "a", 0.9, "repeat")
                .scored("u", "b", 0.8, "repeat")
                .scored("u", "c", 0.7, "repeat")
                .scored("u", "n3", 0.1, "als")
                .scored("u", "n2", 0.2, "als")
                .scored("u", "n1", 0.3, "als")
                .pair("u", "a", bought(90))
                .pair("u", "b", bought(90))
                .pair("u", "c", bought(90))
                .pair("u", "n1", Map.of(PairFeatures.VIEWS, 3L))
                .ranked(rank("items_per_user = 2", "new_items_per_user = 2"))));
  }

  @Test
  void whatIsNoGoodsOrNoLongerSoldIsInNoList() {
    RankShop shop =
        new RankShop()
            .scored("u", "mug", 0.1, "als")
            .scored("u", "POST", 0.9, "popular")
            .scored("u", "gift_10", 0.8, "popular")
            .scored("u", "POSTCARD", 0.2, "als")
            .scored("u", "gone", 0.7, "als")
            .scored("u", "seen", 0.3, "als")
            .item("gone", Map.of(Items.IS_ACTIVE, false))
            .item("seen", Map.of(Items.IS_LISTED, false))
            .item("mug", Map.of(Items.IS_ACTIVE, true))
            .item("POSTCARD", Map.of());
    assertEquals(
        List.of("u 1 seen 0.3", "u 2 POSTCARD 0.2", "u 3 mug 0.1"),
        scores(shop.ranked(rank("exclude_items = [post, \"gift_.*\"]"))));
    assertEquals(
        List.of("u 1 POSTCARD 0.2", "u 2 mug 0.1"),
        scores(
            shop.ranked(rank("exclude_items = [post, \"gift_.*\"]", "only_listed_items = true"))));
  }

  @Test
  void priceCountsByItsPowerAndSoldOutItemsAreLeftOut() {
    assertEquals(
        List.of("u 1 dear 1.0", "u 2 cheap 0.5", "u 3 unpriced 0.2"),
        scores(
            new RankShop()
                .scored("u", "cheap", 0.5, "als")
                .scored("u", "dear", 0.1, "als")
                .scored("u", "gone", 0.9, "als")
                .scored("u", "unpriced", 0.2, "als")
                .item("cheap", Map.of(Items.PRICE, 1.0))
                .item("dear", Map.of(Items.PRICE, 100.0, Items.STOCK, 4L))
                .item("gone", Map.of(Items.PRICE, 1.0, Items.STOCK, 0L))
                .item("unpriced", Map.of())
                .ranked(rank("price_power = 0.5"))));
  }

  @Test
  void durableItemsBoughtLatelyAreLeftOutUnlessInTheCartAgain() {
    RankShop shop =
        new RankShop()
            .scored("u", "sofa", 0.9, "repeat")
            .scored("u", "bed", 0.8, "repeat")
            .scored("u", "lamp", 0.7, "abandoned")
            .scored("u", "milk", 0.6, "repeat")
            .scored("v", "sofa", 0.5, "als")
            .pair("u", "sofa", bought(10))
            .pair("u", "bed", bought(31))
            .pair("u", "milk", bought(1))
            .pair(
                "u",
                "lamp",
                Map.of(
                    PairFeatures.PURCHASES,
                    1L,
                    PairFeatures.PURCHASE_RECENCY_DAYS,
                    3.0,
                    PairFeatures.IS_CART_OPEN,
                    true));
    for (String durable : List.of("sofa", "bed", "lamp")) {
      shop.item(durable, Map.of()).itemFeatures(durable, Map.of(ItemFeatures.REPEAT_RATE, 0.01));
    }
    shop.item("milk", Map.of()).itemFeatures("milk", Map.of(ItemFeatures.REPEAT_RATE, 0.6));
    assertEquals(
        List.of("u 1 bed 0.8", "u 2 lamp 0.7", "u 3 milk 0.6", "v 1 sofa 0.5"),
        scores(shop.ranked(rank("durable_days = 30", "durable_repeat_rate = 0.05"))));
    assertEquals(5, shop.ranked(rank("durable_days = 0")).count());
  }

  @Test
  void unopenedPushesLowerTheScoreAndHalveWithTheirAge() {
    RankShop shop =
        new RankShop()
            .scored("u", "today", 0.8, "als")
            .scored("u", "aweek", 0.8, "als")
            .scored("u", "twice", 0.8, "als")
            .scored("u", "opened", 0.8, "als")
            .scored("v", "today", 0.8, "als")
            .push("u", "today", "2026-03-11T00:00:00Z", false)
            .push("u", "today", "2026-03-10T23:59:59Z", true)
            .push("u", "aweek", "2026-03-04T00:00:00Z", false)
            .push("u", "twice", "2026-03-04T00:00:00Z", false)
            .push("u", "twice", "2026-02-25T00:00:00Z", false)
            .push("u", "opened", "2026-03-10T12:00:00Z", true);
    assertEquals(
        List.of(
            "u 1 opened 0.8", "u 2 today 0.8", "u 3 aweek 0.6", "u 4 twice 0.525", "v 1 today 0.8"),
        scores(shop.ranked(rank("unopened_decay = 0.5", "unopened_half_life_days = 7"))));
    assertEquals(
        List.of("u 1 aweek 0.8", "u 2 twice 0.8", "v 1 today 0.8"),
        scores(shop.ranked(rank("unopened_decay = 0", "pushed_days = 3"))));
  }

  @Test
  void everyItemOfAPushIsRememberedAndAPlannedOneCountsBeforeTheLogHasIt() {
    RankShop shop =
        new RankShop()
            .scored("u", "first", 0.8, "als")
            .scored("u", "second", 0.8, "als")
            .scored("u", "tomorrow", 0.8, "als")
            .scored("u", "never", 0.8, "als")
            .push("u", "first", "2026-03-04T00:00:00Z", false)
            .planned("p0", "u", "2026-03-04T00:00:00Z", "first", "second")
            .planned("p9", "u", "2026-03-11T06:00:00Z", "tomorrow");
    assertEquals(
        List.of("u 1 never 0.8", "u 2 tomorrow 0.8", "u 3 first 0.6", "u 4 second 0.6"),
        scores(shop.ranked(rank("unopened_decay = 0.5"))));
    assertEquals(
        List.of("u 1 never 0.8"),
        scores(shop.ranked(rank("unopened_decay = 0", "pushed_days = 9"))));
  }

  @Test
  void aPushIsUnopenedOnlyOnceItsTimeIsOverAndWhereItWasDelivered() {
    RankShop shop =
        new RankShop()
            .scored("u", "delivered", 0.8, "als")
            .scored("u", "lost", 0.8, "als")
            .scored("u", "fresh", 0.8, "als")
            .delivered("u", "delivered", "2026-03-04T00:00:00Z")
            .delivered("u", "fresh", "2026-03-10T00:00:01Z")
            .push("u", "lost", "2026-03-04T00:00:00Z", false);
    assertEquals(
        List.of("u 1 fresh 0.8", "u 2 lost 0.8", "u 3 delivered 0.6"),
        scores(shop.ranked(rank("unopened_decay = 0.5"))));
  }

  @Test
  void varietyReordersTheFirstPlacesAndKeepsTheOthers() {
    RankShop shop =
        new RankShop()
            .scored("u", "shirt1", 0.9, "als")
            .scored("u", "shirt2", 0.8, "als")
            .scored("u", "shirt3", 0.7, "als")
            .scored("u", "shoe", 0.6, "als")
            .scored("u", "hat", 0.1, "als")
            .item("shirt1", Map.of(Items.CATEGORY, "wear/shirts"))
            .item("shirt2", Map.of(Items.CATEGORY, "wear/shirts"))
            .item("shirt3", Map.of(Items.CATEGORY, "wear/shirts"))
            .item("shoe", Map.of(Items.CATEGORY, "wear/shoes"))
            .item("hat", Map.of(Items.CATEGORY, "wear/hats"))
            .factors("shirt1", 1f, 0f)
            .factors("shirt2", 2f, 0f)
            .factors("shirt3", 0f, 3f)
            .factors("shoe", 0f, 1f);
    assertEquals(
        List.of(
            "u 1 shirt1 0.9", "u 2 shoe 0.6", "u 3 shirt2 0.8", "u 4 shirt3 0.7", "u 5 hat 0.1"),
        scores(shop.ranked(rank("diversity = 0.5", "variety_depth = 2"))));
    assertEquals(
        List.of(
            "u 1 shirt1 0.9", "u 2 shoe 0.6", "u 3 hat 0.1", "u 4 shirt2 0.8", "u 5 shirt3 0.7"),
        scores(shop.ranked(rank("max_per_category = 1"))));
  }
}
