package dev.nightjar.training.timing;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.features.table.LocalEvents;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Users;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** One row per user of the snapshot: segment, session hours and known pushes, in order of day. */
final class HistoryRows {
  static final String USER_ID = "user_id";

  /** Index of the user's segment in {@link Regions}. */
  static final String SEGMENT = "segment";

  /** Whether strengths are fitted on this user. */
  static final String IS_SAMPLED = "is_sampled";

  /** Local epoch day times 168 plus local hour of week, once per session, sorted. */
  static final String SESSION_HOURS = "session_hours";

  /** Pushes whose outcome is known, sorted: see {@link History.Push}. */
  static final String PUSHES = "pushes";

  private static final String OPEN_HOUR = "open_hour";
  private static final String FIRST_TIME = "first_time";
  private static final String OPENED_SECONDS = "opened_seconds";
  private static final String OPENER = "opener";
  private static final double SECONDS_PER_HOUR = 3_600.0;
  private static final long SAMPLE_BUCKETS = 1_000_000L;

  private HistoryRows() {}

  /**
   * Gathers what is known of each user.
   *
   * @param sampledShare share of users that strengths are fitted on
   */
  static Dataset<Row> compute(
      Snapshot snapshot, Regions segments, double sampledShare, TimingConfig config) {
    Column bucket = pmod(xxhash64(lit(config.seed()), col(Users.USER_ID)), lit(SAMPLE_BUCKETS));
    Dataset<Row> users =
        snapshot
            .users()
            .select(
                col(Users.USER_ID),
                segments.index().as(SEGMENT),
                bucket.lt(sampledShare * SAMPLE_BUCKETS).as(IS_SAMPLED));
    return users
        .join(sessionHours(snapshot, config), col(USER_ID).equalTo(col("session_user")), "left")
        .join(pushes(snapshot, config), col(USER_ID).equalTo(col("push_user")), "left")
        .select(
            col(USER_ID),
            col(SEGMENT),
            col(IS_SAMPLED),
            coalesce(col(SESSION_HOURS), functions.array().cast("array<int>")).as(SESSION_HOURS),
            coalesce(
                    col(PUSHES),
                    functions
                        .array()
                        .cast(
                            "array<struct<day:int,known_day:int,hour:int,is_opened:boolean,"
                                + "inverse_propensity:double>>"))
                .as(PUSHES));
  }

  /**
   * Session hours by user: a session counts once in each local hour it reaches, however many
   * events. Hours that begin right after an opened push are the push's doing and left out.
   */
  private static Dataset<Row> sessionHours(Snapshot snapshot, TimingConfig config) {
    AsOf asOf = snapshot.asOf();
    Dataset<Row> hours =
        snapshot
            .events()
            .where(asOf.within(col(CleanEvents.EVENT_TIME), config.historyDays()))
            .where(col(CleanEvents.EVENT_TYPE).notEqual(EventTypes.RETURN))
            .groupBy(
                CleanEvents.USER_ID,
                CleanEvents.SESSION_ID,
                LocalEvents.LOCAL_DATE,
                LocalEvents.HOUR_OF_WEEK)
            .agg(min(CleanEvents.EVENT_TIME).as(FIRST_TIME));
    Column seconds = col(FIRST_TIME).cast("double");
    Column isPushed =
        col(CleanEvents.USER_ID)
            .equalTo(col(OPENER))
            .and(seconds.divide(SECONDS_PER_HOUR).cast("long").equalTo(col(OPEN_HOUR)))
            .and(seconds.geq(col(OPENED_SECONDS)))
            .and(seconds.leq(col(OPENED_SECONDS).plus(config.pushSessionMinutes() * 60.0)));
    return hours
        .join(opens(snapshot, config), isPushed, "left_anti")
        .groupBy(col(CleanEvents.USER_ID).as("session_user"))
        .agg(
            sort_array(
                    collect_list(
                        unix_date(col(LocalEvents.LOCAL_DATE))
                            .multiply(HourKernel.HOURS_OF_WEEK)
                            .plus(col(LocalEvents.HOUR_OF_WEEK))))
                .as(SESSION_HOURS));
  }

  /** Opens, once for each UTC hour that a session they caused may begin in. */
  private static Dataset<Row> opens(Snapshot snapshot, TimingConfig config) {
    Column seconds = col(Pushes.OPENED_AT).cast("double");
    Column firstHour = seconds.divide(SECONDS_PER_HOUR).cast("long");
    Column lastHour =
        seconds.plus(config.pushSessionMinutes() * 60.0).divide(SECONDS_PER_HOUR).cast("long");
    return snapshot
        .pushes()
        .where(snapshot.asOf().within(col(Pushes.OPENED_AT), config.historyDays()))
        .select(
            col(Pushes.USER_ID).as(OPENER),
            seconds.as(OPENED_SECONDS),
            explode(functions.sequence(firstHour, lastHour)).as(OPEN_HOUR));
  }

  private static Dataset<Row> pushes(Snapshot snapshot, TimingConfig config) {
    Column window = expr("INTERVAL " + config.openWindowHours() + " HOURS");
    Column knownAt = col(Pushes.SENT_AT).plus(window);
    Column local = from_utc_timestamp(col(Pushes.SENT_AT), col(Users.ZONE));
    Column isOpened =
        coalesce(
            col(Pushes.OPENED_AT).geq(col(Pushes.SENT_AT)).and(col(Pushes.OPENED_AT).lt(knownAt)),
            lit(false));
    Column inverse =
        least(lit(1.0).divide(col(Pushes.PROPENSITY)), lit(config.maxInversePropensity()));
    Dataset<Row> zones =
        snapshot.users().select(col(Users.USER_ID).as("zone_user"), col(Users.ZONE));
    return snapshot
        .pushes()
        .where(snapshot.asOf().within(col(Pushes.SENT_AT), config.historyDays()))
        .where(knownAt.leq(snapshot.asOf().endColumn()))
        .join(zones, col(Pushes.USER_ID).equalTo(col("zone_user")), "inner")
        .groupBy(col(Pushes.USER_ID).as("push_user"))
        .agg(
            sort_array(
                    collect_list(
                        struct(
                            unix_date(to_date(local)).as("day"),
                            unix_date(to_date(from_utc_timestamp(knownAt, col(Users.ZONE))))
                                .as("known_day"),
                            weekday(local)
                                .multiply(HourKernel.HOURS_OF_DAY)
                                .plus(hour(local))
                                .as("hour"),
                            isOpened.as("is_opened"),
                            when(
                                    col(Pushes.PROPENSITY).gt(0).and(col(Pushes.PROPENSITY).leq(1)),
                                    inverse)
                                .otherwise(1.0)
                                .as("inverse_propensity"))))
                .as(PUSHES));
  }
}
