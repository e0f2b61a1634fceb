package dev.nightjar.training.candidate.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightjar.features.table.PairFeatures;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All pairs of a user in one row, since every source looks at one user at a time: user_id, pairs
 * (array of structs, unordered), lot (what draws the users that neighbours are learned from).
 */
public final class HistoryRows {
  public static final String PAIRS = "pairs";
  static final String LOT = "lot";

  /** Positions in the struct of a pair. */
  static final int ITEM = 0;

  static final int STRENGTH = 1;
  static final int VIEWS = 2;
  public static final int PURCHASES = 3;
  public static final int VIEWS_7D = 4;
  public static final int RECENCY = 5;
  public static final int PURCHASE_RECENCY = 6;
  public static final int PURCHASE_GAP = 7;
  public static final int IS_CART_OPEN = 8;

  private HistoryRows() {}

  /** One row per user of {@code pair_features}. */
  public static Dataset<Row> of(Dataset<Row> pairFeatures, long seed) {
    return pairFeatures
        .groupBy(PairFeatures.USER_ID)
        .agg(
            collect_list(
                    struct(
                        col(PairFeatures.ITEM_ID),
                        col(PairFeatures.STRENGTH),
                        col(PairFeatures.VIEWS),
                        col(PairFeatures.PURCHASES),
                        col(PairFeatures.VIEWS_7D),
                        col(PairFeatures.RECENCY_DAYS),
                        col(PairFeatures.PURCHASE_RECENCY_DAYS),
                        col(PairFeatures.PURCHASE_GAP_DAYS),
                        col(PairFeatures.IS_CART_OPEN)))
                .as(PAIRS))
        .withColumn(LOT, lot(seed, col(PairFeatures.USER_ID)));
  }

  /** A seeded function of the user, uniform over the longs. */
  static Column lot(long seed, Column userId) {
    return xxhash64(lit(seed), userId);
  }
}
