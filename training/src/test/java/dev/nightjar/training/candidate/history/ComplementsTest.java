package dev.nightjar.training.candidate.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.training.candidate.matrix.SparseRows;
import dev.nightjar.training.candidate.matrix.SparseSums;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ComplementsTest {
  private static final int PRINTER = 0;
  private static final int INK = 1;
  private static final int BREAD = 2;
  private static final int ITEMS = 4;

  @Test
  void whatIsBoughtLaterCompletesWhatWasBoughtBeforeAndNotTheOtherWayRound() {
    SparseSums afterPrinter = after(shop(-1), PRINTER);
    SparseSums afterInk = after(shop(-1), INK);

    assertTrue(afterPrinter.sum(INK) > 0.2, "" + afterPrinter.sum(INK));
    assertFalse(afterInk.has(PRINTER));
    assertTrue(afterPrinter.sum(BREAD) < afterPrinter.sum(INK) / 4);
  }

  @Test
  void twoBuyersOfARareItemDoNotOutweighTheManyOfACommonOne() {
    // of 40 who bought a printer 12 buy ink later and 2 a rare thing; of 460 others 58 buy ink
    Learners learners = learners(new SparseRows.Builder(), 500, new int[0]);
    long[] timeline = new long[1000];
    for (int user = 0; user < 500; user++) {
      boolean hasPrinter = user < 40;
      boolean buysInk = hasPrinter ? user % 10 < 3 : user % 8 == 0;
      boolean buysRare = user == 3 || user == 4;
      timeline[2 * user] = purchase(user, 40, hasPrinter ? PRINTER : BREAD);
      timeline[2 * user + 1] = purchase(user, 26, buysRare ? 3 : buysInk ? INK : BREAD);
    }
    SparseSums after =
        after(new Complements(learners, new Purchases(timeline, new long[0]), ITEMS, 30), PRINTER);

    assertTrue(after.sum(3) > 0, "" + after.sum(3));
    assertTrue(after.sum(INK) > after.sum(3), after.sum(INK) + " " + after.sum(3));
  }

  @Test
  void countsForLessWhereThoseWhoOnlyLookedBuyItJustAsMuch() {
    double unlooked = after(shop(-1), PRINTER).sum(INK);
    double looked = after(shop(50), PRINTER).sum(INK);

    assertTrue(looked < unlooked, looked + " " + unlooked);
  }

  @Test
  void aPurchaseOfTheSameDayOrAfterTheWindowIsNoComplement() {
    Learners learners = learners(new SparseRows.Builder(), 20, new int[0]);
    long[] timeline = new long[80];
    for (int user = 0; user < 20; user++) {
      timeline[4 * user] = purchase(user, 200, PRINTER);
      timeline[4 * user + 1] = purchase(user, 200, BREAD);
      timeline[4 * user + 2] = purchase(user, 100, INK);
      timeline[4 * user + 3] = purchase(user, 100, 3);
    }
    SparseSums after =
        after(new Complements(learners, new Purchases(timeline, new long[0]), ITEMS, 60), PRINTER);

    assertEquals(0, after.size());
  }

  /**
   * Users 0 to 19 buy a printer and ink two weeks later; 20 to 59 buy bread twice and sometimes
   * ink. Of these, the ones with ink before {@code lookers} have only looked at the printer.
   */
  private static Complements shop(int lookers) {
    SparseRows.Builder viewed = new SparseRows.Builder();
    long[] timeline = new long[120];
    for (int user = 0; user < 60; user++) {
      boolean hasPrinter = user < 20;
      boolean hasInk = hasPrinter || (user < 50 && user % 2 == 0);
      timeline[2 * user] = purchase(user, 40, hasPrinter ? PRINTER : BREAD);
      timeline[2 * user + 1] = purchase(user, 26, hasInk ? INK : BREAD);
      if (!hasPrinter && user < lookers && user % 2 == 0) {
        viewed.add(PRINTER, 1);
      }
      viewed.endRow();
    }
    int[] viewedDaysAgo = new int[Math.max(0, (lookers - 20) / 2)];
    Arrays.fill(viewedDaysAgo, 40);
    String[] ids = new String[60];
    Arrays.setAll(ids, user -> "u%02d".formatted(user));
    Learners learners = new Learners(ids, 0, viewed.build(ITEMS), viewedDaysAgo);
    return new Complements(learners, new Purchases(timeline, new long[0]), ITEMS, 30);
  }

  private static Learners learners(SparseRows.Builder rows, int users, int[] viewedDaysAgo) {
    String[] ids = new String[users];
    for (int user = 0; user < users; user++) {
      ids[user] = "u%03d".formatted(user);
      rows.endRow();
    }
    return new Learners(ids, 0, rows.build(ITEMS), viewedDaysAgo);
  }

  private static long purchase(long user, int daysAgo, int item) {
    return ((user << 12 | (4095 - daysAgo)) << 24) | item;
  }

  private static SparseSums after(Complements complements, int item) {
    SparseSums after = new SparseSums(ITEMS);
    complements.scan().row(item, after);
    return after;
  }
}
