package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.refuse.Rules;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Suppressions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Users who left, by the push log: they unsubscribed, or can no longer be reached. */
final class OptOuts {
  private static final String UNSUBSCRIBED = "unsubscribed";
  private static final String BOUNCED = "bounced";
  private static final String ADDRESSEE = "_addressee";
  private static final String NEWEST = "_newest";

  private OptOuts() {}

  /**
   * Users who left, by whatever row of the push log.
   *
   * @param pushes {@link #addressed} rows of the pushes
   * @return rows of {@code suppressions}, some users more than once
   */
  static Dataset<Row> of(Dataset<Row> pushes, AsOf asOf) {
    Dataset<Row> log = withNewest(pushes);
    return left(log, Pushes.UNSUBSCRIBED_AT, UNSUBSCRIBED, asOf)
        .unionByName(left(log, Pushes.BOUNCED_AT, BOUNCED, asOf));
  }

  /**
   * Rows of the push log, those that name a push and no user with the users of that push: reports
   * of who left seldom repeat what is known.
   *
   * @param pushes rows of the pushes after {@link InputRules}
   * @param sent push_id and user_id of pushes that were planned, or logged, in the nights before
   */
  static Dataset<Row> addressed(Dataset<Row> pushes, Dataset<Row> sent) {
    Column id = col(Pushes.PUSH_ID);
    Column user = col(Pushes.USER_ID);
    String[] push = {Pushes.PUSH_ID};
    Dataset<Row> ofNobody = pushes.where(user.isNull().and(id.isNotNull()));
    Dataset<Row> users =
        pushes
            .where(id.isNotNull().and(user.isNotNull()))
            .select(id, user.as(ADDRESSEE))
            .unionByName(sent.select(id, user.as(ADDRESSEE)))
            .join(ofNobody.select(id), push, "left_semi")
            .distinct();
    Dataset<Row> nobodys =
        ofNobody
            .join(users, push, "inner")
            .withColumn(Pushes.USER_ID, col(ADDRESSEE))
            .drop(ADDRESSEE);
    return pushes.where(user.isNotNull()).unionByName(nobodys);
  }

  /** Adds the time of the log's newest push. */
  private static Dataset<Row> withNewest(Dataset<Row> pushes) {
    Dataset<Row> newest = pushes.where(Checked.isKept()).agg(max(Pushes.SENT_AT).as(NEWEST));
    return pushes.crossJoin(broadcast(newest));
  }

  /**
   * Rows of the push log that say that a user left; at an unreadable time, from the push on. One
   * that cannot be split says so where it has a time in that place, and of its times none is sure.
   * Nor is one that is still to come when the log ends: day and month may have changed places.
   */
  private static Dataset<Row> left(Dataset<Row> pushes, String when, String reason, AsOf asOf) {
    Column isUnreadable = Rules.isUnreadable(when).and(not(col(InputTable.MALFORMED)));
    Column logEnd = greatest(col(NEWEST), asOf.endColumn()).plus(expr("INTERVAL 1 DAY"));
    Column stated = Permission.stated(when);
    Column sure = when(asOf.knows(stated).or(stated.leq(logEnd)), stated);
    Column at = coalesce(sure, Permission.stated(Pushes.SENT_AT));
    return pushes
        .where(col(Pushes.USER_ID).isNotNull().and(col(when).isNotNull().or(isUnreadable)))
        .select(
            col(Pushes.USER_ID), lit(reason).as(Suppressions.REASON), at.as(Suppressions.SINCE));
  }
}
