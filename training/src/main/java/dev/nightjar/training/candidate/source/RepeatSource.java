package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.history.UserHistory;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.learning.CandidateSource;
import dev.nightjar.training.candidate.learning.Learning;
import dev.nightjar.training.candidate.learning.Proposer;
import dev.nightjar.training.candidate.learning.SummingScorer;
import dev.nightjar.training.candidate.matrix.SparseSums;

/**
 * Source {@code repeat}: what the user bought before. Score = ln(1 + purchase days) times how due
 * it is: with a rhythm, exp(-0.5 ln²((since + 1) / (gap + 1))), which is 1 when the usual gap has
 * just passed; bought once, halved every {@code repeat_half_life_days}.
 */
public record RepeatSource() implements CandidateSource {
  @Override
  public String name() {
    return "repeat";
  }

  @Override
  public String meaning() {
    return "bought before, by count and by how due it is";
  }

  @Override
  public String missing() {
    return "null where the pair was not bought";
  }

  @Override
  public Proposer learn(Learning learning) {
    return new Model(
        learning.items(), learning.config().pairs().repeatHalfLifeDays(), learning.most(this));
  }

  /**
   * What it learned.
   *
   * @param most items to propose
   */
  private record Model(ItemIndex index, double halfLifeDays, int most) implements Proposer {
    @Override
    public Scorer open() {
      return new SummingScorer(index, most) {
        @Override
        protected void fill(Target user, SparseSums into) {
          UserHistory history = user.history();
          for (int entry = 0; entry < history.size(); entry++) {
            if (history.hasBought(entry)) {
              double days = history.purchases(entry);
              into.add(
                  history.items()[entry],
                  Math.log1p(days) * due(history, entry),
                  SparseSums.NO_CAUSE);
            }
          }
        }
      };
    }

    private double due(UserHistory history, int entry) {
      double since = history.boughtDaysAgo(entry);
      double gap = history.purchaseGapDays(entry);
      if (Double.isNaN(gap)) {
        return Math.pow(0.5, since / halfLifeDays);
      }
      double late = Math.log((since + 1) / (gap + 1));
      return Math.exp(-0.5 * late * late);
    }
  }
}
