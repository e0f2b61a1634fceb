package dev.nightjar.training.timing;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.Chance;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.features.table.LocalEvents;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Users;
import java.time.ZoneId;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** One row per user of the snapshot: region, session hours and known pushes, in order of day. */
final class UserLogs {
  static final String USER_ID = "user_id";

  /** Index of the user's region in {@link Regions}. */
  static final String REGION = "region";

  /** Whether strengths are fitted on this user. */
  static final String IS_SAMPLED = "is_sampled";

  /** Local epoch day times 168 plus local hour of week, once per session, sorted. */
  static final String SESSION_HOURS = "session_hours";

  /** Pushes whose outcome is known, sorted: see {@link UserLog.Push}. */
  static final String PUSHES = "pushes";

  static final String DAY = "day";
  static final String KNOWN_DAY = "known_day";
  static final String HOUR = "hour";
  static final String IS_OPENED = "is_opened";
  static final String INVERSE_PROPENSITY = "inverse_propensity";

  private static final String PUSH_LIST =
      "array<struct<%s:int,%s:int,%s:int,%s:boolean,%s:double>>"
          .formatted(DAY, KNOWN_DAY, HOUR, IS_OPENED, INVERSE_PROPENSITY);
  private static final String OPEN_HOUR = "open_hour";
  private static final String FIRST_TIME = "first_time";
  private static final String OPENED_SECONDS = "opened_seconds";
  private static final String OPENER = "opener";
  private static final double SECONDS_PER_HOUR = 3_600.0;

  private UserLogs() {}

  /**
   * Gathers what is known about each user.
   *
   * @param sampledShare share of users that strengths are fitted on
   */
  static Dataset<Row> compute(
      Snapshot snapshot, Regions regions, double sampledShare, TimingConfig config) {
    Dataset<Row> users =
        snapshot
            .users()
            .select(
                col(Users.USER_ID),
                regions.index().as(REGION),
                Chance.inMillionths(lit(config.seed()), col(Users.USER_ID))
                    .lt(sampledShare * Chance.MILLION)
                    .as(IS_SAMPLED));
    return users
        .join(sessionHours(snapshot, config), col(USER_ID).equalTo(col("session_user")), "left")
        .join(pushes(snapshot, config), col(USER_ID).equalTo(col("push_user")), "left")
        .select(
            col(USER_ID),
            col(REGION),
            col(IS_SAMPLED),
            coalesce(col(SESSION_HOURS), functions.array().cast("array<int>")).as(SESSION_HOURS),
            coalesce(col(PUSHES), functions.array().cast(PUSH_LIST)).as(PUSHES));
  }

  /** True for a time of exactly midnight, of UTC or of the shop: a date that was read as a time. */
  private static Column isDateOnly(ZoneId shop) {
    Column time = col(CleanEvents.EVENT_TIME);
    Column local = from_utc_timestamp(time, shop.getId());
    return time.equalTo(date_trunc("DAY", time)).or(local.equalTo(date_trunc("DAY", local)));
  }

  /**
   * Session hours by user: a session counts once in each local hour it reaches, however many
   * events. Hours that begin right after an opened push are due to the push and left out; so are
   * events that have a date and no time, which say nothing about an hour.
   */
  private static Dataset<Row> sessionHours(Snapshot snapshot, TimingConfig config) {
    AsOf asOf = snapshot.asOf();
    Dataset<Row> hours =
        snapshot
            .events()
            .where(asOf.within(col(CleanEvents.EVENT_TIME), config.historyDays()))
            .where(col(CleanEvents.EVENT_TYPE).notEqual(EventTypes.RETURN))
            .where(not(isDateOnly(asOf.zone())))
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

  /** Opens, once for each UTC hour in which a session that they caused may begin. */
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
                            unix_date(to_date(local)).as(DAY),
                            unix_date(to_date(from_utc_timestamp(knownAt, col(Users.ZONE))))
                                .as(KNOWN_DAY),
                            weekday(local)
                                .multiply(HourKernel.HOURS_OF_DAY)
                                .plus(hour(local))
                                .as(HOUR),
                            isOpened.as(IS_OPENED),
                            when(
                                    col(Pushes.PROPENSITY).gt(0).and(col(Pushes.PROPENSITY).leq(1)),
                                    inverse)
                                .otherwise(1.0)
                                .as(INVERSE_PROPENSITY))))
                .as(PUSHES));
  }
}
