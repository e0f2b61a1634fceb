package dev.nightjar.export.rank;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.table.Pushes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How earlier pushes of an item to a user change its rank tonight.
 *
 * <p>Each push that was not opened multiplies the score by {@code 1 - unopened_decay * 2^(-age days
 * / half life)}, so that an item that was ignored comes back with time.
 */
final class PushMemory {
  private static final String PUSH_AGE_DAYS = "push_age_days";
  private static final String REMAINING = "remaining_share";
  private static final String[] PAIR = {Pushes.USER_ID, Pushes.ITEM_ID};

  private PushMemory() {}

  /**
   * Leaves out items that were pushed recently and lowers the score of those whose push was not
   * opened.
   *
   * @param scored user_id, item_id, {@code score} and any others
   */
  static Dataset<Row> apply(
      Dataset<Row> scored, Dataset<Row> pushes, AsOf asOf, RankConfig config, String score) {
    return scored
        .join(byPair(pushes, asOf, config), PAIR, "left_outer")
        .where(coalesce(col(PUSH_AGE_DAYS).geq(config.pushedDays()), lit(true)))
        .withColumn(score, col(score).multiply(coalesce(col(REMAINING), lit(1.0))))
        .drop(PUSH_AGE_DAYS, REMAINING);
  }

  private static Dataset<Row> byPair(Dataset<Row> pushes, AsOf asOf, RankConfig config) {
    Column age = greatest(asOf.ageDays(col(Pushes.SENT_AT)), lit(0.0));
    Column taken =
        lit(config.unopenedDecay()).multiply(pow(2.0, age.divide(-config.unopenedHalfLifeDays())));
    Column isUnopened = col(Pushes.OPENED_AT).isNull().and(col(Pushes.CLICKED_AT).isNull());
    return pushes
        .where(col(Pushes.ITEM_ID).isNotNull().and(asOf.knows(col(Pushes.SENT_AT))))
        .groupBy(Pushes.USER_ID, Pushes.ITEM_ID)
        .agg(
            min(age).as(PUSH_AGE_DAYS),
            exp(sum(when(isUnopened, log1p(taken.multiply(-1))).otherwise(lit(0.0))))
                .as(REMAINING));
  }
}
