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
 * Source {@code abandoned}: left in the cart, or viewed several times in 7 days, with no purchase
 * since. Score = (2 for an open cart + ln(1 + views of 7 days)), halved every half of {@code
 * abandoned_days}.
 */
public record AbandonedSource() implements CandidateSource {
  private static final double CART_WEIGHT = 2.0;

  @Override
  public String name() {
    return "abandoned";
  }

  @Override
  public String meaning() {
    return "left in the cart or viewed again and again";
  }

  @Override
  public String missing() {
    return "null where the pair does not look abandoned";
  }

  @Override
  public Proposer learn(Learning learning) {
    return new Model(
        learning.items(),
        learning.config().pairs().abandonedDays(),
        learning.config().pairs().abandonedMinViews(),
        learning.most(this));
  }

  /**
   * What it learned.
   *
   * @param most items to propose
   */
  private record Model(ItemIndex index, int days, int minViews, int most) implements Proposer {
    @Override
    public Scorer open() {
      return new SummingScorer(index, most) {
        @Override
        protected void fill(Target user, SparseSums into) {
          UserHistory history = user.history();
          for (int entry = 0; entry < history.size(); entry++) {
            double recency = history.daysAgo(entry);
            boolean isCartOpen = history.isCartOpen(entry);
            boolean hasBoughtSince = history.lastPurchaseDaysAgo(entry) <= recency;
            double views = history.viewsOf7Days(entry);
            boolean isViewedAgain = views >= minViews && !hasBoughtSince;
            if (recency <= days && (isCartOpen || isViewedAgain)) {
              double interest = (isCartOpen ? CART_WEIGHT : 0) + Math.log1p(views);
              double fade = Math.pow(0.5, recency / (days / 2.0));
              into.add(history.items()[entry], interest * fade, SparseSums.NO_CAUSE);
            }
          }
        }
      };
    }
  }
}
