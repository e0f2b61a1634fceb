package dev.nightjar.training.candidate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.table.PairFeatures;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Source {@code abandoned}: left in the cart, or viewed several times in 7 days, with no purchase
 * since. Score = (2 for an open cart + ln(1 + views of 7 days)), halved every half of {@code
 * abandoned_days}.
 */
final class AbandonedCandidates {
  static final String NAME = "abandoned";
  private static final double CART_WEIGHT = 2.0;

  private AbandonedCandidates() {}

  /** Proposals for the pairs of {@code pairFeatures} that look given up. */
  static Dataset<Row> propose(Dataset<Row> pairFeatures, CandidateConfig config) {
    Column isRecent = col(PairFeatures.RECENCY_DAYS).leq(config.abandonedDays());
    Column hasBoughtSince =
        col(PairFeatures.PURCHASE_RECENCY_DAYS)
            .isNotNull()
            .and(col(PairFeatures.PURCHASE_RECENCY_DAYS).leq(col(PairFeatures.RECENCY_DAYS)));
    Column isViewedAgain =
        col(PairFeatures.VIEWS_7D).geq(config.abandonedMinViews()).and(not(hasBoughtSince));
    Column interest =
        when(col(PairFeatures.IS_CART_OPEN), lit(CART_WEIGHT))
            .otherwise(lit(0.0))
            .plus(log1p(col(PairFeatures.VIEWS_7D)));
    Column fade =
        pow(lit(0.5), col(PairFeatures.RECENCY_DAYS).divide(config.abandonedDays() / 2.0));
    Dataset<Row> abandoned =
        pairFeatures.where(isRecent.and(col(PairFeatures.IS_CART_OPEN).or(isViewedAgain)));
    return Proposals.best(abandoned, NAME, interest.multiply(fade), config.abandoned());
  }
}
