package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.history.UserHistory;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.learning.CandidateSource;
import dev.nightjar.training.candidate.learning.Learning;
import dev.nightjar.training.candidate.learning.Proposer;
import dev.nightjar.training.candidate.learning.SourceLink;
import dev.nightjar.training.candidate.learning.SummingScorer;
import dev.nightjar.training.candidate.matrix.SparseSums;
import dev.nightjar.training.candidate.rules.RuleBook;
import dev.nightjar.training.candidate.rules.RuleConfig;
import dev.nightjar.training.candidate.rules.RuleMiner;
import java.util.Optional;

/**
 * Source {@code rules}: consequents, not bought by the user yet, of the rules whose whole
 * antecedent the user bought in {@code rules_days}. Score = the largest weight of such a rule.
 */
public record RulesSource() implements CandidateSource {
  @Override
  public String name() {
    return "rules";
  }

  @Override
  public String meaning() {
    return "confidence x ln(lift) of the best rule";
  }

  @Override
  public String missing() {
    return "null where no rule leads to it";
  }

  @Override
  public Optional<SourceLink> link() {
    return Optional.of(
        new SourceLink(SourceLink.Kind.SAME_BASKET, "often bought with ", ", which you bought"));
  }

  @Override
  public Proposer learn(Learning learning) {
    RuleConfig config = learning.config().rules();
    RuleBook book =
        new RuleMiner(config, learning.items().size())
            .mine(learning.spark(), learning.purchases().baskets());
    return new Model(learning.items(), book, config.rulesDays(), learning.most(this));
  }

  /**
   * What it learned.
   *
   * @param most items to propose
   */
  private record Model(ItemIndex index, RuleBook book, int days, int most) implements Proposer {
    @Override
    public Optional<RuleBook> rules() {
      return Optional.of(book);
    }

    @Override
    public Scorer open() {
      return new SummingScorer(index, most) {
        @Override
        protected void fill(Target user, SparseSums into) {
          UserHistory history = user.history();
          for (int entry = 0; entry < history.size(); entry++) {
            int item = history.items()[entry];
            if (history.boughtDaysAgo(entry) <= days) {
              for (RuleBook.Rule found : book.beginningWith(item)) {
                if (hasAll(history, found.antecedent())) {
                  into.raise(
                      found.consequent(), found.weight(), latest(history, found.antecedent()));
                }
              }
            }
          }
        }

        @Override
        protected boolean mayPropose(Target user, int item) {
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
}
