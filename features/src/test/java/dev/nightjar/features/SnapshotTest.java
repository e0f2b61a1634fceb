package dev.nightjar.features;

import static dev.nightjar.features.FeatureRows.by;
import static dev.nightjar.features.FeatureRows.config;
import static dev.nightjar.features.FeatureRows.event;
import static dev.nightjar.features.FeatureRows.events;
import static dev.nightjar.features.FeatureRows.item;
import static dev.nightjar.features.FeatureRows.items;
import static dev.nightjar.features.FeatureRows.push;
import static dev.nightjar.features.FeatureRows.pushes;
import static dev.nightjar.features.FeatureRows.user;
import static dev.nightjar.features.FeatureRows.users;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.config.Configs;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.UserFeatures;
import java.sql.Date;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  /** Ends at 2026-04-01T00:00Z. */
  private static final AsOf MARCH = new AsOf(LocalDate.parse("2026-03-31"), ZoneId.of("UTC"));

  private static final Dataset<Row> EVENTS =
      events(
          // ann: a cart that became a purchase on two days; tea looked at and left in the cart
          event("ann", "cup", "view", "2026-03-02T00:00:00Z", 10.0, 1),
          event("ann", "cup", "cart", "2026-03-02T00:00:00Z", 10.0, 1),
          event("ann", "cup", "purchase", "2026-03-02T00:00:00Z", 10.0, 2),
          event("ann", "cup", "purchase", "2026-03-22T00:00:00Z", 11.0, 1),
          event("ann", "tea", "view", "2026-03-31T12:00:00Z", 4.0, 1),
          event("ann", "tea", "cart", "2026-03-31T12:30:00Z", 4.0, 1),
          // bob: bought and sent back
          event("bob", "hat", "cart", "2026-03-10T08:00:00Z", 50.0, 1),
          event("bob", "hat", "purchase", "2026-03-10T09:00:00Z", 50.0, 1),
          event("bob", "hat", "return", "2026-03-12T09:00:00Z", 50.0, 1),
          event("bob", null, "app_open", "2026-03-30T00:00:00Z", null, 1),
          // cy: an old view without a price
          event("cy", "pen", "view", "2025-12-01T00:00:00Z", null, 1));

  private static final Dataset<Row> ITEMS =
      items(
          item("cup", "kitchen/cups", 99.0, "2026-01-31T00:00:00Z"),
          item("tea", "food/tea", 4.0, "2026-01-01T00:00:00Z"),
          item("hat", "clothes", 50.0, null),
          item("pen", null, 1.0, null),
          item("mug", "kitchen", 7.0, "2026-03-31T00:00:00Z"));

  private static final Dataset<Row> USERS =
      users(
          user("ann", "2026-02-20T00:00:00Z"),
          user("bob", "2026-03-30T00:00:00Z"),
          user("dee", "2026-03-31T00:00:00Z"));

  private static final Dataset<Row> PUSHES =
      pushes(
          push("ann", "2026-03-30T10:00:00Z", "2026-03-30T10:05:00Z"),
          push("ann", "2026-03-20T10:00:00Z", null),
          push("eve", "2026-01-01T10:00:00Z", null),
          push("eve", "2026-01-02T10:00:00Z", null));

  private static Map<String, Row> pairs;
  private static Map<String, Row> items;
  private static Map<String, Row> users;

  @BeforeAll
  static void compute() {
    Snapshot snapshot = Snapshot.compute(EVENTS, ITEMS, USERS, PUSHES, MARCH, config());
    assertEquals("", PairFeatures.TABLE.differenceTo(snapshot.pairFeatures().schema()));
    assertEquals("", ItemFeatures.TABLE.differenceTo(snapshot.itemFeatures().schema()));
    assertEquals("", UserFeatures.TABLE.differenceTo(snapshot.userFeatures().schema()));
    pairs = by(snapshot.pairFeatures(), PairFeatures.USER_ID, PairFeatures.ITEM_ID);
    items = by(snapshot.itemFeatures(), ItemFeatures.ITEM_ID);
    users = by(snapshot.userFeatures(), UserFeatures.USER_ID);
  }

  @Test
  void sumsWeightsAndHalvesThemEveryHalfLife() {
    Row cup = pairs.get("ann|cup");

    // view 1, cart 4 and purchase 8 of one half-life ago; a purchase of 10 days ago
    double strength = (1 + 4 + 8) / 2.0 + 8 * Math.pow(2, -10 / 30.0);
    assertEquals(strength, cup.<Double>getAs(PairFeatures.STRENGTH), 1e-8);
    assertEquals(1L, cup.<Long>getAs(PairFeatures.VIEWS));
    assertEquals(1L, cup.<Long>getAs(PairFeatures.CARTS));
    assertEquals(2L, cup.<Long>getAs(PairFeatures.PURCHASES));
    assertEquals(3L, cup.<Long>getAs(PairFeatures.QUANTITY));
    assertEquals(10.0, cup.<Double>getAs(PairFeatures.RECENCY_DAYS));
    assertEquals(10.0, cup.<Double>getAs(PairFeatures.PURCHASE_RECENCY_DAYS));
    assertEquals(20.0, cup.<Double>getAs(PairFeatures.PURCHASE_GAP_DAYS));
    assertEquals(2L, cup.<Long>getAs(PairFeatures.PURCHASES_30D));
    assertEquals(2L, cup.<Long>getAs(PairFeatures.PURCHASES_90D));
    assertEquals(Date.valueOf("2026-03-02"), cup.<Date>getAs(PairFeatures.FIRST_PURCHASE_DATE));
    assertEquals(Date.valueOf("2026-03-22"), cup.<Date>getAs(PairFeatures.LAST_PURCHASE_DATE));
  }

  @Test
  void aCartIsOpenUntilACheckoutEvenIfThePurchaseWasReturned() {
    assertFalse(pairs.get("ann|cup").<Boolean>getAs(PairFeatures.IS_CART_OPEN));
    assertTrue(pairs.get("ann|tea").<Boolean>getAs(PairFeatures.IS_CART_OPEN));
    assertFalse(pairs.get("bob|hat").<Boolean>getAs(PairFeatures.IS_CART_OPEN));
    assertFalse(pairs.get("cy|pen").<Boolean>getAs(PairFeatures.IS_CART_OPEN));
  }

  @Test
  void aReturnedPurchaseLeavesNeitherStrengthNorCountsNorSpend() {
    Row hat = pairs.get("bob|hat");
    Row bob = users.get("bob");

    double cartAlone = 4 * Math.pow(2, -(21 + 16 / 24.0) / 30.0);
    assertEquals(cartAlone, hat.<Double>getAs(PairFeatures.STRENGTH), 1e-8);
    assertEquals(0L, hat.<Long>getAs(PairFeatures.PURCHASES));
    assertEquals(0L, hat.<Long>getAs(PairFeatures.QUANTITY));
    assertNull(hat.getAs(PairFeatures.PURCHASE_RECENCY_DAYS));
    assertNull(hat.getAs(PairFeatures.PURCHASE_GAP_DAYS));
    assertNull(hat.getAs(PairFeatures.LAST_PURCHASE_DATE));
    assertEquals(0.0, bob.<Double>getAs(UserFeatures.SPEND_30D));
    assertEquals(List.of(), bob.getList(bob.fieldIndex(UserFeatures.PURCHASE_DATES)));
    assertNull(bob.getAs(UserFeatures.MEAN_BASKET_LINES));
    assertEquals(0L, bob.<Long>getAs(UserFeatures.ITEMS_BOUGHT));
    assertNull(bob.getAs(UserFeatures.REPEAT_SHARE));
    assertNull(bob.getAs(UserFeatures.MEAN_BASKET_VALUE));
    assertNull(bob.getAs(UserFeatures.PURCHASE_RECENCY_DAYS));
    assertEquals(0L, items.get("hat").<Long>getAs(ItemFeatures.PURCHASES_30D));
    assertNull(items.get("hat").getAs(ItemFeatures.PURCHASE_RECENCY_DAYS));
  }

  @Test
  void countsTheWindowsOfAUser() {
    Row ann = users.get("ann");

    assertEquals(40.0, ann.<Double>getAs(UserFeatures.AGE_DAYS));
    assertEquals(11.5 / 24, ann.<Double>getAs(UserFeatures.RECENCY_DAYS), 1e-9);
    assertEquals(6L, ann.<Long>getAs(UserFeatures.EVENTS_30D));
    assertEquals(3L, ann.<Long>getAs(UserFeatures.SESSIONS_30D));
    assertEquals(1L, ann.<Long>getAs(UserFeatures.VIEWS_1D));
    assertEquals(2L, ann.<Long>getAs(UserFeatures.VIEWS_30D));
    assertEquals(0L, ann.<Long>getAs(UserFeatures.PURCHASES_7D));
    assertEquals(2L, ann.<Long>getAs(UserFeatures.PURCHASES_30D));
    assertEquals(31.0, ann.<Double>getAs(UserFeatures.SPEND_30D));
    assertEquals(2L, ann.<Long>getAs(UserFeatures.BASKETS_90D));
    assertEquals(2L, ann.<Long>getAs(UserFeatures.DISTINCT_ITEMS_90D));
    assertEquals(15.5, ann.<Double>getAs(UserFeatures.MEAN_BASKET_VALUE));
    assertEquals(
        List.of(Date.valueOf("2026-03-02"), Date.valueOf("2026-03-22")),
        ann.getList(ann.fieldIndex(UserFeatures.PURCHASE_DATES)));
    assertEquals(1.0, ann.<Double>getAs(UserFeatures.MEAN_BASKET_LINES));
    assertEquals(1L, ann.<Long>getAs(UserFeatures.ITEMS_BOUGHT));
    // two days of the cup, of which one came back
    assertEquals(0.5, ann.<Double>getAs(UserFeatures.REPEAT_SHARE));
    List<Double> hours = ann.getList(ann.fieldIndex(UserFeatures.HOUR_HISTOGRAM));
    assertEquals(24, hours.size());
    assertEquals(4 / 6.0, hours.get(0));
    assertEquals(2 / 6.0, hours.get(12));
    List<Double> weekdays = ann.getList(ann.fieldIndex(UserFeatures.WEEKDAY_HISTOGRAM));
    assertEquals(List.of(3 / 6.0, 2 / 6.0, 0.0, 0.0, 0.0, 0.0, 1 / 6.0), weekdays);
  }

  @Test
  void sharesTheStrengthOfAUserAmongCategoriesAndPriceBands() {
    Row ann = users.get("ann");
    double cup = pairs.get("ann|cup").<Double>getAs(PairFeatures.STRENGTH);
    double tea = pairs.get("ann|tea").<Double>getAs(PairFeatures.STRENGTH);

    Map<String, Double> taste = ann.getJavaMap(ann.fieldIndex(UserFeatures.CATEGORY_TASTE));
    assertEquals(Set.of("kitchen", "food"), taste.keySet());
    assertEquals(cup / (cup + tea), taste.get("kitchen"), 1e-12);
    assertEquals(
        cup / (cup + tea),
        pairs.get("ann|cup").<Double>getAs(PairFeatures.CATEGORY_AFFINITY),
        1e-12);
    // prices 1, 4, 7, 11, 50: one item in each fifth
    List<Double> bands = ann.getList(ann.fieldIndex(UserFeatures.PRICE_BAND_TASTE));
    assertEquals(tea / (cup + tea), bands.get(1), 1e-12);
    assertEquals(cup / (cup + tea), bands.get(3), 1e-12);
    assertEquals(0.0, pairs.get("cy|pen").<Double>getAs(PairFeatures.CATEGORY_AFFINITY));
    assertEquals(
        Map.of(),
        users.get("cy").getJavaMap(users.get("cy").fieldIndex(UserFeatures.CATEGORY_TASTE)));
  }

  @Test
  void keepsOnlyTheStrongestCategories() {
    FeatureConfig one = Configs.of(FeatureConfig.class, "features", "top_categories = 1");
    Snapshot snapshot = Snapshot.compute(EVENTS, ITEMS, USERS, PUSHES, MARCH, one);

    Row ann = by(snapshot.userFeatures(), UserFeatures.USER_ID).get("ann");
    Map<String, Double> taste = ann.getJavaMap(ann.fieldIndex(UserFeatures.CATEGORY_TASTE));
    assertEquals(Set.of("kitchen"), taste.keySet());
    assertTrue(taste.get("kitchen") < 1.0);
  }

  @Test
  void describesItemsWithAndWithoutEvents() {
    Row cup = items.get("cup");
    Row mug = items.get("mug");

    assertEquals(Set.of("cup", "tea", "hat", "pen", "mug"), items.keySet());
    assertEquals("kitchen", cup.<String>getAs(ItemFeatures.TOP_CATEGORY));
    assertEquals(11.0, cup.<Double>getAs(ItemFeatures.PRICE));
    assertEquals(3, cup.<Integer>getAs(ItemFeatures.PRICE_BAND));
    assertEquals(60.0, cup.<Double>getAs(ItemFeatures.AGE_DAYS));
    assertEquals(2L, cup.<Long>getAs(ItemFeatures.PURCHASES_30D));
    assertEquals(1L, cup.<Long>getAs(ItemFeatures.BUYERS_30D));
    assertEquals(1L, cup.<Long>getAs(ItemFeatures.BUYERS));
    assertEquals(1L, cup.<Long>getAs(ItemFeatures.NEW_BUYERS_30D));
    assertEquals(10.0, cup.<Double>getAs(ItemFeatures.PURCHASE_RECENCY_DAYS));
    // shop, 90 days: 2 purchases of 2 views; cup: 2 of 1, clipped
    assertEquals(1.0, cup.<Double>getAs(ItemFeatures.CONVERSION));
    // one of one buyers came back, in the shop as for the cup
    assertEquals(1.0, cup.<Double>getAs(ItemFeatures.REPEAT_RATE));
    // 7 days: nothing; 28 before: view, cart and two purchases
    assertEquals(Math.log(1 / (1 + 21 / 28.0)), cup.<Double>getAs(ItemFeatures.TREND), 1e-12);
    assertEquals(
        Math.log((2 / 30.0 + 1 / 8.0) / (2 / 90.0 + 1 / 8.0)),
        cup.<Double>getAs(ItemFeatures.SEASON_TREND),
        1e-12);
    assertEquals(1.5, cup.<Double>getAs(ItemFeatures.MEAN_QUANTITY));
    assertEquals(7.0, mug.<Double>getAs(ItemFeatures.PRICE));
    assertEquals(2, mug.<Integer>getAs(ItemFeatures.PRICE_BAND));
    assertEquals(0.0, mug.<Double>getAs(ItemFeatures.POPULARITY));
    assertEquals(0.0, mug.<Double>getAs(ItemFeatures.TREND));
    assertEquals(1.0, mug.<Double>getAs(ItemFeatures.AGE_DAYS));
  }

  @Test
  void shrinksTheOpenRateToTheShops() {
    assertEquals(Set.of("ann", "bob", "cy", "dee", "eve"), users.keySet());
    // shop: 1 opened of 4
    assertEquals((1 + 10 * 0.25) / 12, users.get("ann").<Double>getAs(UserFeatures.OPEN_RATE));
    assertEquals((0 + 10 * 0.25) / 12, users.get("eve").<Double>getAs(UserFeatures.OPEN_RATE));
    assertEquals(0.25, users.get("dee").<Double>getAs(UserFeatures.OPEN_RATE));
    assertEquals(1L, users.get("ann").<Long>getAs(UserFeatures.PUSHES_7D));
    assertEquals(2L, users.get("ann").<Long>getAs(UserFeatures.PUSHES_30D));
    assertNull(users.get("eve").getAs(UserFeatures.RECENCY_DAYS));
    assertEquals(
        Collections.nCopies(24, 0.0),
        users.get("eve").getList(users.get("eve").fieldIndex(UserFeatures.HOUR_HISTOGRAM)));
  }

  @Test
  void whatHappensAfterTheMomentChangesNoRow() {
    Dataset<Row> later =
        events(
            event("ann", "cup", "return", "2026-04-01T00:00:00Z", 11.0, 3),
            event("ann", "tea", "purchase", "2026-04-01T00:00:01Z", 400.0, 1),
            event("bob", "new", "view", "2026-04-02T00:00:00Z", 1.0, 1),
            event("zoe", "cup", "purchase", "2026-05-01T00:00:00Z", 0.5, 9));
    Dataset<Row> laterItems = items(item("new", "kitchen", 1.0, "2026-04-02T00:00:00Z"));
    Dataset<Row> laterUsers = users(user("zoe", "2026-05-01T00:00:00Z"));
    Dataset<Row> laterPushes =
        pushes(
            push("ann", "2026-04-01T00:00:00Z", "2026-04-01T01:00:00Z"),
            push("zoe", "2026-05-01T00:00:00Z", null));
    Dataset<Row> openedLater =
        PUSHES
            .where("opened_at is not null")
            .unionByName(
                pushes(
                    push("ann", "2026-03-20T10:00:00Z", "2026-04-01T00:00:00Z"),
                    push("eve", "2026-01-01T10:00:00Z", "2026-04-07T00:00:00Z"),
                    push("eve", "2026-01-02T10:00:00Z", null)));

    Snapshot leaky =
        Snapshot.compute(
            EVENTS.union(later),
            ITEMS.union(laterItems),
            USERS.union(laterUsers),
            openedLater.union(laterPushes),
            MARCH,
            config());

    assertEquals(pairs, by(leaky.pairFeatures(), PairFeatures.USER_ID, PairFeatures.ITEM_ID));
    assertEquals(items, by(leaky.itemFeatures(), ItemFeatures.ITEM_ID));
    assertEquals(users, by(leaky.userFeatures(), UserFeatures.USER_ID));
    assertEquals(4, leaky.pushes().count());
    assertEquals(1, leaky.pushes().where("opened_at is not null").count());
    assertEquals(11, leaky.events().count());
    assertEquals(5, leaky.items().count());
    assertEquals(3, leaky.users().count());
  }

  @Test
  void nothingInGivesNothingOut() {
    Snapshot snapshot = Snapshot.compute(events(), items(), users(), pushes(), MARCH, config());

    assertTrue(snapshot.pairFeatures().isEmpty());
    assertTrue(snapshot.itemFeatures().isEmpty());
    assertTrue(snapshot.userFeatures().isEmpty());
  }

  @Test
  void aShopWithPurchasesAloneHasFeaturesWithoutNulls() {
    Snapshot snapshot =
        Snapshot.compute(
            events(
                event("u", "a", "purchase", "2026-03-30T10:00:00Z", 2.0, 1),
                event("v", "a", "purchase", "2026-03-30T10:00:00Z", 2.0, 1),
                event("v", "b", "purchase", "2026-03-30T10:00:00Z", null, 1)),
            items(),
            users(),
            pushes(),
            MARCH,
            config());

    Map<String, Row> items = by(snapshot.itemFeatures(), ItemFeatures.ITEM_ID);
    // the item's share of the shop's 3 purchases, shrunk to one of two items by 50
    assertEquals((2 + 25) / 53.0, items.get("a").<Double>getAs(ItemFeatures.CONVERSION), 1e-12);
    assertEquals((1 + 25) / 53.0, items.get("b").<Double>getAs(ItemFeatures.CONVERSION), 1e-12);
    assertEquals(0, items.get("a").<Integer>getAs(ItemFeatures.PRICE_BAND));
    assertNull(items.get("b").getAs(ItemFeatures.PRICE_BAND));
    Row v = by(snapshot.userFeatures(), UserFeatures.USER_ID).get("v");
    assertEquals(2.0, v.<Double>getAs(UserFeatures.SPEND_7D));
    assertNull(v.getAs(UserFeatures.OPEN_RATE));
  }

  @Test
  void windowsAreDaysOfTheShopAlsoWhenADayHas23Hours() {
    // Clocks go forward in London on 2026-03-29: that day is 00:00Z to 23:00Z.
    AsOf spring = new AsOf(LocalDate.parse("2026-03-29"), ZoneId.of("Europe/London"));
    Dataset<Row> edges =
        events(
            event("u", "a", "view", "2026-03-28T23:59:59Z", 1.0, 1),
            event("u", "a", "view", "2026-03-29T00:00:00Z", 1.0, 1),
            event("u", "a", "view", "2026-03-29T22:59:59Z", 1.0, 1),
            event("u", "a", "view", "2026-03-29T23:00:00Z", 1.0, 1));

    Row u =
        Snapshot.compute(edges, items(), users(), pushes(), spring, config())
            .userFeatures()
            .first();

    assertEquals(2L, u.<Long>getAs(UserFeatures.VIEWS_1D));
    assertEquals(3L, u.<Long>getAs(UserFeatures.VIEWS_7D));
    assertEquals(1 / 86_400.0, u.<Double>getAs(UserFeatures.RECENCY_DAYS), 1e-9);
  }

  @Test
  void aRatingWeighsInProportionToItsValue() {
    Dataset<Row> ratings =
        events(
            event("u", "a", "rating", "2026-03-02T00:00:00Z", null, 1, 5.0),
            event("u", "b", "rating", "2026-03-02T00:00:00Z", null, 1, 2.5),
            event("u", "c", "rating", "2026-03-02T00:00:00Z", null, 1));

    Map<String, Row> rated =
        by(
            Snapshot.compute(ratings, items(), users(), pushes(), MARCH, config()).pairFeatures(),
            PairFeatures.ITEM_ID);

    assertEquals(2.0, rated.get("a").<Double>getAs(PairFeatures.STRENGTH));
    assertEquals(1.0, rated.get("b").<Double>getAs(PairFeatures.STRENGTH));
    assertEquals(0.0, rated.get("c").<Double>getAs(PairFeatures.STRENGTH));
  }
}
