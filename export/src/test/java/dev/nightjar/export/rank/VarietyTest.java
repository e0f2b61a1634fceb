package dev.nightjar.export.rank;

import static dev.nightjar.export.ExportSettings.rank;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VarietyTest {
  private static ItemKind kind(String category, String brand, float... direction) {
    return new ItemKind(
        category.isEmpty() ? List.of() : List.of(category.split("/")), brand, direction);
  }

  private static Variety variety(double dial, int limit, int depth) {
    return new Variety(
        rank("variety_depth = " + depth, "diversity = " + dial, "max_per_category = " + limit));
  }

  @Test
  void likenessIsTheMeanOfWhatBothItemsHave() {
    ItemKind shirt = kind("wear/men/shirts", "Acme", 0.6f, 0.8f);
    assertEquals(1.0, shirt.likenessTo(shirt), 1e-6);
    assertEquals(2.0 / 3, shirt.likenessTo(kind("wear/men/hats", "")), 1e-12);
    assertEquals(0.0, shirt.likenessTo(kind("", "Other")), 1e-12);
    assertEquals((1.0 / 3 + 1 + 0.8) / 3, shirt.likenessTo(kind("wear", "Acme", 0f, 1f)), 1e-6);
    assertEquals(0.0, shirt.likenessTo(kind("", "", -0.6f, -0.8f)), 1e-12);
    assertEquals(0.0, shirt.likenessTo(kind("", "")), 1e-12);
  }

  @Test
  void diversityZeroKeepsTheScoresAndOneTheDifferences() {
    List<ItemKind> kinds =
        List.of(kind("a", ""), kind("a", ""), kind("b", ""), kind("a", ""), kind("c", ""));
    double[] scores = {0.9, 0.8, 0.3, 0.2, 0.1};
    assertArrayEquals(new int[] {0, 1, 2, 3, 4}, variety(0, 0, 5).order(kinds, scores));
    assertArrayEquals(new int[] {0, 2, 4, 1, 3}, variety(1, 0, 5).order(kinds, scores));
    assertArrayEquals(new int[] {0, 2, 1, 3, 4}, variety(1, 0, 2).order(kinds, scores));
  }

  @Test
  void noCategoryExceedsItsLimitUntilNothingElseIsLeft() {
    List<ItemKind> kinds =
        List.of(kind("a", ""), kind("a", ""), kind("", ""), kind("", ""), kind("b", ""));
    double[] scores = {0.9, 0.8, 0.3, 0.2, 0.1};
    assertArrayEquals(new int[] {0, 2, 3, 4, 1}, variety(0, 1, 5).order(kinds, scores));
    assertArrayEquals(
        new int[] {0, 1}, variety(0, 1, 5).order(kinds.subList(0, 2), new double[] {0.9, 0.8}));
    assertArrayEquals(new int[] {}, variety(0.5, 1, 5).order(List.of(), new double[] {}));
  }

  @Test
  void everyItemKeepsAPlaceAndMoreDiversityMeansLessSimilarity() {
    SplittableRandom random = new SplittableRandom(4);
    List<ItemKind> kinds = new ArrayList<>();
    double[] scores = new double[40];
    for (int item = 0; item < scores.length; item++) {
      kinds.add(kind("c" + random.nextInt(4), "b" + random.nextInt(3)));
      scores[item] = 1.0 / (item + 1);
    }
    double before = Double.POSITIVE_INFINITY;
    for (double dial : new double[] {0, 0.1, 0.3, 0.9}) {
      int[] order = variety(dial, 0, 10).order(kinds, scores);
      int[] sorted = order.clone();
      Arrays.sort(sorted);
      assertArrayEquals(IntStream.range(0, 40).toArray(), sorted);
      double likeness = likeness(kinds, order);
      assertTrue(likeness <= before, "dial " + dial + " gave " + likeness + " after " + before);
      before = likeness;
    }
  }

  private static double likeness(List<ItemKind> kinds, int[] order) {
    double sum = 0;
    for (int left = 0; left < 10; left++) {
      for (int right = 0; right < left; right++) {
        sum += kinds.get(order[left]).likenessTo(kinds.get(order[right]));
      }
    }
    return sum;
  }
}
