package dev.nightjar.training.candidate.demand;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.features.table.Users;
import dev.nightjar.training.table.UserSegments;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What each segment of users wanted recently: everyone, each locale and each interest segment. One
 * row per segment and item, with its numbers of {@code popular_days}: buyers, users with any event
 * of it (touchers) and purchases; and its touches of the last 7 days and of the 28 before, where a
 * purchase counts as three.
 */
public final class Demand {
  static final String SEGMENT = "segment_key";
  static final String BUYERS = "buyers";
  static final String TOUCHERS = "touchers";
  static final String RECENT = "recent";
  static final String BASE = "base";
  static final String PURCHASES = "purchases";

  static final String EVERYONE = "";
  static final int RECENT_DAYS = 7;
  static final int BASE_DAYS = 28;

  private static final String LOCALE = "locale:";
  private static final String INTEREST = "interest:";
  private static final double PURCHASE_TOUCHES = 3.0;

  private Demand() {}

  static String ofLocale(String locale) {
    return LOCALE + locale;
  }

  static String ofInterest(int segment) {
    return INTEREST + segment;
  }

  /**
   * Sums the events of the days that count.
   *
   * @param userSegments {@link UserSegments}
   */
  public static Dataset<Row> of(Snapshot snapshot, Dataset<Row> userSegments, int popularDays) {
    Dataset<Row> byUser = byUser(snapshot, popularDays);
    Dataset<Row> segmented =
        byUser
            .join(
                snapshot.users().select(Users.USER_ID, Users.LOCALE),
                new String[] {Users.USER_ID},
                "left_outer")
            .join(
                userSegments.select(UserSegments.USER_ID, UserSegments.SEGMENT),
                new String[] {UserSegments.USER_ID},
                "left_outer");
    Column segments =
        array_compact(
            array(
                lit(EVERYONE),
                concat(lit(LOCALE), col(Users.LOCALE)),
                concat(lit(INTEREST), col(UserSegments.SEGMENT).cast("string"))));
    return segmented
        .withColumn(SEGMENT, explode(segments))
        .groupBy(SEGMENT, CleanEvents.ITEM_ID)
        .agg(
            sum(BUYERS).as(BUYERS),
            sum(TOUCHERS).as(TOUCHERS),
            sum(RECENT).as(RECENT),
            sum(BASE).as(BASE),
            sum(PURCHASES).as(PURCHASES));
  }

  private static Dataset<Row> byUser(Snapshot snapshot, int popularDays) {
    Column time = col(CleanEvents.EVENT_TIME);
    Column isRecent = snapshot.asOf().within(time, RECENT_DAYS);
    Column isPopularWindow = snapshot.asOf().within(time, popularDays);
    Column isPurchase = col(CleanEvents.EVENT_TYPE).equalTo(EventTypes.PURCHASE);
    Column isReturn = col(CleanEvents.EVENT_TYPE).equalTo(EventTypes.RETURN);
    Column touches = when(isPurchase, lit(PURCHASE_TOUCHES)).otherwise(lit(1.0));
    Column isBase = snapshot.asOf().within(time, RECENT_DAYS + BASE_DAYS).and(not(isRecent));
    int horizon = Math.max(popularDays, RECENT_DAYS + BASE_DAYS);
    return snapshot
        .events()
        .where(
            col(CleanEvents.ITEM_ID)
                .isNotNull()
                .and(not(isReturn))
                .and(snapshot.asOf().within(time, horizon)))
        .groupBy(CleanEvents.USER_ID, CleanEvents.ITEM_ID)
        .agg(
            max(oneWhere(isPopularWindow.and(isPurchase))).as(BUYERS),
            max(oneWhere(isPopularWindow)).as(TOUCHERS),
            sum(when(isRecent, touches).otherwise(lit(0.0))).as(RECENT),
            sum(when(isBase, touches).otherwise(lit(0.0))).as(BASE),
            sum(oneWhere(isPopularWindow.and(isPurchase))).as(PURCHASES));
  }

  private static Column oneWhere(Column condition) {
    return when(condition, lit(1.0)).otherwise(lit(0.0));
  }
}
