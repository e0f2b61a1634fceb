package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.history.UserHistory;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.matrix.SparseSums;
import dev.nightjar.training.candidate.rules.RuleBook;

/**
 * Source {@code rules}: consequents of the rules whose antecedents the user bought in {@code
 * rules_days}, as a whole, and who did not buy the consequent yet. Score = the largest weight of
 * such a rule.
 *
 * @param most items to propose
 */
public record RulesSource(ItemIndex index, RuleBook book, int days, int most) implements Proposer {
  public static final String NAME = "rules";

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
          int item = history.items()[entry];
          if (history.boughtDaysAgo(entry) <= days) {
            for (RuleBook.Rule found : book.beginningWith(item)) {
              if (hasAll(history, found.antecedent())) {
                into.raise(found.consequent(), found.weight(), latest(history, found.antecedent()));
              }
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

  private boolean hasAll(UserHistory history, int[] items) {
    for (int item : items) {
      int entry = history.entryOf(item);
      if (entry < 0 || history.boughtDaysAgo(entry) > days) {
        return false;
      }
    }
    return true;
  }

  private static int latest(UserHistory history, int[] items) {
    int latest = items[0];
    for (int item : items) {
      if (history.boughtDaysAgo(history.entryOf(item))
          < history.boughtDaysAgo(history.entryOf(latest))) {
        latest = item;
      }
    }
    return latest;
  }
}
