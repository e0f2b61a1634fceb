package dev.nightjar.features;

import static dev.nightjar.features.FeatureRows.event;
import static dev.nightjar.features.FeatureRows.events;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ReturnsTest {
  @Test
  void aReturnTakesBackTheUnitsBoughtLast() {
    Dataset<Row> events =
        events(
            event("u", "a", "purchase", "2026-03-01T10:00:00Z", 2.0, 5),
            event("u", "a", "purchase", "2026-03-02T10:00:00Z", 2.0, 3),
            event("u", "a", "return", "2026-03-03T10:00:00Z", 2.0, 4),
            event("u", "a", "purchase", "2026-03-04T10:00:00Z", 2.0, 1),
            event("u", "b", "purchase", "2026-03-01T10:00:00Z", 2.0, 7));

    assertEquals(
        Map.of(
            "u|a|purchase|2026-03-01T10:00:00Z", 4,
            "u|a|purchase|2026-03-04T10:00:00Z", 1,
            "u|b|purchase|2026-03-01T10:00:00Z", 7),
        kept(events));
  }

  @Test
  void aReturnWithoutAnEarlierPurchaseTakesNothingFromALaterOne() {
    Dataset<Row> events =
        events(
            event("u", "a", "return", "2026-03-01T10:00:00Z", 2.0, 9),
            event("u", "a", "purchase", "2026-03-02T10:00:00Z", 2.0, 2),
            event("u", "a", "return", "2026-03-03T10:00:00Z", 2.0, 1));

    assertEquals(Map.of("u|a|purchase|2026-03-02T10:00:00Z", 1), kept(events));
  }

  @Test
  void aReturnAtTheMomentOfThePurchaseComesAfterIt() {
    Dataset<Row> events =
        events(
            event("u", "a", "return", "2026-03-01T10:00:00Z", 2.0, 2),
            event("u", "a", "purchase", "2026-03-01T10:00:00Z", 2.0, 2));

    assertEquals(Map.of(), kept(events));
  }

  @Test
  void eventsThatAreNotPurchasesPassAsTheyAreWithTheirColumnsInOrder() {
    Dataset<Row> views =
        events(
            event("u", "a", "view", "2026-03-01T10:00:00Z", null, 1),
            event("u", null, "app_open", "2026-03-01T09:00:00Z", null, 1));

    Dataset<Row> passed = Returns.withKept(views);

    assertEquals(List.of(views.columns()), List.of(passed.drop(Returns.KEPT).columns()));
    assertEquals(
        FeatureRows.by(views, CleanEvents.EVENT_ID),
        FeatureRows.by(passed.drop(Returns.KEPT), CleanEvents.EVENT_ID));
    assertEquals(
        Map.of("u|a|view|2026-03-01T10:00:00Z", 1, "u|null|app_open|2026-03-01T09:00:00Z", 1),
        kept(views));
  }

  @Test
  void agreesWithAStackOfUnitsOnRandomTrades() {
    Random random = new Random(17);
    List<Row> trades = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      trades.add(
          event(
              "u" + random.nextInt(20),
              "i" + random.nextInt(5),
              random.nextInt(3) == 0 ? "return" : "purchase",
              // Seconds apart, so that an id is taken once, but in no order.
              Instant.parse("2026-03-01T00:00:00Z").plusSeconds((i * 7919L) % 100_003).toString(),
              1.0,
              1 + random.nextInt(6)));
    }

    assertEquals(stacked(trades), kept(events(trades.toArray(Row[]::new))));
  }

  /** One entry on the stack for each unit. */
  private static Map<String, Integer> stacked(List<Row> trades) {
    Map<String, Deque<String>> stacks = new HashMap<>();
    List<Row> inOrder = new ArrayList<>(trades);
    inOrder.sort(Comparator.comparing(row -> row.<Timestamp>getAs(CleanEvents.EVENT_TIME)));
    for (Row row : inOrder) {
      Deque<String> stack =
          stacks.computeIfAbsent(
              row.<String>getAs(CleanEvents.USER_ID) + row.<String>getAs(CleanEvents.ITEM_ID),
              pair -> new ArrayDeque<>());
      for (int unit = 0; unit < row.<Integer>getAs(CleanEvents.QUANTITY); unit++) {
        if (EventTypes.PURCHASE.equals(row.getAs(CleanEvents.EVENT_TYPE))) {
          stack.push(row.<String>getAs(CleanEvents.EVENT_ID));
        } else {
          stack.poll();
        }
      }
    }
    Map<String, Integer> units = new TreeMap<>();
    stacks.values().forEach(stack -> stack.forEach(id -> units.merge(id, 1, Integer::sum)));
    return units;
  }

  /** Units left of each event of which any are; a return itself is none. */
  private static Map<String, Integer> kept(Dataset<Row> events) {
    Map<String, Integer> units = new TreeMap<>();
    for (Row row : Returns.withKept(events).where(Returns.isKept()).collectAsList()) {
      if (!EventTypes.RETURN.equals(row.getAs(CleanEvents.EVENT_TYPE))) {
        units.put(row.getAs(CleanEvents.EVENT_ID), Math.toIntExact(row.<Long>getAs(Returns.KEPT)));
      }
    }
    return units;
  }
}
