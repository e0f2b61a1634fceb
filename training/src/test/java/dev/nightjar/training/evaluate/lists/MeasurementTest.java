package dev.nightjar.training.evaluate.lists;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.training.evaluate.ListMetric;
import dev.nightjar.training.evaluate.Resampling;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class MeasurementTest {
  private static final double EXACT = 1e-12;
  private static final Resampling RESAMPLING = new Resampling(200, 1);

  /** Items a to e, by index 0 to 4; e was listed but never seen. */
  private static final KnownItems ITEMS =
      new KnownItems(
          List.of(
              new KnownItems.Item("e", 0, 0, Double.NaN, "lamps"),
              new KnownItems.Item("a", 5, 0, 200, "toys"),
              new KnownItems.Item("b", 3, 3, 40, "toys"),
              new KnownItems.Item("c", 3, 1, 20, "lamps"),
              new KnownItems.Item("d", 1, 1, 10, null)));

  private static Shopper shopper(String id, List<Integer> frequent, Map<Integer, Integer> after) {
    return Shopper.known(id, frequent.size(), frequent, new TreeMap<>(after));
  }

  private static ListBook book(Shopper... shoppers) {
    ListBook book = new ListBook(List.of(shoppers), 3);
    book.open(ListBook.BLEND);
    Baselines.write(book, ITEMS);
    return book;
  }

  private static Measurement measure(ListBook book, Scenario scenario, int days) {
    return Measurement.of(book, ITEMS, scenario, days, shopper -> !shopper.isCold(), RESAMPLING);
  }

  @Test
  void popularGoesByBuyersAndPersonalByBasketsFilledWithPopular() {
    ListBook book = book(shopper("ann", List.of(3, 1), Map.of(0, 0)));
    assertArrayEquals(new int[] {0, 1, 2}, book.lists(Baselines.POPULAR, Scenario.ALL)[0]);
    assertArrayEquals(new int[] {1, 2, 3}, book.lists(Baselines.RECENT_POPULAR, Scenario.ALL)[0]);
    assertArrayEquals(new int[] {3, 1, 0}, book.lists(Baselines.PERSONAL, Scenario.ALL)[0]);
  }

  @Test
  void newAndRepeatListsLeaveOutTheOtherItemsBeforeTheCut() {
    ListBook book = book(shopper("ann", List.of(1), Map.of(0, 0)));
    assertArrayEquals(new int[] {0, 2, 3}, book.lists(Baselines.POPULAR, Scenario.NEW)[0]);
    assertArrayEquals(new int[] {1}, book.lists(Baselines.POPULAR, Scenario.REPEAT)[0]);
  }

  @Test
  void onlyPurchasesOfSeenItemsWithinTheHorizonCount() {
    Shopper ann = shopper("ann", List.of(1), Map.of(0, 9, 1, 10, 2, 3, 4, 0));
    assertArrayEquals(new int[] {0, 2}, ann.relevant(Scenario.ALL, 10, ITEMS));
    assertArrayEquals(new int[] {0, 1, 2}, ann.relevant(Scenario.ALL, 11, ITEMS));
    assertArrayEquals(new int[] {1}, ann.relevant(Scenario.REPEAT, 11, ITEMS));
    assertArrayEquals(new int[] {0, 2}, ann.relevant(Scenario.NEW, 11, ITEMS));
  }

  @Test
  void usersWithoutARelevantItemAndColdOnesAreLeftOut() {
    Shopper ann = shopper("ann", List.of(1), Map.of(0, 0));
    Shopper bob = shopper("bob", List.of(1), Map.of(4, 0));
    Shopper cid = Shopper.cold("cid", new TreeMap<>(Map.of(0, 0)));
    Measurement all = measure(book(ann, bob, cid), Scenario.ALL, 5);
    assertEquals(1, all.users());
    assertEquals(1, all.relevantItems());
    assertEquals(0, measure(book(ann, bob, cid), Scenario.REPEAT, 5).users());
  }

  @Test
  void aUserWithoutAListScoresZero() {
    Measurement all = measure(book(shopper("ann", List.of(), Map.of(0, 0))), Scenario.ALL, 5);
    assertArrayEquals(new double[] {0}, all.values(ListBook.BLEND, ListMetric.NDCG, 3), EXACT);
    assertArrayEquals(new double[] {1}, all.values(Baselines.POPULAR, ListMetric.NDCG, 3), EXACT);
    assertEquals(
        -1,
        all.differences(ListBook.BLEND, Baselines.POPULAR, List.of(3)).get("3").get("ndcg").mean());
  }

  @Test
  void youngItemsAreFoundByThoseListsThatShowThem() {
    ListBook book = book(shopper("ann", List.of(), Map.of(0, 0, 2, 0, 4, 1)));
    List<HorizonFigures.ItemAge> ages = new ItemAges(book, ITEMS, 2).measure(5);
    HorizonFigures.ItemAge none = ages.get(0);
    HorizonFigures.ItemAge young = ages.get(1);
    assertEquals(List.of("no event", 1L, 1L), List.of(none.group(), none.items(), none.relevant()));
    assertEquals(
        List.of("0-29 days", 2L, 1L), List.of(young.group(), young.items(), young.relevant()));
    assertEquals(0.0, young.recall().get("popular"), EXACT);
    assertEquals(1.0, young.recall().get("recent_popular"), EXACT);
    assertEquals(0.5, young.shareOfPlaces().get("recent_popular"), EXACT);
    assertTrue(Double.isNaN(young.shareOfPlaces().get("blend")));
  }

  @Test
  void varietyOfTheListsIsTakenOverTheSeenItems() {
    Measurement all = measure(book(shopper("ann", List.of(), Map.of(0, 0))), Scenario.ALL, 5);
    Map<String, Double> variety =
        new VarietyMeter(all, ITEMS, Map.of(0, new float[] {1, 0}, 1, new float[] {0, 1}))
            .measure(Baselines.POPULAR, 3);
    assertEquals(0.75, variety.get("coverage"), EXACT);
    assertEquals(1.0, variety.get("diversity_factors"), EXACT);
    assertEquals(2.0 / 3, variety.get("diversity_category"), EXACT);
    double bits = -(Math.log(6.0 / 17) + 2 * Math.log(4.0 / 17)) / Math.log(2) / 3;
    assertEquals(bits, variety.get("novelty"), EXACT);
  }
}
