package dev.nightjar.training.candidate.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.training.candidate.history.Learners;
import dev.nightjar.training.candidate.item.ContentIndex;
import dev.nightjar.training.candidate.item.Shelf;
import dev.nightjar.training.candidate.item.Shelf.Label;
import dev.nightjar.training.candidate.matrix.SparseRows;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class InterestsTest {
  private static final List<String> CATEGORIES = List.of("garden", "kitchen", "toys");
  private static final int USERS = 90;
  private static final int ITEMS = 60;

  @Test
  void findsThePlantedTastesAndNamesThemByCategory() {
    Interests interests = learn(label -> new Label("x", CATEGORIES.get(label % 3), null), 40);

    assertEquals(3, interests.segments().size());
    assertEquals(
        List.of("garden", "kitchen", "toys"),
        interests.segments().stream().map(segment -> segment.topTerms().get(0)).sorted().toList());
    assertTrue(interests.segments().get(0).silhouette() > 0.3);
  }

  @Test
  void aShopWithoutCategoriesIsDescribedByTheWordsOfItsTitles() {
    Interests interests =
        learn(label -> new Label(CATEGORIES.get(label % 3) + " number " + label, null, null), 40);

    assertEquals(
        List.of("garden", "kitchen", "toys"),
        interests.segments().stream().map(segment -> segment.topTerms().get(0)).sorted().toList());
  }

  @Test
  void aSmallShopHasNoSegments() {
    Interests interests =
        learn(label -> new Label("x", CATEGORIES.get(label % 3), null), USERS + 1);

    assertEquals(List.of(), interests.segments());
  }

  @Test
  void silhouetteOfTwoTightPairsFarApartIsOne() {
    SparseRows rows =
        new SparseRows.Builder()
            .add(0, 1)
            .endRow()
            .add(0, 1)
            .endRow()
            .add(1, 1)
            .endRow()
            .add(1, 1)
            .endRow()
            .build(2);
    Silhouette silhouette = new Silhouette(rows, 10);

    assertEquals(1, silhouette.mean(new int[] {0, 0, 1, 1}, 2), 1e-9);
    assertTrue(silhouette.mean(new int[] {0, 1, 0, 1}, 2) < 0);
  }

  /** User u likes the items i with i mod 3 = u mod 3, and sometimes another. */
  private static Interests learn(java.util.function.IntFunction<Label> label, int minUsers) {
    SplittableRandom random = new SplittableRandom(5);
    SparseRows.Builder interest = new SparseRows.Builder();
    List<String> userIds = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      for (int item = 0; item < ITEMS; item++) {
        boolean isOwn = item % 3 == user % 3;
        if (random.nextDouble() < (isOwn ? 0.4 : 0.02)) {
          interest.add(item, 1);
        }
      }
      interest.endRow();
      userIds.add("u%03d".formatted(user));
    }
    SparseRows matrix = interest.build(ITEMS);
    List<Label> labels = IntStream.range(0, ITEMS).mapToObj(label).toList();
    return Interests.learn(
        new Shelf(null, labels, new double[ITEMS]),
        ContentIndex.of(labels),
        new Learners(userIds.toArray(String[]::new), 0, matrix, new int[matrix.entryCount()]),
        new SegmentConfig(5, minUsers),
        1);
  }
}
