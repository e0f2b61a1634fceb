package dev.nightjar.training.als;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.TestSettings;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.UserFactors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Tuple2;

/** Random shops against the equations of Hu, Koren and Volinsky, solved exactly in doubles. */
final class GradientAlsTest {
  private static final StructType SCHEMA =
      new StructType()
          .add(UserFactors.USER_INDEX, DataTypes.IntegerType)
          .add(ItemFactors.ITEM_INDEX, DataTypes.IntegerType)
          .add(PairFeatures.STRENGTH, DataTypes.FloatType);

  private record Pair(int user, int item, float strength) {}

  @BeforeAll
  static void checkpoints() {
    TestSettings.setCheckpointDirectory();
  }

  /** Ranks that are and are not multiples of a vector instruction's width. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 13})
  void aBlockIsSolvedAsTheEquationsSay(int rank) {
    Random random = new Random(rank);
    List<Pair> pairs = shop(random, 40, 25);
    double[][] items = matrix(random, 25, rank);
    for (int block = 0; block < 3; block++) {
      Links links = links(pairs, block, 3);
      float[] solved =
          new LeastSquares(floats(gram(items)), rank, 4 * rank, 0.3f, 2f)
              .solve(links, placed(links, items), new float[links.size() * rank]);
      for (int row = 0; row < links.size(); row++) {
        double[] exact = exact(pairs, links.index(row), items, 0.3, 2);
        for (int factor = 0; factor < rank; factor++) {
          assertEquals(exact[factor], solved[row * rank + factor], 2e-4, "user " + row);
        }
      }
    }
  }

  @Test
  void aStepOfTheGradientNeverRaisesTheLoss() {
    Random random = new Random(5);
    List<Pair> pairs = shop(random, 30, 20);
    double[][] items = matrix(random, 20, 6);
    Links links = links(pairs, 0, 1);
    float[] start = floats(matrix(random, 30, 6));
    double before = loss(pairs, start, items);
    for (int steps = 1; steps <= 6; steps++) {
      float[] solved =
          new LeastSquares(floats(gram(items)), 6, steps, 0.3f, 2f)
              .solve(links, placed(links, items), start);
      double after = loss(pairs, solved, items);
      assertTrue(after <= before * (1 + 1e-6), steps + " steps: " + before + " -> " + after);
      before = after;
    }
  }

  /** Of seven blocks of items, two are empty. */
  @Test
  void moreBlocksChangeTheFactorsByRoundingOnly() {
    List<Pair> pairs = shop(new Random(8), 60, 5);

    SortedMap<Integer, float[]> two = users(pairs, 2);
    SortedMap<Integer, float[]> seven = users(pairs, 7);

    assertEquals(60, two.size());
    two.forEach((user, factors) -> assertArrayEquals(factors, seven.get(user), 1e-4f));
  }

  @Test
  void theOrderOfPairsChangesNothing() {
    List<Pair> pairs = shop(new Random(9), 50, 20);
    List<Pair> shuffled = new ArrayList<>(pairs);
    Collections.shuffle(shuffled, new Random(1));

    SortedMap<Integer, float[]> one = users(pairs, 3);
    SortedMap<Integer, float[]> other = users(shuffled, 3);

    one.forEach((user, factors) -> assertArrayEquals(factors, other.get(user), 0));
  }

  /** 12 sweeps, cut every 2, of exact steps must end where the exact equations have it. */
  @Test
  void sweepsEndWhereExactOnesDo() {
    List<Pair> pairs = shop(new Random(11), 40, 15);
    IndexedFactors factors =
        fit(
            pairs,
            3,
            "rank = 3",
            "iterations = 12",
            "gradient_steps = 12",
            "checkpoint_interval = 2");
    double[][] items = doubles(byIndex(factors.items()));
    double[][] users = doubles(byIndex(factors.users()));
    List<Pair> turned =
        pairs.stream()
            .map(pair -> new Pair(/* user= */ pair.item, /* item= */ pair.user, pair.strength))
            .toList();

    for (int item = 0; item < items.length; item++) {
      assertArrayEquals(exact(turned, item, users, 0.1, 10), items[item], 1e-3);
    }
  }

  private static SortedMap<Integer, float[]> users(List<Pair> pairs, int blocks) {
    return byIndex(fit(pairs, blocks, "rank = 5", "iterations = 3").users());
  }

  private static IndexedFactors fit(List<Pair> pairs, int blocks, String... settings) {
    Dataset<Row> rows = TestSpark.session().createDataFrame(rows(pairs), SCHEMA);
    return GradientAls.fit(rows, blocks, TestSettings.als(settings));
  }

  private static SortedMap<Integer, float[]> byIndex(Dataset<Row> factors) {
    SortedMap<Integer, float[]> byIndex = new TreeMap<>();
    for (Row row : factors.collectAsList()) {
      List<Float> list = row.getList(1);
      float[] vector = new float[list.size()];
      for (int factor = 0; factor < vector.length; factor++) {
        vector[factor] = list.get(factor);
      }
      byIndex.put(row.getInt(0), vector);
    }
    return byIndex;
  }

  /** A shop whose first user has the first item alone, which nobody else has. */
  private static List<Pair> shop(Random random, int users, int items) {
    List<Pair> pairs = new ArrayList<>(List.of(new Pair(0, 0, 1)));
    for (int user = 1; user < users; user++) {
      for (int item = 1; item < items; item++) {
        if (random.nextInt(5) == 0 || item == 1 + user % (items - 1)) {
          pairs.add(new Pair(user, item, random.nextFloat() * 8));
        }
      }
    }
    return pairs;
  }

  private static Links links(List<Pair> pairs, int block, int blocks) {
    List<Pairs> dealt = new ArrayList<>();
    Pairs.dealt(rows(pairs).iterator(), blocks).forEachRemaining(part -> dealt.add(part._2()));
    return Links.of(Pairs.together(List.of(dealt.get(block))), blocks);
  }

  private static List<Row> rows(List<Pair> pairs) {
    return pairs.stream()
        .map(pair -> RowFactory.create(pair.user, pair.item, pair.strength))
        .toList();
  }

  /** The vectors a block needs, as the blocks of the other side would send them. */
  private static float[] placed(Links links, double[][] others) {
    List<Tuple2<Integer, float[]>> sent = new ArrayList<>();
    int blocks = links.needed().length;
    for (int from = blocks - 1; from >= 0; from--) {
      int block = from;
      double[][] part =
          IntStream.of(links.needed()[from])
              .mapToObj(row -> others[Links.index(row, block, blocks)])
              .toArray(double[][]::new);
      sent.add(new Tuple2<>(from, floats(part)));
    }
    return links.placed(sent, others[0].length);
  }

  /** (YᵀY + Σ α s y yᵀ + λ n I) x = Σ (1 + α s) y, by Cholesky. */
  private static double[] exact(
      List<Pair> pairs, int user, double[][] items, double regularization, double alpha) {
    int rank = items[0].length;
    RealMatrix matrix = MatrixUtils.createRealMatrix(gram(items));
    double[] right = new double[rank];
    for (Pair pair : pairs) {
      if (pair.user == user) {
        double[] item = items[pair.item];
        for (int row = 0; row < rank; row++) {
          right[row] += (1 + alpha * pair.strength) * item[row];
          matrix.addToEntry(row, row, regularization);
          for (int column = 0; column < rank; column++) {
            matrix.addToEntry(row, column, alpha * pair.strength * (item[row] * item[column]));
          }
        }
      }
    }
    return new CholeskyDecomposition(matrix)
        .getSolver()
        .solve(MatrixUtils.createRealVector(right))
        .toArray();
  }

  /** Equation 3 of Hu, Koren and Volinsky, less the penalty of the items. */
  private static double loss(List<Pair> pairs, float[] users, double[][] items) {
    int rank = items[0].length;
    double loss = 0;
    for (int user = 0; user < users.length / rank; user++) {
      for (double[] item : items) {
        loss += Math.pow(dot(users, user, item), 2);
      }
    }
    for (Pair pair : pairs) {
      double score = dot(users, pair.user, items[pair.item]);
      loss += (1 + 2 * pair.strength) * Math.pow(1 - score, 2) - Math.pow(score, 2);
      for (int factor = 0; factor < rank; factor++) {
        loss += 0.3 * Math.pow(users[pair.user * rank + factor], 2);
      }
    }
    return loss;
  }

  private static double dot(float[] users, int user, double[] item) {
    double sum = 0;
    for (int factor = 0; factor < item.length; factor++) {
      sum += users[user * item.length + factor] * item[factor];
    }
    return sum;
  }

  private static double[][] gram(double[][] vectors) {
    RealMatrix matrix = MatrixUtils.createRealMatrix(vectors);
    return matrix.transpose().multiply(matrix).getData();
  }

  private static double[][] matrix(Random random, int rows, int rank) {
    return IntStream.range(0, rows)
        .mapToObj(row -> random.doubles(rank, -0.5, 0.5).toArray())
        .toArray(double[][]::new);
  }

  private static float[] floats(double[][] rows) {
    float[] all = new float[rows.length == 0 ? 0 : rows.length * rows[0].length];
    int place = 0;
    for (double[] row : rows) {
      for (double value : row) {
        all[place++] = (float) value;
      }
    }
    return all;
  }

  private static double[][] doubles(SortedMap<Integer, float[]> byIndex) {
    return byIndex.values().stream()
        .map(vector -> IntStream.range(0, vector.length).mapToDouble(at -> vector[at]).toArray())
        .toArray(double[][]::new);
  }
}
