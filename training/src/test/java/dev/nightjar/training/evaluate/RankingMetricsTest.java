package dev.nightjar.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.features.TestSpark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

final class RankingMetricsTest {
  private static final StructType RELEVANT =
      new StructType().add("user_id", DataTypes.StringType).add("item_id", DataTypes.StringType);
  private static final StructType RANKED = RELEVANT.add("rank", DataTypes.IntegerType);

  @Test
  void measuresAListByHandAndAUserWithoutAListAsZero() {
    Dataset<Row> ranked =
        TestSpark.dataset(
            RANKED,
            List.of(
                RowFactory.create("ann", "a", 1),
                RowFactory.create("ann", "b", 2),
                RowFactory.create("ann", "c", 3),
                RowFactory.create("cid", "a", 1)));
    Dataset<Row> relevant =
        TestSpark.dataset(
            RELEVANT,
            List.of(
                RowFactory.create("ann", "b"),
                RowFactory.create("ann", "c"),
                RowFactory.create("ann", "z"),
                RowFactory.create("bob", "a")));

    List<Row> perUser =
        RankingMetrics.perUser(ranked, relevant, 2).orderBy("user_id").collectAsList();
    Row mean = RankingMetrics.mean(RankingMetrics.perUser(ranked, relevant, 2)).first();

    double log3 = Math.log(3) / Math.log(2);
    assertEquals(2, perUser.size());
    assertEquals((1 / log3) / (1 + 1 / log3), perUser.get(0).getDouble(1), 1e-12);
    assertEquals(0.5, perUser.get(0).getDouble(2), 1e-12);
    assertEquals(1.0 / 3, perUser.get(0).getDouble(3), 1e-12);
    assertEquals(1.0, perUser.get(0).getDouble(4), 1e-12);
    assertEquals(RowFactory.create("bob", 0.0, 0.0, 0.0, 0.0), perUser.get(1));
    assertEquals(0.25, mean.getDouble(1), 1e-12);
    assertEquals(2L, mean.getLong(4));
  }

  @Test
  void agreesWithPlainJavaOnRandomLists() {
    SplittableRandom random = new SplittableRandom(3);
    List<Row> ranked = new ArrayList<>();
    List<Row> relevant = new ArrayList<>();
    Map<String, double[]> expected = new HashMap<>();
    for (int user = 0; user < 50; user++) {
      Set<Integer> wanted = new HashSet<>();
      for (int item = 0; item < 30; item++) {
        if (random.nextInt(5) == 0) {
          wanted.add(item);
          relevant.add(RowFactory.create("u" + user, "i" + item));
        }
      }
      int offset = random.nextInt(30);
      for (int rank = 1; rank <= 20; rank++) {
        ranked.add(RowFactory.create("u" + user, "i" + (offset + rank * 7) % 30, rank));
      }
      if (!wanted.isEmpty()) {
        expected.put("u" + user, oracle(offset, wanted, 10));
      }
    }

    List<Row> measured =
        RankingMetrics.perUser(
                TestSpark.dataset(RANKED, ranked), TestSpark.dataset(RELEVANT, relevant), 10)
            .collectAsList();

    assertEquals(expected.size(), measured.size());
    for (Row row : measured) {
      for (int metric = 0; metric < 4; metric++) {
        assertEquals(expected.get(row.getString(0))[metric], row.getDouble(metric + 1), 1e-9);
      }
    }
  }

  @Test
  void ranksTheLargestScoreFirstAndTiesByItem() {
    StructType scored = RELEVANT.add("score", DataTypes.DoubleType);
    List<Row> ranked =
        RankingMetrics.rank(
                TestSpark.dataset(
                    scored,
                    List.of(
                        RowFactory.create("ann", "b", 0.5),
                        RowFactory.create("ann", "a", 0.5),
                        RowFactory.create("ann", "c", 0.9),
                        RowFactory.create("ann", "d", null))),
                "score")
            .orderBy("rank")
            .collectAsList();

    assertEquals(
        List.of(
            RowFactory.create("ann", "c", 1),
            RowFactory.create("ann", "a", 2),
            RowFactory.create("ann", "b", 3)),
        ranked);
  }

  @Test
  void refusesACutOfZero() {
    Dataset<Row> none = TestSpark.dataset(RANKED, List.of());

    assertThrows(
        IllegalArgumentException.class, () -> RankingMetrics.perUser(none, none.drop("rank"), 0));
  }

  private static double[] oracle(int offset, Set<Integer> wanted, int k) {
    double gain = 0;
    double ideal = 0;
    double hits = 0;
    for (int rank = 1; rank <= k; rank++) {
      double discount = Math.log(2) / Math.log(rank + 1);
      ideal += rank <= wanted.size() ? discount : 0;
      if (wanted.contains((offset + rank * 7) % 30)) {
        gain += discount;
        hits++;
      }
    }
    return new double[] {gain / ideal, hits / k, hits / wanted.size(), hits > 0 ? 1 : 0};
  }
}
