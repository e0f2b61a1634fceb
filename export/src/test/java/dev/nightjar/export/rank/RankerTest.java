package dev.nightjar.export.rank;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.table.Candidates;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RankerTest {
  private static final StructType SCORED =
      Candidates.SCHEMA.add(RankedItems.PURCHASE_PROBABILITY, DataTypes.DoubleType, false);

  private static Row scored(String user, String item, double probability, String... sources) {
    Object[] row = new Object[SCORED.size()];
    row[0] = user;
    row[1] = item;
    row[2] = List.of(sources);
    row[row.length - 1] = probability;
    return RowFactory.create(row);
  }

  private static Row item(String item, Double price, Long stock) {
    return RowFactory.create(item, null, null, null, price, stock, null, null);
  }

  private static Row pair(
      String item, boolean cart, long purchases, Double bought, long views, long week, long liked) {
    return RowFactory.create(
        "u", item, 1.0, views, liked, 0L, purchases, purchases, week, 19.2, bought, null, cart,
        0.5);
  }

  private static List<String> lines(Dataset<Row> ranked, String column) {
    return ranked
        .orderBy(RankedItems.USER_ID, RankedItems.RANK)
        .select(RankedItems.USER_ID, RankedItems.RANK, RankedItems.ITEM_ID, column)
        .collectAsList()
        .stream()
        .map(row -> row.mkString(" "))
        .toList();
  }

  private static Dataset<Row> rank(
      List<Row> scored, List<Row> pairs, List<Row> items, RankConfig config) {
    return Ranker.rank(
        TestSpark.dataset(SCORED, scored),
        TestSpark.dataset(PairFeatures.SCHEMA, pairs),
        TestSpark.dataset(Items.SCHEMA, items),
        config);
  }

  @Test
  void sortsByScoreThenItemAndKeepsTheBest() {
    Dataset<Row> ranked =
        rank(
            List.of(
                scored("u", "b", 0.2, "als"),
                scored("u", "a", 0.2, "als"),
                scored("u", "c", 0.3, "als"),
                scored("u", "d", 0.1, "als"),
                scored("v", "d", 0.1, "als")),
            List.of(),
            List.of(),
            new RankConfig(3, 0, true));
    assertEquals("", RankedItems.TABLE.differenceTo(ranked.schema()));
    assertEquals(
        List.of("u 1 c 0.3", "u 2 a 0.2", "u 3 b 0.2", "v 1 d 0.1"),
        lines(ranked, RankedItems.SCORE));
  }

  @Test
  void differencesBelowNineDecimalsDoNotOrder() {
    Dataset<Row> ranked =
        rank(
            List.of(scored("u", "b", 0.2 + 1e-12, "als"), scored("u", "a", 0.2, "als")),
            List.of(),
            List.of(),
            new RankConfig(3, 0, true));
    assertEquals(List.of("u 1 a 0.2", "u 2 b 0.2"), lines(ranked, RankedItems.SCORE));
  }

  @Test
  void priceCountsByItsPowerAndSoldOutItemsAreLeftOut() {
    Dataset<Row> ranked =
        rank(
            List.of(
                scored("u", "cheap", 0.5, "als"),
                scored("u", "dear", 0.1, "als"),
                scored("u", "gone", 0.9, "als"),
                scored("u", "unpriced", 0.2, "als")),
            List.of(),
            List.of(
                item("cheap", 1.0, null),
                item("dear", 100.0, 4L),
                item("gone", 1.0, 0L),
                item("unpriced", null, null)),
            new RankConfig(9, 0.5, true));
    assertEquals(
        List.of("u 1 dear 1.0", "u 2 cheap 0.5", "u 3 unpriced 0.2"),
        lines(ranked, RankedItems.SCORE));
  }

  @Test
  void theStrongestReasonIsTold() {
    Dataset<Row> ranked =
        rank(
            List.of(
                scored("u", "a", 0.99, "abandoned"),
                scored("u", "b", 0.98, "repeat"),
                scored("u", "c", 0.97, "repeat"),
                scored("u", "d", 0.96, "abandoned"),
                scored("u", "e", 0.95, "als"),
                scored("u", "f", 0.94, "abandoned"),
                scored("u", "g", 0.93, "als"),
                scored("u", "h", 0.92, "als", "popular"),
                scored("u", "i", 0.91, "popular", "trending"),
                scored("u", "j", 0.90, "popular"),
                scored("u", "k", 0.89, "content")),
            List.of(
                pair("a", true, 2, 3.5, 9, 4, 0),
                pair("b", false, 3, 11.3, 9, 4, 0),
                pair("c", false, 1, 0.4, 1, 1, 0),
                pair("d", false, 0, null, 9, 4, 0),
                pair("e", false, 0, null, 1, 1, 2),
                pair("f", false, 0, null, 5, 0, 0),
                pair("g", false, 0, null, 1, 1, 0)),
            List.of(),
            new RankConfig(100, 0, true));
    assertEquals(
        List.of(
            "u 1 a still in your cart",
            "u 2 b bought 3 times, last 12 days ago",
            "u 3 c bought yesterday",
            "u 4 d viewed 4 times in the last week",
            "u 5 e among your favourites",
            "u 6 f viewed 5 times, last 20 days ago",
            "u 7 g viewed once",
            "u 8 h people with your taste like it",
            "u 9 i trending",
            "u 10 j popular this week",
            "u 11 k picked for you"),
        lines(ranked, RankedItems.REASON));
  }
}
