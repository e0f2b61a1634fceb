package dev.nightjar.training.evaluate;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log2;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Ranking metrics with binary relevance at a cut k: precision = hits / k; recall = hits /
 * |relevant|; hit rate = any hit; nDCG = sum over hits of 1 / log2(rank + 1), over the same sum of
 * an ideal list cut at min(k, |relevant|).
 */
public final class RankingMetrics {
  public static final String USER_ID = "user_id";
  public static final String ITEM_ID = "item_id";

  /** Position from 1. */
  public static final String RANK = "rank";

  public static final String NDCG = "ndcg";
  public static final String PRECISION = "precision";
  public static final String RECALL = "recall";
  public static final String HIT_RATE = "hit_rate";

  /** Users that a mean is over. */
  public static final String USERS = "users";

  private static final String RELEVANT = "relevant";
  private static final String GAIN = "gain";
  private static final String HITS = "hits";

  private RankingMetrics() {}

  /**
   * Lists from scores: the largest first, ties by item.
   *
   * @param scored user_id, item_id and a score, null or NaN scores left out
   * @return user_id, item_id, rank from 1
   */
  public static Dataset<Row> rank(Dataset<Row> scored, String score) {
    return scored
        .where(col(score).isNotNull().and(not(isnan(col(score)))))
        .select(
            col(USER_ID),
            col(ITEM_ID),
            row_number()
                .over(Window.partitionBy(USER_ID).orderBy(col(score).desc(), col(ITEM_ID)))
                .as(RANK));
  }

  /**
   * Metrics of each user with at least one relevant item; a user who was given no list scores 0.
   *
   * @param ranked user_id, item_id, rank from 1, no two items of a user at one rank
   * @param relevant user_id, item_id, each pair once
   * @param k cut
   * @return user_id, ndcg, precision, recall, hit_rate
   */
  public static Dataset<Row> perUser(Dataset<Row> ranked, Dataset<Row> relevant, int k) {
    if (k <= 0) {
      throw new IllegalArgumentException("k must be positive, got " + k);
    }
    Dataset<Row> top =
        ranked
            .where(col(RANK).leq(k))
            .select(col(USER_ID), col(ITEM_ID), lit(1.0).divide(log2(col(RANK).plus(1))).as(GAIN));
    Column hits = coalesce(sum(when(col(GAIN).isNotNull(), lit(1.0))), lit(0.0));
    return relevant
        .select(USER_ID, ITEM_ID)
        .join(top, new String[] {USER_ID, ITEM_ID}, "left_outer")
        .groupBy(USER_ID)
        .agg(hits.as(HITS), count(lit(1)).as(RELEVANT), coalesce(sum(GAIN), lit(0.0)).as(GAIN))
        .select(
            col(USER_ID),
            col(GAIN).divide(idealGain(least(col(RELEVANT), lit(k)))).as(NDCG),
            col(HITS).divide(k).as(PRECISION),
            col(HITS).divide(col(RELEVANT)).as(RECALL),
            when(col(HITS).gt(0), lit(1.0)).otherwise(lit(0.0)).as(HIT_RATE));
  }

  /** One row: means over the users of {@link #perUser} and their number. */
  public static Dataset<Row> mean(Dataset<Row> perUser) {
    return perUser.agg(
        avg(NDCG).as(NDCG),
        avg(PRECISION).as(PRECISION),
        avg(RECALL).as(RECALL),
        avg(HIT_RATE).as(HIT_RATE),
        count(lit(1)).as(USERS));
  }

  private static Column idealGain(Column length) {
    return functions.aggregate(
        sequence(lit(1L), length.cast(DataTypes.LongType)),
        lit(0.0),
        (gain, rank) -> gain.plus(lit(1.0).divide(log2(rank.plus(1)))));
  }
}
