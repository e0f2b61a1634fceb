package dev.nightjar.training.candidate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.Users;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Puts each user into a segment: the locale where enough is bought there, else everyone. */
final class Segments {
  static final String SEGMENT = "segment";
  static final String IS_COLD = "is_cold";
  static final String EVERYONE = "";
  private static final String PURCHASES = "purchases";

  private Segments() {}

  /**
   * One row per user of {@code users}.
   *
   * @return user_id, segment, is_cold (no history at all)
   */
  static Dataset<Row> of(Snapshot snapshot, CandidateConfig config) {
    Dataset<Row> users = snapshot.users().select(Users.USER_ID, Users.LOCALE);
    Dataset<Row> purchases =
        snapshot
            .events()
            .where(
                col(CleanEvents.EVENT_TYPE)
                    .equalTo(EventTypes.PURCHASE)
                    .and(
                        snapshot.asOf().within(col(CleanEvents.EVENT_TIME), config.popularDays())));
    Dataset<Row> locales =
        purchases
            .join(users, new String[] {Users.USER_ID}, "inner")
            .where(col(Users.LOCALE).isNotNull())
            .groupBy(Users.LOCALE)
            .agg(count(lit(1)).as(PURCHASES))
            .where(col(PURCHASES).geq(config.segmentMinPurchases()))
            .select(col(Users.LOCALE), col(Users.LOCALE).as(SEGMENT));
    Dataset<Row> known =
        snapshot
            .pairFeatures()
            .select(PairFeatures.USER_ID)
            .distinct()
            .withColumn(IS_COLD, lit(false));
    return users
        .join(locales, new String[] {Users.LOCALE}, "left_outer")
        .join(known, new String[] {Users.USER_ID}, "left_outer")
        .select(
            col(Users.USER_ID),
            coalesce(col(SEGMENT), lit(EVERYONE)).as(SEGMENT),
            when(col(IS_COLD).isNull(), lit(true)).otherwise(lit(false)).as(IS_COLD));
  }
}
