package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.history.HistoryRows;
import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.history.UserHistory;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.matrix.SparseSums;
import org.apache.spark.sql.Row;

/**
 * Source {@code abandoned}: left in the cart, or viewed several times in 7 days, with no purchase
 * since. Score = (2 for an open cart + ln(1 + views of 7 days)), halved every half of {@code
 * abandoned_days}.
 *
 * @param most items to propose
 */
public record AbandonedSource(ItemIndex index, int days, int minViews, int most)
    implements Proposer {
  public static final String NAME = "abandoned";
  private static final double CART_WEIGHT = 2.0;

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
          Row pair = history.pairs()[entry];
          double recency = pair.getDouble(HistoryRows.RECENCY);
          boolean isCartOpen = pair.getBoolean(HistoryRows.IS_CART_OPEN);
          boolean hasBoughtSince =
              !pair.isNullAt(HistoryRows.PURCHASE_RECENCY)
                  && pair.getDouble(HistoryRows.PURCHASE_RECENCY) <= recency;
          double views = pair.getLong(HistoryRows.VIEWS_7D);
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
