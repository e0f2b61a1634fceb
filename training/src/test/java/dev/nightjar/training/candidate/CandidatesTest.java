package dev.nightjar.training.candidate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.Soak;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.training.SyntheticShop;
import dev.nightjar.training.SyntheticShop.Event;
import dev.nightjar.training.TestSettings;
import dev.nightjar.training.als.AlsFactors;
import dev.nightjar.training.als.AlsTrainer;
import dev.nightjar.training.candidate.learning.CandidateConfig;
import dev.nightjar.training.table.UserFactors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class CandidatesTest {
  private static final AsOf TONIGHT = SyntheticShop.day(59);
  private static final CandidateConfig CAPS =
      TestSettings.candidates(
          "repeat = 3",
          "abandoned = 2",
          "als = 5",
          "item_item = 6",
          "user_user = 7",
          "popular = 4",
          "trending = 2",
          "cold = 12");

  private static List<Row> generated;

  @BeforeAll
  static void proposeToAGeneratedShop() {
    TestSettings.setCheckpointDirectory();
    SyntheticShop shop = SyntheticShop.generate(60, 40, 60, 31);
    List<String> users = new ArrayList<>(SyntheticShop.ids("u", 60));
    users.add("newcomer");
    generated =
        propose(
            new SyntheticShop(
                shop.events(),
                users,
                SyntheticShop.ids("i", 40),
                Map.of(),
                Map.of("i0000", 0L, "i0001", 5L)));
  }

  @Test
  void everyUserGetsCandidatesAndEachItemOnce() {
    Set<String> users = new HashSet<>();
    Set<String> pairs = new HashSet<>();
    for (Row row : generated) {
      users.add(row.getString(0));
      assertTrue(pairs.add(row.getString(0) + " " + row.getString(1)), "twice: " + row);
    }

    assertEquals(61, users.size());
  }

  @Test
  void noSourceProposesMoreThanItsCap() {
    Map<String, Map<String, Integer>> counts = new HashMap<>();
    for (Row row : generated) {
      for (String source : row.<String>getList(2)) {
        counts
            .computeIfAbsent(source, name -> new HashMap<>())
            .merge(row.getString(0), 1, Integer::sum);
      }
    }

    assertTrue(
        counts
            .keySet()
            .containsAll(Set.of("repeat", "abandoned", "als", "item_item", "user_user", "popular")),
        counts.keySet().toString());
    assertEquals(3, most(counts, "repeat"));
    assertEquals(2, most(counts, "abandoned"));
    assertEquals(5, most(counts, "als"));
    assertEquals(2, most(counts, "trending"));
    assertEquals(6, most(counts, "item_item"));
    assertEquals(7, most(counts, "user_user"));
    assertEquals(12, counts.get("popular").remove("newcomer"));
    assertEquals(4, most(counts, "popular"));
  }

  @Test
  void itemsOutOfStockAreNotProposed() {
    assertFalse(generated.stream().anyMatch(row -> row.getString(1).equals("i0000")));
    assertTrue(generated.stream().anyMatch(row -> row.getString(1).equals("i0001")));
  }

  @Test
  void alsScoresEveryCandidateThatHasFactorsAndIsNeverNaN() {
    for (Row row : generated) {
      boolean isNewcomer = row.getString(0).equals("newcomer");
      assertEquals(isNewcomer, row.isNullAt(5), row.toString());
      assertTrue(isNewcomer || Double.isFinite(row.getDouble(5)), row.toString());
    }
  }

  @Soak
  @Test
  void alsProposesTheItemsThatTryingEveryOneFinds() {
    Snapshot snapshot = SyntheticShop.generate(50, 70, 40, 17).at(TONIGHT);
    AlsFactors factors =
        AlsTrainer.train(snapshot.pairFeatures(), TestSettings.als("rank = 7", "iterations = 3"));
    Map<String, List<Float>> users = vectors(factors.users().collectAsList(), "user_id");
    Map<String, List<Float>> items = vectors(factors.items().collectAsList(), "item_id");
    Map<String, List<Row>> proposed =
        CandidateGenerator.propose(snapshot, factors, CAPS).collectAsList().stream()
            .filter(row -> row.<String>getList(2).contains("als"))
            .collect(Collectors.groupingBy(row -> row.getString(0)));

    assertEquals(users.keySet(), proposed.keySet());
    users.forEach(
        (user, vector) -> {
          List<Double> best =
              items.values().stream()
                  .map(item -> product(vector, item))
                  .sorted(Comparator.reverseOrder())
                  .toList();
          List<Double> found =
              proposed.get(user).stream()
                  .map(row -> product(vector, items.get(row.getString(1))))
                  .sorted(Comparator.reverseOrder())
                  .toList();
          assertEquals(5, found.size());
          for (int place = 0; place < found.size(); place++) {
            assertEquals(best.get(place), found.get(place), 1e-5, user);
          }
        });
  }

  @Test
  void anOpenCartAndRepeatedViewsAreAbandonedUntilBought() {
    List<Event> events =
        List.of(
            event("ann", "cart", EventTypes.CART, 2),
            event("ann", "seen", EventTypes.VIEW, 3),
            event("ann", "seen", EventTypes.VIEW, 2),
            event("ann", "once", EventTypes.VIEW, 2),
            event("ann", "done", EventTypes.CART, 3),
            event("ann", "done", EventTypes.PURCHASE, 2),
            event("ann", "old", EventTypes.CART, 40));
    Map<String, Row> byItem = byItem(propose(shop(events)), "ann");

    assertEquals(Set.of("cart", "seen"), proposedBy(byItem, "abandoned"));
    assertEquals(Set.of("done"), proposedBy(byItem, "repeat"));
    double cart = byItem.get("cart").getDouble(4);
    double seen = byItem.get("seen").getDouble(4);
    assertTrue(cart > seen, cart + " " + seen);
    assertNull(byItem.get("once").get(4));
  }

  @Soak
  @Test
  void anItemDueByItsRhythmRepeatsBeforeOneBoughtYesterday() {
    List<Event> events =
        List.of(
            event("ann", "due", EventTypes.PURCHASE, 20),
            event("ann", "due", EventTypes.PURCHASE, 10),
            event("ann", "fresh", EventTypes.PURCHASE, 11),
            event("ann", "fresh", EventTypes.PURCHASE, 1));
    Map<String, Row> byItem = byItem(propose(shop(events)), "ann");

    double due = byItem.get("due").getDouble(3);
    double fresh = byItem.get("fresh").getDouble(3);
    assertTrue(due > 2 * fresh, due + " " + fresh);
    assertEquals(Math.log(3), due, 0.05);
  }

  @Test
  void aLocaleWithEnoughPurchasesHasItsOwnPopularItems() {
    List<Event> events = new ArrayList<>();
    Map<String, String> locales = new HashMap<>();
    for (int user = 0; user < 8; user++) {
      String id = "u" + user;
      locales.put(id, user < 3 ? "fr-FR" : user < 7 ? "de-DE" : "it-IT");
      events.add(event(id, user < 3 ? "vin" : "bier", EventTypes.PURCHASE, 3));
    }
    locales.put("newcomer", "fr-FR");
    SyntheticShop shop =
        new SyntheticShop(
            events, locales.keySet(), List.of("vin", "bier", "rest"), locales, Map.of());
    CandidateConfig config =
        TestSettings.candidates(
            "popular = 1", "cold = 1", "trending = 0", "segment_min_purchases = 3");
    Snapshot snapshot = shop.at(TONIGHT);
    List<Row> rows = CandidateGenerator.propose(snapshot, none(), config).collectAsList();

    assertEquals(Set.of("vin"), proposedBy(byItem(rows, "newcomer"), "popular"));
    assertEquals(Set.of("vin"), proposedBy(byItem(rows, "u0"), "popular"));
    assertEquals(Set.of("bier"), proposedBy(byItem(rows, "u5"), "popular"));
    assertEquals(Set.of("bier"), proposedBy(byItem(rows, "u7"), "popular"));
  }

  @Test
  void ofMoreItemsThanTheShelfHoldsTheMostPopularInStockAreProposed() {
    List<Event> events = new ArrayList<>();
    Instant day = TONIGHT.end().minus(Duration.ofDays(2));
    for (int item = 0; item < 5; item++) {
      for (int user = 0; user <= item; user++) {
        events.add(new Event("u" + user, "i" + item, EventTypes.PURCHASE, day, 1));
      }
    }
    SyntheticShop shop =
        new SyntheticShop(
            events,
            List.of("u0", "u1", "u2", "u3", "u4"),
            List.of("i0", "i1", "i2", "i3", "i4", "new"),
            Map.of(),
            Map.of("i4", 0L));
    CandidateTables tables =
        CandidateGenerator.learn(
            shop.at(TONIGHT), none(), TestSettings.candidates("shelf_items = 2"));

    assertEquals(
        Set.of("i2", "i3"),
        tables.candidates().collectAsList().stream()
            .map(row -> row.<String>getAs("item_id"))
            .collect(Collectors.toSet()));
    assertTrue(tables.notes().get(0).contains("candidates.shelf_items (2)"));
  }

  @Test
  void aShopWithoutASingleEventStillProposesItsItems() {
    List<Row> rows = propose(shop(List.of()));

    assertEquals(5, rows.size());
    assertEquals(
        Set.of("popular"),
        rows.stream().flatMap(row -> row.<String>getList(2).stream()).collect(Collectors.toSet()));
  }

  @Test
  void eventsAfterTheMomentChangeNothing() {
    SyntheticShop shop =
        SyntheticShop.generate(40, 24, 60, 7)
            .titled(
                SyntheticShop.ids("i", 24).stream()
                    .collect(Collectors.toMap(id -> id, id -> "thing of kind" + id.charAt(4))));
    AsOf moment = SyntheticShop.day(44);
    List<Event> planted = new ArrayList<>();
    for (int user = 0; user < 40; user++) {
      for (int basket = 0; basket < 3; basket++) {
        String id = SyntheticShop.id("u", user);
        Instant time = moment.end().plus(Duration.ofDays(basket)).plusSeconds(1);
        planted.add(new Event(id, "i0003", EventTypes.PURCHASE, time, 1));
        planted.add(new Event(id, "i0006", EventTypes.PURCHASE, time, 1));
      }
    }

    Set<String> before = everything(shop, moment);
    Set<String> after = everything(shop.plus(planted), moment);

    assertTrue(before.stream().anyMatch(row -> row.startsWith("candidates")));
    assertTrue(before.stream().anyMatch(row -> row.startsWith("rules")));
    assertTrue(before.stream().anyMatch(row -> row.startsWith("segments")));
    assertTrue(before.stream().anyMatch(row -> row.contains("[complement,")));
    assertTrue(before.stream().anyMatch(row -> row.contains("[content,")));
    assertEquals(before, after);
  }

  @Soak
  @Test
  void twoComputationsAreEqual() {
    SyntheticShop shop = SyntheticShop.generate(40, 24, 60, 7);

    assertEquals(everything(shop, SyntheticShop.day(44)), everything(shop, SyntheticShop.day(44)));
  }

  @Soak
  @Test
  void theUsersThatNeighboursAreLearnedFromDoNotDependOnPartitions() {
    Snapshot snapshot = SyntheticShop.generate(40, 24, 60, 7).at(SyntheticShop.day(44));
    CandidateConfig ten = TestSettings.candidates("neighbour_users = 10");
    RuntimeConfig spark = TestSpark.session().conf();
    List<Set<Row>> proposed = new ArrayList<>();
    for (String partitions : List.of("1", "7", "2")) {
      spark.set("spark.sql.shuffle.partitions", partitions);
      proposed.add(Set.copyOf(CandidateGenerator.propose(snapshot, none(), ten).collectAsList()));
    }
    Set<Row> ofAll =
        Set.copyOf(
            CandidateGenerator.propose(snapshot, none(), TestSettings.candidates())
                .collectAsList());

    assertEquals(proposed.get(0), proposed.get(1));
    assertEquals(proposed.get(0), proposed.get(2));
    assertNotEquals(ofAll, proposed.get(0));
  }

  @Test
  void aSourceThatIsOffProposesNothingAndHasNoScore() {
    SyntheticShop shop = SyntheticShop.generate(20, 16, 40, 3);
    CandidateConfig only = CAPS;
    for (String source : Candidates.SOURCE_NAMES) {
      only = source.equals("item_item") ? only : only.with(source, 0);
    }
    Snapshot snapshot = shop.at(SyntheticShop.day(39));
    List<Row> rows = CandidateGenerator.propose(snapshot, none(), only).collectAsList();

    assertFalse(rows.isEmpty());
    for (Row row : rows) {
      assertEquals(List.of("item_item"), row.getList(2));
      assertNull(row.getAs("repeat_score"));
      assertNull(row.getAs("popular_score"));
      assertTrue(row.<Double>getAs("item_item_score") > 0);
      assertEquals("item_item", row.getAs("because_source"));
    }
  }

  @Soak
  @Test
  void anItemAddedTodayFindsTheBuyersOfItemsLikeIt() {
    List<Event> events =
        List.of(
            event("ann", "lamp1", EventTypes.PURCHASE, 5),
            event("bob", "spade", EventTypes.PURCHASE, 5));
    SyntheticShop shop =
        new SyntheticShop(
                events,
                List.of("ann", "bob"),
                List.of("lamp1", "lamp2", "spade", "hoe"),
                Map.of(),
                Map.of())
            .titled(
                Map.of(
                    "lamp1",
                    "Brass lamp",
                    "lamp2",
                    "Copper lamp",
                    "spade",
                    "Garden spade",
                    "hoe",
                    "Garden hoe"));
    List<Row> rows = propose(shop);

    assertEquals(Set.of("lamp2"), proposedBy(byItem(rows, "ann"), "content"));
    assertEquals(Set.of("hoe"), proposedBy(byItem(rows, "bob"), "content"));
    Row lamp = byItem(rows, "ann").get("lamp2");
    assertEquals("lamp1", lamp.getAs("because_item_id"));
    assertEquals("content", lamp.getAs("because_source"));
  }

  @Soak
  @Test
  void aShopInItsFirstWeekProposesToNewcomersAndBuyersAlike() {
    List<Event> events = new ArrayList<>();
    for (int user = 0; user < 6; user++) {
      events.add(event("u" + user, "x1", EventTypes.VIEW, 2));
      events.add(event("u" + user, user % 2 == 0 ? "x1" : "x2", EventTypes.PURCHASE, 1));
    }
    SyntheticShop shop =
        new SyntheticShop(
            events,
            List.of("u0", "u1", "u2", "u3", "u4", "u5", "newcomer"),
            List.of("x1", "x2", "x3"),
            Map.of(),
            Map.of());
    List<Row> rows = propose(shop);

    assertEquals(Set.of("x1", "x2", "x3"), byItem(rows, "newcomer").keySet());
    assertEquals(1.0, byItem(rows, "newcomer").get("x1").<Double>getAs("popular_score"));
    assertTrue(proposedBy(byItem(rows, "u0"), "repeat").contains("x1"));
    assertTrue(proposedBy(byItem(rows, "u0"), "user_user").contains("x1"));
    assertTrue(proposedBy(byItem(rows, "u1"), "item_item").contains("x1"));
  }

  @Soak
  @Test
  void whatSimilarUsersBoughtIsProposedAndWhatStrangersBoughtIsNot() {
    List<Event> events =
        List.of(
            event("ann", "tea", EventTypes.PURCHASE, 5),
            event("ann", "cup", EventTypes.PURCHASE, 5),
            event("bea", "tea", EventTypes.PURCHASE, 5),
            event("bea", "cup", EventTypes.PURCHASE, 5),
            event("bea", "pot", EventTypes.PURCHASE, 5),
            event("cid", "nail", EventTypes.PURCHASE, 5));
    SyntheticShop shop =
        new SyntheticShop(
            events,
            List.of("ann", "bea", "cid"),
            List.of("tea", "cup", "pot", "nail"),
            Map.of(),
            Map.of());
    Map<String, Row> ofAnn = byItem(propose(shop), "ann");

    assertTrue(proposedBy(ofAnn, "user_user").contains("pot"));
    assertTrue(proposedBy(ofAnn, "item_item").contains("pot"));
    assertFalse(proposedBy(ofAnn, "user_user").contains("nail"));
    assertEquals("item_item", ofAnn.get("pot").getAs("because_source"));
    assertEquals("cup", ofAnn.get("pot").getAs("because_item_id"));
  }

  /** Every row of every table, as text. */
  private static Set<String> everything(SyntheticShop shop, AsOf moment) {
    Snapshot snapshot = shop.at(moment);
    AlsFactors factors =
        AlsTrainer.train(snapshot.pairFeatures(), TestSettings.als("rank = 4", "iterations = 2"));
    CandidateTables tables =
        CandidateGenerator.learn(
            snapshot,
            factors,
            TestSettings.candidates(
                "rules_min_baskets = 2",
                "rules_min_lift = 1.0",
                "segment_min_users = 10",
                "segment_min_purchases = 5"));
    Set<String> rows = new HashSet<>();
    Map.of(
            "candidates", tables.candidates(),
            "neighbours", tables.itemNeighbours(),
            "rules", tables.associationRules(),
            "segments", tables.segments(),
            "user_segments", tables.userSegments())
        .forEach(
            (table, of) -> of.collectAsList().forEach(row -> rows.add(table + row.toString())));
    return rows;
  }

  private static int most(Map<String, Map<String, Integer>> counts, String source) {
    return counts.get(source).values().stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  private static Event event(String user, String item, String type, int daysAgo) {
    return new Event(
        user, item, type, TONIGHT.end().minus(Duration.ofDays(daysAgo)).minusSeconds(60), 1);
  }

  private static SyntheticShop shop(List<Event> events) {
    Set<String> items = new HashSet<>(Set.of("x1", "x2", "x3", "x4", "x5"));
    events.forEach(event -> items.add(event.item()));
    return new SyntheticShop(events, List.of("ann"), items, Map.of(), Map.of());
  }

  private static AlsFactors none() {
    return AlsTrainer.train(
        shop(List.of()).at(TONIGHT).pairFeatures(), TestSettings.als("rank = 2"));
  }

  private static Map<String, List<Float>> vectors(List<Row> factors, String id) {
    return factors.stream()
        .collect(
            Collectors.toMap(
                row -> row.getAs(id), row -> row.getList(row.fieldIndex(UserFactors.FACTORS))));
  }

  private static double product(List<Float> one, List<Float> other) {
    return IntStream.range(0, one.size())
        .mapToDouble(factor -> (double) one.get(factor) * other.get(factor))
        .sum();
  }

  private static List<Row> propose(SyntheticShop shop) {
    Snapshot snapshot = shop.at(TONIGHT);
    AlsFactors factors =
        AlsTrainer.train(snapshot.pairFeatures(), TestSettings.als("rank = 4", "iterations = 2"));
    return CandidateGenerator.propose(snapshot, factors, CAPS).collectAsList();
  }

  private static Map<String, Row> byItem(List<Row> rows, String user) {
    return rows.stream()
        .filter(row -> row.getString(0).equals(user))
        .collect(Collectors.toMap(row -> row.getString(1), row -> row));
  }

  private static Set<String> proposedBy(Map<String, Row> byItem, String source) {
    return byItem.values().stream()
        .filter(row -> row.<String>getList(2).contains(source))
        .map(row -> row.getString(1))
        .collect(Collectors.toSet());
  }
}
