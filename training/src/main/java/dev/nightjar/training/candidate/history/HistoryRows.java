package dev.nightjar.training.candidate.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import dev.nightjar.features.Chance;
import dev.nightjar.features.table.PairFeatures;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * All pairs of a user in one row, since every source handles one user at a time: user_id, pairs
 * (array of structs, unordered), lot (number by which the users that neighbours are learned from
 * are drawn).
 */
public final class HistoryRows {
  public static final String PAIRS = "pairs";
  static final String LOT = "lot";

  private static final List<String> OF_A_PAIR =
      List.of(
          PairFeatures.ITEM_ID,
          PairFeatures.STRENGTH,
          PairFeatures.VIEWS,
          PairFeatures.PURCHASES,
          PairFeatures.VIEWS_7D,
          PairFeatures.RECENCY_DAYS,
          PairFeatures.PURCHASE_RECENCY_DAYS,
          PairFeatures.PURCHASE_GAP_DAYS,
          PairFeatures.IS_CART_OPEN);

  private HistoryRows() {}

  /** One row per user of {@code pair_features}. */
  public static Dataset<Row> of(Dataset<Row> pairFeatures, long seed) {
    return pairFeatures
        .groupBy(PairFeatures.USER_ID)
        .agg(
            collect_list(struct(OF_A_PAIR.stream().map(functions::col).toArray(Column[]::new)))
                .as(PAIRS))
        .withColumn(LOT, lot(seed, col(PairFeatures.USER_ID)));
  }

  /** Position of a column in the struct of a pair. */
  static int position(String column) {
    int position = OF_A_PAIR.indexOf(column);
    if (position < 0) {
      throw new IllegalArgumentException("a pair of a history has no column " + column);
    }
    return position;
  }

  /** A seeded function of the user, uniform over the longs. */
  static Column lot(long seed, Column userId) {
    return Chance.lot(lit(seed), userId);
  }
}
