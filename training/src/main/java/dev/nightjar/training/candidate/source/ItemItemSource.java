package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.history.UserHistory;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.matrix.SparseRows;
import dev.nightjar.training.candidate.matrix.SparseSums;

/**
 * Source {@code item_item}: score of item j = sum over the user's items h of weight(h) *
 * similarity(h, j), as in Sarwar et al., "Item-based collaborative filtering recommendation
 * algorithms" (2001), not normalised, so that much evidence counts for more than little.
 *
 * @param neighbours the nearest items of each item
 * @param most items to propose
 */
public record ItemItemSource(ItemIndex index, SparseRows neighbours, int most) implements Proposer {
  public static final String NAME = "item_item";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Scorer open() {
    return new SummingScorer(index, most) {
      @Override
      void fill(Target user, SparseSums into) {
        UserHistory history = user.history();
        for (int entry = 0; entry < history.size(); entry++) {
          if (history.isStrong()[entry]) {
            int item = history.items()[entry];
            for (int to = neighbours.start(item); to < neighbours.end(item); to++) {
              double amount = history.weights()[entry] * neighbours.value(to);
              into.add(neighbours.column(to), amount, item);
            }
          }
        }
      }
    };
  }
}
