package dev.nightjar.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ListMetricTest {
  private static final double EXACT = 1e-12;

  @Test
  void measuresAListByHand() {
    boolean[] isHit = {false, true, true, false};
    double log3 = Math.log(3) / Math.log(2);
    assertEquals((1 / log3 + 0.5) / (1 + 1 / log3 + 0.5), ListMetric.NDCG.of(isHit, 3, 4), EXACT);
    assertEquals(2.0 / 5, ListMetric.PRECISION.of(isHit, 3, 5), EXACT);
    assertEquals(2.0 / 3, ListMetric.RECALL.of(isHit, 3, 4), EXACT);
    assertEquals((1.0 / 2 + 2.0 / 3) / 3, ListMetric.AVERAGE_PRECISION.of(isHit, 3, 4), EXACT);
    assertEquals(1.0, ListMetric.HIT_RATE.of(isHit, 3, 2), EXACT);
    assertEquals(0.0, ListMetric.HIT_RATE.of(isHit, 3, 1), EXACT);
    assertEquals(0.5, ListMetric.RECIPROCAL_RANK.of(isHit, 3, 4), EXACT);
  }

  @Test
  void anEmptyListIsWorthNothing() {
    for (ListMetric metric : ListMetric.values()) {
      assertEquals(0.0, metric.of(new boolean[0], 2, 10), EXACT, metric.key());
    }
  }

  @Test
  void agreesWithTenLinesOfPlainJavaOnRandomLists() {
    Random random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      List<Integer> shelf = new ArrayList<>();
      for (int item = 0; item < 30; item++) {
        shelf.add(item);
      }
      Collections.shuffle(shelf, random);
      List<Integer> list = List.copyOf(shelf.subList(0, random.nextInt(25)));
      Collections.shuffle(shelf, random);
      Set<Integer> wanted = new HashSet<>(shelf.subList(0, 1 + random.nextInt(12)));
      int k = 1 + random.nextInt(20);
      boolean[] isHit = new boolean[list.size()];
      for (int place = 0; place < isHit.length; place++) {
        isHit[place] = wanted.contains(list.get(place));
      }
      Map<ListMetric, Double> expected = oracle(list, wanted, k);
      for (ListMetric metric : ListMetric.values()) {
        assertEquals(expected.get(metric), metric.of(isHit, wanted.size(), k), EXACT, metric.key());
      }
    }
  }

  /** nDCG, precision, recall, average precision, hit rate and reciprocal rank, from sets alone. */
  private static Map<ListMetric, Double> oracle(List<Integer> list, Set<Integer> wanted, int k) {
    double dcg = 0, ideal = 0, hits = 0, precisions = 0, first = 0;
    for (int rank = 1; rank <= k; rank++) {
      double discount = 1 / (Math.log(rank + 1) / Math.log(2));
      ideal += rank <= wanted.size() ? discount : 0;
      if (rank <= list.size() && wanted.contains(list.get(rank - 1))) {
        dcg += discount;
        precisions += ++hits / rank;
        first = first == 0 ? 1.0 / rank : first;
      }
    }
    double most = Math.min(k, wanted.size());
    return Map.of(
        ListMetric.NDCG, dcg / ideal,
        ListMetric.PRECISION, hits / k,
        ListMetric.RECALL, hits / wanted.size(),
        ListMetric.AVERAGE_PRECISION, precisions / most,
        ListMetric.HIT_RATE, Math.min(1, hits),
        ListMetric.RECIPROCAL_RANK, first);
  }
}
