package dev.nightjar.export.policy;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.bool_and;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.features.DataException;
import dev.nightjar.features.table.PushLog;
import dev.nightjar.features.table.Pushes;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Earlier pushes, sent and planned. The log is reconciled, not believed: a shard of it may be late
 * or lost, so a planned push counts as sent until the log says that it was dropped, or is complete
 * up to the moment until which the push could be sent and does not name it.
 */
public final class PastPushes {
  /** The last moment at which a planned push could be sent. */
  private static final String VALID_UNTIL = PushSchedule.VALID_UNTIL;

  private static final String IS_DROPPED = "is_dropped";
  private static final String IS_STATED = "is_stated";
  private static final String THROUGH = "through";
  private static final String NAMED_SHARE = "named_share";
  private static final String REACH = "reach";
  private static final String[] PUSH = {Pushes.PUSH_ID};

  /** Fewer planned pushes than this say nothing about the log. */
  private static final int FEW = 5;

  /**
   * Share of the planned pushes that a log names where it is complete; one that names fewer lacks a
   * part, unless it says itself that it does not.
   */
  private static final double COMPLETE_SHARE = 0.9;

  private PastPushes() {}

  /**
   * What was logged, tonight or in earlier nights.
   *
   * @param tonight {@code pushes} of the night
   * @param before {@code pushes} of nights before
   * @return push_id, user_id, sent_at (UTC), one row per push and user
   */
  public static Dataset<Row> everLogged(Dataset<Row> tonight, Dataset<Row> before) {
    String[] columns = {Pushes.USER_ID, Pushes.SENT_AT};
    return tonight
        .select(Pushes.PUSH_ID, columns)
        .union(before.select(Pushes.PUSH_ID, columns))
        .groupBy(Pushes.PUSH_ID, Pushes.USER_ID)
        .agg(min(Pushes.SENT_AT).as(Pushes.SENT_AT));
  }

  /**
   * Pushes that count against caps and gaps.
   *
   * @param since pushes sent at or before it are left out
   * @return push_id, user_id, sent_at (UTC), one row per push
   */
  public static Dataset<Row> compute(PushHistory history, Instant since) {
    String[] columns = {Pushes.USER_ID, Pushes.SENT_AT};
    return history
        .pushes()
        .select(Pushes.PUSH_ID, columns)
        .union(unlogged(history).select(Pushes.PUSH_ID, columns))
        .where(col(Pushes.SENT_AT).gt(lit(Timestamp.from(since))));
  }

  /**
   * Planned pushes that count as sent though the log does not say when.
   *
   * @return push_id, user_id, sent_at (when it was to be sent, UTC), items
   */
  public static Dataset<Row> unlogged(PushHistory history) {
    Dataset<Row> logged = history.pushes().select(Pushes.PUSH_ID, Pushes.USER_ID);
    Column isPassed =
        col(VALID_UNTIL)
            .leq(col(THROUGH))
            .and(col(IS_STATED).or(col(NAMED_SHARE).geq(COMPLETE_SHARE)));
    return planned(history)
        .join(logged, new String[] {Pushes.PUSH_ID, Pushes.USER_ID}, "left_anti")
        .join(named(history), PUSH, "left_outer")
        .crossJoin(broadcast(completeness(history)))
        .where(
            when(col(IS_DROPPED).isNotNull(), not(col(IS_DROPPED)))
                .otherwise(not(coalesce(isPassed, lit(false)))))
        .select(Pushes.PUSH_ID, Pushes.USER_ID, Pushes.SENT_AT, PushSchedule.ITEMS);
  }

  /**
   * Stops a night of whose planned pushes the log has hardly any, where it reaches past them: the
   * mailer gives them other ids, or the log is another system's, and caps cannot be kept.
   *
   * @param minShare {@code policy.min_logged_share}
   * @throws DataException naming the share
   */
  public static void requireLogged(PushHistory history, double minShare) {
    if (minShare == 0) {
      return;
    }
    Dataset<Row> reach = history.pushes().agg(max(Pushes.SENT_AT).as(REACH));
    Row counts =
        planned(history)
            .crossJoin(broadcast(reach))
            .where(col(VALID_UNTIL).leq(col(REACH)))
            .join(named(history), PUSH, "left_outer")
            .agg(count(lit(1)), count(col(IS_DROPPED)))
            .head();
    long planned = counts.getLong(0);
    long found = counts.getLong(1);
    if (planned >= FEW && found < minShare * planned) {
      throw new DataException(
          "the push log has %,d of the %,d pushes that the last nights planned and that it reaches past; policy.min_logged_share is %s: the mailer must log push_schedule.push_id as push_id, or set it to 0 where it does not send what Nightjar plans"
              .formatted(found, planned, minShare));
    }
  }

  /** Every push that the log names, and whether it was dropped. */
  private static Dataset<Row> named(PushHistory history) {
    Column kind = col(PushLog.KIND);
    return history
        .pushes()
        .select(col(Pushes.PUSH_ID), lit(false).as(IS_DROPPED))
        .union(
            history
                .log()
                .where(kind.isin(PushLog.DROPPED, PushLog.UNCLEAR))
                .select(col(PushLog.PUSH_ID), kind.equalTo(PushLog.DROPPED)))
        .groupBy(Pushes.PUSH_ID)
        .agg(bool_and(col(IS_DROPPED)).as(IS_DROPPED));
  }

  /** One row: up to when all files of the log are complete, and how we know. */
  private static Dataset<Row> completeness(PushHistory history) {
    Column kind = col(PushLog.KIND);
    Dataset<Row> through =
        history
            .log()
            .where(kind.isin(PushLog.STATED, PushLog.INFERRED))
            .agg(
                min(coalesce(col(PushLog.AT), lit(Timestamp.from(Instant.EPOCH)))).as(THROUGH),
                bool_and(kind.equalTo(PushLog.STATED)).as(IS_STATED));
    Dataset<Row> share =
        planned(history)
            .crossJoin(broadcast(through.select(THROUGH)))
            .where(col(VALID_UNTIL).leq(col(THROUGH)))
            .join(named(history), PUSH, "left_outer")
            .agg(avg(when(col(IS_DROPPED).isNotNull(), 1).otherwise(0)).as(NAMED_SHARE));
    return through.crossJoin(share);
  }

  private static Dataset<Row> planned(PushHistory history) {
    Column sendAt = col(PushSchedule.SEND_AT);
    // Schedules of older versions do not say until when their pushes could be sent.
    Column until = coalesce(col(PushSchedule.VALID_UNTIL), sendAt.plus(expr("INTERVAL 1 HOUR")));
    return history
        .schedules()
        .select(
            col(PushSchedule.PUSH_ID).as(Pushes.PUSH_ID),
            col(PushSchedule.USER_ID).as(Pushes.USER_ID),
            sendAt.as(Pushes.SENT_AT),
            until.as(VALID_UNTIL),
            col(PushSchedule.ITEMS));
  }
}
