package dev.nightjar.export.policy;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.features.table.Pushes;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Pushes that count against tomorrow's caps and gaps. */
public final class PastPushes {
  private static final String REACH = "reach";

  private PastPushes() {}

  /**
   * Joins what the mailer logged with what earlier nights planned for times the log does not cover
   * yet.
   *
   * <p>The log covers the time up to its latest {@code sent_at}. A push planned for an instant
   * before that was sent if and only if the log has it. A push planned for that instant or later is
   * assumed to have been sent, unless the log has its id already.
   *
   * @param pushes {@code pushes} known tonight
   * @param earlierSchedules {@code push_schedule} of the nights before this one; seven are enough
   * @param since pushes sent at or before it are left out
   * @return push_id, user_id, sent_at (UTC), one row per push
   */
  public static Dataset<Row> compute(
      Dataset<Row> pushes, Dataset<Row> earlierSchedules, Instant since) {
    Column recent = col(Pushes.SENT_AT).gt(lit(Timestamp.from(since)));
    Dataset<Row> log = pushes.select(Pushes.PUSH_ID, Pushes.USER_ID, Pushes.SENT_AT).where(recent);
    Dataset<Row> reach = pushes.agg(max(Pushes.SENT_AT).as(REACH));
    Dataset<Row> planned =
        earlierSchedules
            .select(
                col(PushSchedule.PUSH_ID),
                col(PushSchedule.USER_ID),
                col(PushSchedule.SEND_AT).as(Pushes.SENT_AT))
            .where(recent);
    Dataset<Row> unknown =
        planned
            .crossJoin(broadcast(reach))
            .where(col(REACH).isNull().or(col(Pushes.SENT_AT).geq(col(REACH))))
            .drop(REACH)
            .join(
                log.select(col(Pushes.PUSH_ID).as("logged_id")),
                col(Pushes.PUSH_ID).equalTo(col("logged_id")),
                "left_anti");
    return log.union(unknown);
  }
}
