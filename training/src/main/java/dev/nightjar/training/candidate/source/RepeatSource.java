package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.history.HistoryRows;
import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.history.UserHistory;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.matrix.SparseSums;

/**
 * Source {@code repeat}: what the user bought before. Score = ln(1 + purchase days) times how due
 * it is: with a rhythm, exp(-0.5 ln²((since + 1) / (gap + 1))), which is 1 when the usual gap has
 * just passed; bought once, halved every {@code repeat_half_life_days}.
 *
 * @param most items to propose
 */
public record RepeatSource(ItemIndex index, double halfLifeDays, int most) implements Proposer {
  public static final String NAME = "repeat";

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
          if (history.hasBought(entry)) {
            double days = history.pairs()[entry].getLong(HistoryRows.PURCHASES);
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
    if (history.pairs()[entry].isNullAt(HistoryRows.PURCHASE_GAP)) {
      return Math.pow(0.5, since / halfLifeDays);
    }
    double gap = history.pairs()[entry].getDouble(HistoryRows.PURCHASE_GAP);
    double late = Math.log((since + 1) / (gap + 1));
    return Math.exp(-0.5 * late * late);
  }
}
