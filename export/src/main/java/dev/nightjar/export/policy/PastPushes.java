package dev.nightjar.export.policy;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.features.DataException;
import dev.nightjar.features.table.Pushes;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Pushes that count against tomorrow's caps and gaps. */
public final class PastPushes {
  private static final String REACH = "reach";
  private static final String LOGGED = "logged_id";

  /** Fewer planned pushes than this say nothing about the log. */
  private static final int FEW = 20;

  private PastPushes() {}

  /**
   * Joins what the mailer logged with what earlier nights planned. The log is reconciled, not
   * believed: a shard of it may be late or lost, so a planned push that it does not have counts as
   * sent.
   *
   * @param pushes {@code pushes} known tonight
   * @param earlierSchedules {@code push_schedule} of the nights before this one; seven are enough
   * @param since pushes sent at or before it are left out
   * @return push_id, user_id, sent_at (UTC), one row per push
   */
  public static Dataset<Row> compute(
      Dataset<Row> pushes, Dataset<Row> earlierSchedules, Instant since) {
    Column recent = col(Pushes.SENT_AT).gt(lit(Timestamp.from(since)));
    Dataset<Row> log = pushes.select(Pushes.PUSH_ID, Pushes.USER_ID, Pushes.SENT_AT);
    Dataset<Row> unknown =
        planned(earlierSchedules)
            .join(
                log.select(col(Pushes.PUSH_ID).as(LOGGED)),
                col(Pushes.PUSH_ID).equalTo(col(LOGGED)),
                "left_anti");
    return log.union(unknown).where(recent);
  }

  /**
   * Stops a night of whose planned pushes the log has hardly any, where it reaches past them: the
   * mailer gives them other ids, or the log is another system's, and caps cannot be kept.
   *
   * @param minShare {@code policy.min_logged_share}
   * @throws DataException naming the share
   */
  public static void requireLogged(
      Dataset<Row> pushes, Dataset<Row> earlierSchedules, double minShare) {
    if (minShare == 0) {
      return;
    }
    Dataset<Row> reach = pushes.agg(max(Pushes.SENT_AT).as(REACH));
    Dataset<Row> logged = pushes.select(col(Pushes.PUSH_ID).as(LOGGED)).distinct();
    Row counts =
        planned(earlierSchedules)
            .crossJoin(broadcast(reach))
            .where(col(Pushes.SENT_AT).lt(col(REACH)))
            .join(logged, col(Pushes.PUSH_ID).equalTo(col(LOGGED)), "left_outer")
            .agg(count(lit(1)), count(col(LOGGED)))
            .head();
    long planned = counts.getLong(0);
    long found = counts.getLong(1);
    if (planned >= FEW && found < minShare * planned) {
      throw new DataException(
          "the push log has %,d of the %,d pushes that the last nights planned and that it reaches past; policy.min_logged_share is %s: the mailer must log push_schedule.push_id as push_id, or set it to 0 where it does not send what Nightjar plans"
              .formatted(found, planned, minShare));
    }
  }

  private static Dataset<Row> planned(Dataset<Row> schedules) {
    return schedules.select(
        col(PushSchedule.PUSH_ID),
        col(PushSchedule.USER_ID),
        col(PushSchedule.SEND_AT).as(Pushes.SENT_AT));
  }
}
