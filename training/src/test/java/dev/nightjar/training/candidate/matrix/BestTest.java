package dev.nightjar.training.candidate.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Comparator;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The largest scores are those that sorting all of them would find. */
final class BestTest {
  private static final int ITEMS = 500;

  private static void assertSorted(int most, DoubleSupplier draw) {
    Best best = new Best(most);
    for (int round = 0; round < 20; round++) {
      double[] scores = IntStream.range(0, ITEMS).mapToDouble(item -> draw.getAsDouble()).toArray();
      for (int item = 0; item < ITEMS; item++) {
        best.offer(item, scores[item]);
      }
      int[] sorted =
          IntStream.range(0, ITEMS)
              .boxed()
              .sorted(
                  Comparator.comparingDouble((Integer item) -> -Best.rounded(scores[item]))
                      .thenComparing(item -> item))
              .mapToInt(item -> item)
              .limit(most)
              .toArray();
      assertArrayEquals(sorted, best.takeAll(), "round " + round);
    }
  }

  @Test
  void ofManyScoresTheLargestAreKept() {
    Random random = new Random(1);
    assertSorted(20, random::nextGaussian);
    assertSorted(1, random::nextGaussian);
    assertSorted(0, random::nextGaussian);
    assertSorted(ITEMS + 1, random::nextGaussian);
  }

  @Test
  void ofEqualScoresTheFirstItemsAreKept() {
    Random random = new Random(2);
    assertSorted(20, () -> random.nextInt(3) - 1.0);
    assertSorted(20, () -> random.nextInt(30) * 0.4e-6);
  }
}
