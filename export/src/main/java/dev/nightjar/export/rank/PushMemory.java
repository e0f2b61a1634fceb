package dev.nightjar.export.rank;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.export.policy.PastPushes;
import dev.nightjar.export.policy.PushHistory;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.table.Pushes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How earlier pushes of an item to a user change its rank tonight. Each item that a push showed
 * counts, and a planned push that the log does not have yet counts as sent.
 *
 * <p>Each push that was delivered and not opened within its time multiplies the score by {@code 1 -
 * unopened_decay * 2^(-age days / half life)}, so that an item that was ignored comes back with
 * time.
 */
final class PushMemory {
  private static final String PUSH_AGE_DAYS = "push_age_days";
  private static final String REMAINING = "remaining_share";
  private static final String SHOWN = "shown";
  private static final String IS_UNOPENED = "is_unopened";
  private static final String DELIVERIES = "deliveries";
  private static final String[] PAIR = {Pushes.USER_ID, Pushes.ITEM_ID};
  private static final double HOURS_PER_DAY = 24.0;

  private PushMemory() {}

  /**
   * Leaves out items that were pushed recently and lowers the score of those whose push was not
   * opened.
   *
   * @param scored user_id, item_id, {@code score} and any others
   */
  static Dataset<Row> apply(
      Dataset<Row> scored, PushHistory pushes, AsOf asOf, RankConfig config, String score) {
    return scored
        .join(byPair(pushes, asOf, config), PAIR, "left_outer")
        .where(coalesce(col(PUSH_AGE_DAYS).geq(config.pushedDays()), lit(true)))
        .withColumn(score, col(score).multiply(coalesce(col(REMAINING), lit(1.0))))
        .drop(PUSH_AGE_DAYS, REMAINING);
  }

  private static Dataset<Row> byPair(PushHistory pushes, AsOf asOf, RankConfig config) {
    Column age = greatest(asOf.ageDays(col(Pushes.SENT_AT)), lit(0.0));
    Column taken =
        lit(config.unopenedDecay()).multiply(pow(2.0, age.divide(-config.unopenedHalfLifeDays())));
    Column isOver = age.geq(config.unopenedAfterHours() / HOURS_PER_DAY);
    return logged(pushes, asOf)
        .unionByName(unlogged(pushes))
        .withColumn(Pushes.ITEM_ID, explode(col(SHOWN)))
        .groupBy(Pushes.USER_ID, Pushes.ITEM_ID)
        .agg(
            min(age).as(PUSH_AGE_DAYS),
            exp(sum(
                    when(col(IS_UNOPENED).and(isOver), log1p(taken.multiply(-1)))
                        .otherwise(lit(0.0))))
                .as(REMAINING));
  }

  /** What the mailer sent; where it never says what was delivered, all of it counts as such. */
  private static Dataset<Row> logged(PushHistory pushes, AsOf asOf) {
    Dataset<Row> sent = pushes.pushes().where(asOf.knows(col(Pushes.SENT_AT)));
    Dataset<Row> deliveries = sent.agg(count(col(Pushes.DELIVERED_AT)).as(DELIVERIES));
    Dataset<Row> planned =
        pushes
            .schedules()
            .select(
                col(PushSchedule.PUSH_ID).as(Pushes.PUSH_ID),
                col(PushSchedule.USER_ID).as(Pushes.USER_ID),
                col(PushSchedule.ITEMS));
    Column none = array().cast("array<string>");
    Column first = array(col(Pushes.ITEM_ID));
    Column isDelivered = col(Pushes.DELIVERED_AT).isNotNull().or(col(DELIVERIES).equalTo(0));
    return sent.join(planned, new String[] {Pushes.PUSH_ID, Pushes.USER_ID}, "left_outer")
        .crossJoin(broadcast(deliveries))
        .select(
            col(Pushes.USER_ID),
            col(Pushes.SENT_AT),
            array_compact(array_union(first, coalesce(col(PushSchedule.ITEMS), none))).as(SHOWN),
            col(Pushes.OPENED_AT)
                .isNull()
                .and(col(Pushes.CLICKED_AT).isNull())
                .and(isDelivered)
                .as(IS_UNOPENED));
  }

  /** What was planned and is not in the log yet: nobody knows whether it was opened. */
  private static Dataset<Row> unlogged(PushHistory pushes) {
    return PastPushes.unlogged(pushes)
        .select(
            col(Pushes.USER_ID),
            col(Pushes.SENT_AT),
            col(PushSchedule.ITEMS).as(SHOWN),
            lit(false).as(IS_UNOPENED));
  }
}
