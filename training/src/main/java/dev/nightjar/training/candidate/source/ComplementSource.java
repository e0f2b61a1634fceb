package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.history.Complements;
import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.history.UserHistory;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.matrix.SparseRows;
import dev.nightjar.training.candidate.matrix.SparseSums;

/**
 * Source {@code complement}: what goes with what the user bought lately and did not buy yet. Score
 * = sum over items bought in {@code complement_days} of {@link Complements}, halved every half of
 * those days.
 *
 * @param followers the strongest complements of each item
 * @param most items to propose
 */
public record ComplementSource(ItemIndex index, SparseRows followers, int days, int most)
    implements Proposer {
  public static final String NAME = "complement";

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
          double since = history.boughtDaysAgo(entry);
          if (history.isStrong()[entry] && since <= days) {
            double fade = Math.pow(0.5, since / (days / 2.0));
            int item = history.items()[entry];
            for (int to = followers.start(item); to < followers.end(item); to++) {
              into.add(followers.column(to), fade * followers.value(to), item);
            }
          }
        }
      }

      @Override
      boolean mayPropose(Target user, int item) {
        return !user.history().hasBoughtItem(item);
      }
    };
  }
}
