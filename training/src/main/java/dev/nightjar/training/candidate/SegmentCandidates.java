package dev.nightjar.training.candidate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Users;
import dev.nightjar.training.table.Candidates;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Sources {@code popular} and {@code trending}, per segment of users.
 *
 * <p>Popular: users who bought the item in {@code popular_days}, plus 0.05 for each who touched it,
 * over the largest such number of the segment; the shop's decayed popularity decides among items
 * nobody touched lately, so that even a silent shop has a list.
 *
 * <p>Trending: (touches of 7 days - a quarter of those of the 28 days before) / sqrt(that quarter +
 * 1), about the Poisson deviation from a level rate; items below 0 are not proposed. A purchase
 * counts as three touches.
 */
final class SegmentCandidates {
  static final String POPULAR = "popular";
  static final String TRENDING = "trending";

  private static final int RECENT_DAYS = 7;
  private static final int BASE_DAYS = 28;
  private static final double PURCHASE_TOUCHES = 3.0;
  private static final double TOUCH_SHARE = 0.05;
  private static final double SHOP_SHARE = 0.001;
  private static final int DECIMALS = 6;

  private static final String BUYERS = "buyers";
  private static final String TOUCHERS = "touchers";
  private static final String RECENT = "recent";
  private static final String BASE = "base";
  private static final String POPULAR_POSITION = "popular_position";
  private static final String TRENDING_POSITION = "trending_position";

  private SegmentCandidates() {}

  /**
   * Proposals for every user of the snapshot.
   *
   * @param offered item_id of the items that may be proposed
   */
  static Dataset<Row> propose(Snapshot snapshot, Dataset<Row> offered, CandidateConfig config) {
    Dataset<Row> segments = Segments.of(snapshot, config);
    Dataset<Row> lists = lists(demand(snapshot, segments, offered, config), config);
    Column popularCap =
        when(col(Segments.IS_COLD), lit(config.cold())).otherwise(lit(config.popular()));
    Column popular = when(col(POPULAR_POSITION).leq(popularCap), col(Candidates.POPULAR_SCORE));
    Column trending =
        when(
            col(TRENDING_POSITION).leq(config.trending()).and(col(Candidates.TRENDING_SCORE).gt(0)),
            col(Candidates.TRENDING_SCORE));
    Dataset<Row> both =
        segments
            .join(broadcast(lists), new String[] {Segments.SEGMENT}, "inner")
            .select(
                col(Candidates.USER_ID),
                col(Candidates.ITEM_ID),
                popular.as(POPULAR),
                trending.as(TRENDING));
    return proposals(both, POPULAR).unionByName(proposals(both, TRENDING));
  }

  private static Dataset<Row> proposals(Dataset<Row> both, String source) {
    return both.where(col(source).isNotNull())
        .select(
            col(Candidates.USER_ID),
            col(Candidates.ITEM_ID),
            lit(source).as(Proposals.SOURCE),
            col(source).as(Proposals.SCORE));
  }

  /** One row per segment and item: buyers, touchers, touches lately and before, popularity. */
  private static Dataset<Row> demand(
      Snapshot snapshot, Dataset<Row> segments, Dataset<Row> offered, CandidateConfig config) {
    Column time = col(CleanEvents.EVENT_TIME);
    int horizon = Math.max(config.popularDays(), RECENT_DAYS + BASE_DAYS);
    Column isRecent = snapshot.asOf().within(time, RECENT_DAYS);
    Column isPopularWindow = snapshot.asOf().within(time, config.popularDays());
    Column isPurchase = col(CleanEvents.EVENT_TYPE).equalTo(EventTypes.PURCHASE);
    Column touches = when(isPurchase, lit(PURCHASE_TOUCHES)).otherwise(lit(1.0));
    Column isBase = snapshot.asOf().within(time, RECENT_DAYS + BASE_DAYS).and(not(isRecent));
    Dataset<Row> byUser =
        snapshot
            .events()
            .where(
                snapshot
                    .asOf()
                    .within(time, horizon)
                    .and(not(col(CleanEvents.EVENT_TYPE).equalTo(EventTypes.RETURN))))
            .join(offered, new String[] {CleanEvents.ITEM_ID}, "left_semi")
            .groupBy(CleanEvents.USER_ID, CleanEvents.ITEM_ID)
            .agg(
                max(when(isPopularWindow.and(isPurchase), lit(1.0)).otherwise(lit(0.0))).as(BUYERS),
                max(when(isPopularWindow, lit(1.0)).otherwise(lit(0.0))).as(TOUCHERS),
                sum(when(isRecent, touches).otherwise(lit(0.0))).as(RECENT),
                sum(when(isBase, touches).otherwise(lit(0.0))).as(BASE));
    Dataset<Row> touched =
        byUser
            .join(segments, new String[] {Users.USER_ID}, "left_outer")
            .withColumn(
                Segments.SEGMENT,
                explode(
                    array_distinct(
                        array(
                            coalesce(col(Segments.SEGMENT), lit(Segments.EVERYONE)),
                            lit(Segments.EVERYONE)))))
            .select(
                col(Segments.SEGMENT),
                col(CleanEvents.ITEM_ID),
                col(BUYERS),
                col(TOUCHERS),
                col(RECENT),
                col(BASE),
                lit(0.0).as(ItemFeatures.POPULARITY));
    return touched
        .unionByName(untouched(snapshot, offered))
        .groupBy(Segments.SEGMENT, CleanEvents.ITEM_ID)
        .agg(
            sum(BUYERS).as(BUYERS),
            sum(TOUCHERS).as(TOUCHERS),
            sum(RECENT).as(RECENT),
            sum(BASE).as(BASE),
            max(ItemFeatures.POPULARITY).as(ItemFeatures.POPULARITY));
  }

  /** Every offered item once, in everyone's list. */
  private static Dataset<Row> untouched(Snapshot snapshot, Dataset<Row> offered) {
    return offered
        .join(
            snapshot.itemFeatures().select(ItemFeatures.ITEM_ID, ItemFeatures.POPULARITY),
            new String[] {ItemFeatures.ITEM_ID},
            "left_outer")
        .select(
            lit(Segments.EVERYONE).as(Segments.SEGMENT),
            col(ItemFeatures.ITEM_ID),
            lit(0.0).as(BUYERS),
            lit(0.0).as(TOUCHERS),
            lit(0.0).as(RECENT),
            lit(0.0).as(BASE),
            coalesce(col(ItemFeatures.POPULARITY), lit(0.0)).as(ItemFeatures.POPULARITY));
  }

  private static Dataset<Row> lists(Dataset<Row> demand, CandidateConfig config) {
    Column popularity = col(ItemFeatures.POPULARITY);
    Column wanted =
        col(BUYERS)
            .plus(col(TOUCHERS).multiply(TOUCH_SHARE))
            .plus(popularity.divide(popularity.plus(1)).multiply(SHOP_SHARE));
    Column largest = greatest(max(wanted).over(Window.partitionBy(Segments.SEGMENT)), lit(1e-9));
    Column quarter = col(BASE).divide((double) BASE_DAYS / RECENT_DAYS);
    Column rise = col(RECENT).minus(quarter).divide(sqrt(quarter.plus(1)));
    return demand
        .withColumn(Candidates.POPULAR_SCORE, round(wanted.divide(largest), DECIMALS))
        .withColumn(Candidates.TRENDING_SCORE, round(rise, DECIMALS))
        .withColumn(POPULAR_POSITION, position(Candidates.POPULAR_SCORE))
        .withColumn(TRENDING_POSITION, position(Candidates.TRENDING_SCORE))
        .where(
            col(POPULAR_POSITION)
                .leq(config.cold())
                .or(col(TRENDING_POSITION).leq(config.trending())))
        .select(
            Segments.SEGMENT,
            Candidates.ITEM_ID,
            Candidates.POPULAR_SCORE,
            POPULAR_POSITION,
            Candidates.TRENDING_SCORE,
            TRENDING_POSITION);
  }

  private static Column position(String score) {
    return row_number()
        .over(
            Window.partitionBy(Segments.SEGMENT)
                .orderBy(col(score).desc(), col(Candidates.ITEM_ID)));
  }
}
