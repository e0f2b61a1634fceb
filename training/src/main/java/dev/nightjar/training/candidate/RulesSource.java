package dev.nightjar.training.candidate;

/**
 * Source {@code rules}: consequents of the rules whose antecedents the user bought in {@code
 * rules_days}, as a whole, and who did not buy the consequent yet. Score = the largest weight of
 * such a rule.
 *
 * @param most items to propose
 */
record RulesSource(ItemIndex index, RuleBook book, int days, int most) implements Source {
  static final String NAME = "rules";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Scorer open() {
    return new SummingScorer(index, most) {
      @Override
      void fill(Target user, Sums into) {
        UserHistory history = user.history();
        for (int entry = 0; entry < history.size(); entry++) {
          int item = history.items()[entry];
          if (history.boughtDaysAgo(entry) <= days) {
            for (int rule = book.starts()[item]; rule < book.starts()[item + 1]; rule++) {
              RuleBook.Rule found = book.rules().get(rule);
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
