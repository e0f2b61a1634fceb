package dev.nightjar.training.candidate.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.TestSpark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

final class NeighbourSearchTest {
  private static final int ROWS = 70;
  private static final int COLUMNS = 40;
  private static final int MOST = 9;

  @Test
  void findsTheNeighboursThatTryingEveryPairFinds() {
    double[][] dense = seeded(17);
    SparseRows rows = sparse(dense).unitRows();

    SparseRows found = NeighbourSearch.nearest(spark(), NeighbourSearch.Products.of(rows), MOST);

    assertEquals(ROWS, found.rowCount());
    for (int row = 0; row < ROWS; row++) {
      List<Integer> expected = oracle(dense, row);
      for (int place = 0; place < expected.size(); place++) {
        int entry = found.start(row) + place;
        assertEquals(cosine(dense, row, expected.get(place)), found.value(entry), 2e-6);
        assertEquals(
            cosine(dense, row, found.column(entry)), found.value(entry), 2e-6, "row " + row);
      }
      assertEquals(expected.size(), found.size(row));
    }
  }

  @Test
  void breaksTiesBySmallerIndexAndLeavesOutTheRowItself() {
    SparseRows alike = sparse(new double[][] {{1, 0}, {1, 0}, {1, 0}, {1, 0}, {0, 1}});

    SparseRows found = NeighbourSearch.nearest(spark(), NeighbourSearch.Products.of(alike), 2);

    assertArrayEquals(new int[] {0, 2, 4, 6, 8, 8}, found.starts);
    assertArrayEquals(new int[] {1, 2, 0, 2, 0, 1, 0, 1}, found.columns);
  }

  @Test
  void aUserWithFewItemsCountsMoreThanOneWithMany() {
    // User 0 bought item 0 with item 1; user 1 bought item 0 with item 2 and eight more.
    SparseRows.Builder interest = new SparseRows.Builder();
    interest.add(0, 1).add(1, 1).endRow();
    interest.add(0, 1).add(2, 1);
    IntStream.range(3, 11).forEach(item -> interest.add(item, 1));
    SparseRows matrix = interest.endRow().build(20);

    for (String similarity : List.of(ItemSimilarity.BM25, ItemSimilarity.COSINE)) {
      SparseRows weighted = ItemSimilarity.weigh(matrix, similarity);

      assertTrue(weighted.product(0, 1) > 2 * weighted.product(0, 2), similarity);
    }
  }

  /** Every pair, by the definition. */
  private static List<Integer> oracle(double[][] dense, int row) {
    List<Integer> others = new ArrayList<>();
    for (int other = 0; other < ROWS; other++) {
      if (other != row && cosine(dense, row, other) > 0) {
        others.add(other);
      }
    }
    others.sort(Comparator.comparingDouble(other -> -cosine(dense, row, other)));
    return others.subList(0, Math.min(MOST, others.size()));
  }

  private static double cosine(double[][] dense, int left, int right) {
    double product = 0;
    double lefts = 0;
    double rights = 0;
    for (int column = 0; column < dense[left].length; column++) {
      product += dense[left][column] * dense[right][column];
      lefts += dense[left][column] * dense[left][column];
      rights += dense[right][column] * dense[right][column];
    }
    return product == 0 ? 0 : product / Math.sqrt(lefts * rights);
  }

  private static double[][] seeded(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] dense = new double[ROWS][COLUMNS];
    for (double[] row : dense) {
      for (int column = 0; column < COLUMNS; column++) {
        row[column] = random.nextDouble() < 0.1 ? 1 + random.nextDouble() : 0;
      }
    }
    return dense;
  }

  private static SparseRows sparse(double[][] dense) {
    SparseRows.Builder rows = new SparseRows.Builder();
    for (double[] row : dense) {
      for (int column = 0; column < row.length; column++) {
        if (row[column] != 0) {
          rows.add(column, row[column]);
        }
      }
      rows.endRow();
    }
    return rows.build(dense[0].length);
  }

  private static JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext());
  }
}
