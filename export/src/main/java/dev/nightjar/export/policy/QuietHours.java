package dev.nightjar.export.policy;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Local minutes of the day at which a user is not disturbed. */
public final class QuietHours {
  /** Times as the policy writes them: {@code HH:mm}, 00:00 to 23:59. */
  public static final String TIME_PATTERN = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

  /** As {@code users} has them: 24:00 is the end of the day. */
  private static final String OWN = "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$";

  private QuietHours() {}

  /**
   * Minute of the day of a side of a user's own pair; of the policy's where the user has no pair:
   * one side alone is none.
   *
   * @param side the side of the pair that is wanted
   * @param policy the same side of the policy's
   */
  public static Column minute(Column side, Column from, Column to, String policy) {
    Column isPair = coalesce(from.rlike(OWN).and(to.rlike(OWN)).and(from.notEqual(to)), lit(false));
    return when(isPair, minuteOf(side)).otherwise(minuteOf(lit(policy)));
  }

  /**
   * Whether a local minute of the day is quiet: at or after {@code from} and before {@code to},
   * across midnight where {@code from} is the later one, never where both are equal. What counts is
   * the instant a push is sent, not the hour that follows it.
   */
  public static Column isQuiet(Column minute, Column from, Column to) {
    return when(from.equalTo(to), lit(false))
        .when(from.lt(to), minute.geq(from).and(minute.lt(to)))
        .otherwise(minute.geq(from).or(minute.lt(to)));
  }

  /** Minute of the local day of an instant. */
  public static Column minuteIn(Column zone, Column at) {
    Column local = from_utc_timestamp(at, zone);
    return hour(local).multiply(60).plus(functions.minute(local));
  }

  private static Column minuteOf(Column time) {
    return substring(time, 1, 2).cast("int").multiply(60).plus(substring(time, 4, 2).cast("int"));
  }
}
