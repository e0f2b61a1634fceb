package dev.nightjar.training.als;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.ModelCard;
import dev.nightjar.training.SyntheticShop;
import dev.nightjar.training.TestSettings;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.UserFactors;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class AlsTrainerTest {
  private static final SyntheticShop SHOP = SyntheticShop.generate(200, 80, 60, 21);
  private static final int SPLIT = 44;

  private static AlsConfig config;
  private static AlsFactors factors;

  @BeforeAll
  static void train() {
    TestSettings.setCheckpointDirectory();
    config = TestSettings.als("rank = 8", "iterations = 6");
    factors = AlsTrainer.train(pairs(), config);
  }

  @Test
  void findsHeldOutPurchasesBetterThanPopularity() {
    Map<String, float[]> users = vectors(factors.users(), UserFactors.USER_ID);
    Map<String, float[]> items = vectors(factors.items(), ItemFactors.ITEM_ID);
    Instant split = SyntheticShop.day(SPLIT).end();
    Map<String, Set<String>> known = new HashMap<>();
    Map<String, Set<String>> bought = new HashMap<>();
    Map<String, Long> popularity = new HashMap<>();
    for (SyntheticShop.Event event : SHOP.events()) {
      if (!event.type().equals(EventTypes.PURCHASE)) {
        continue;
      }
      if (event.time().isBefore(split)) {
        known.computeIfAbsent(event.user(), user -> new HashSet<>()).add(event.item());
        popularity.merge(event.item(), 1L, Long::sum);
      } else {
        bought.computeIfAbsent(event.user(), user -> new HashSet<>()).add(event.item());
      }
    }
    double als = 0;
    double popular = 0;
    for (Map.Entry<String, Set<String>> user : bought.entrySet()) {
      // only what is new to the user, so that memory alone does not win
      user.getValue().removeAll(known.getOrDefault(user.getKey(), Set.of()));
      if (user.getValue().isEmpty() || !users.containsKey(user.getKey())) {
        continue;
      }
      float[] vector = users.get(user.getKey());
      als += recall(user.getValue(), items.keySet(), item -> dot(vector, items.get(item)));
      popular +=
          recall(
              user.getValue(), items.keySet(), item -> (double) popularity.getOrDefault(item, 0L));
    }

    assertTrue(als > 1.3 * popular, "recall@20 of als " + als + ", of popularity " + popular);
  }

  @Test
  void oneTaskFitsWhatJobsFit() {
    AlsFactors jobs =
        AlsTrainer.trainOn(
            pairs().withColumn(PairFeatures.STRENGTH, col(PairFeatures.STRENGTH).cast("float")),
            OneTaskAls.MOST_BLOCKS,
            config);

    assertEquals(200, factors.users().count());
    assertEquals(texts(jobs.users()), texts(factors.users()));
    assertEquals(texts(jobs.items()), texts(factors.items()));
  }

  @Test
  void shuffledRowsGiveTheSameFactors() {
    AlsFactors again = AlsTrainer.train(pairs().orderBy(col(PairFeatures.STRENGTH).desc()), config);

    assertEquals(texts(factors.users()), texts(again.users()));
    assertEquals(texts(factors.items()), texts(again.items()));
  }

  @Test
  void indexIsDenseInOrderOfId() {
    List<Row> users = factors.users().orderBy(UserFactors.USER_ID).collectAsList();

    for (int index = 0; index < users.size(); index++) {
      assertEquals(index, users.get(index).<Integer>getAs(UserFactors.USER_INDEX));
      assertEquals(8, users.get(index).getList(2).size());
    }
    assertEquals("", UserFactors.TABLE.differenceTo(factors.users().schema()));
    assertEquals("", ItemFactors.TABLE.differenceTo(factors.items().schema()));
  }

  @Test
  void cardCountsWhatTheFactorsWereFittedTo() {
    ModelCard card =
        AlsCard.of(factors, pairs(), SyntheticShop.day(SPLIT), SyntheticShop.start(), config);

    assertEquals(
        Map.of(
            "users", factors.users().count(),
            "items", factors.items().count(),
            "pairs", pairs().count()),
        card.rows());
    assertEquals("2026-02-14", card.dataTo());
    assertEquals(8, card.settings().get("rank"));
  }

  @Test
  void noPairsGiveNoFactors() {
    AlsFactors none = AlsTrainer.train(pairs().limit(0), config);

    assertTrue(none.users().isEmpty());
    assertTrue(none.items().isEmpty());
  }

  @Test
  void leavesNothingInStorage() {
    assertFalse(
        TestSpark.session()
            .sparkContext()
            .getPersistentRDDs()
            .values()
            .exists(
                kept -> "userFactors".equals(kept.name()) || "itemFactors".equals(kept.name())));
  }

  private static Dataset<Row> pairs() {
    return SHOP.at(SyntheticShop.day(SPLIT)).pairFeatures();
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static Map<String, float[]> vectors(Dataset<Row> factors, String id) {
    return factors.collectAsList().stream()
        .collect(
            Collectors.toMap(
                row -> row.getAs(id),
                row -> {
                  List<Float> list = row.getList(2);
                  float[] vector = new float[list.size()];
                  for (int factor = 0; factor < vector.length; factor++) {
                    vector[factor] = list.get(factor);
                  }
                  return vector;
                }));
  }

  private static double dot(float[] left, float[] right) {
    double sum = 0;
    for (int factor = 0; factor < left.length; factor++) {
      sum += (double) left[factor] * right[factor];
    }
    return sum;
  }

  private static double recall(
      Set<String> relevant, Set<String> items, java.util.function.ToDoubleFunction<String> score) {
    List<String> top =
        items.stream()
            .sorted(
                Comparator.comparingDouble(score)
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .limit(20)
            .toList();
    return (double) relevant.stream().filter(top::contains).count() / relevant.size();
  }
}
