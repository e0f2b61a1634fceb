package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.dayofweek;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;

import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.LocalEvents;
import dev.nightjar.features.table.Users;
import java.time.ZoneId;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Adds the user's local time to events. */
public final class LocalTime {
  private LocalTime() {}

  /**
   * Adds the local time in the zones of {@code users}, which may have changed since the events were
   * cleaned.
   *
   * @param events {@code clean_events}
   * @param users {@code users}, one row per user at most
   * @param shop zone of the users that are not in {@code users}
   * @return {@link LocalEvents}, one row per event, unordered
   */
  public static Dataset<Row> of(Dataset<Row> events, Dataset<Row> users, ZoneId shop) {
    Dataset<Row> zoned =
        events.join(
            users.select(Users.USER_ID, Users.ZONE), new String[] {Users.USER_ID}, "left_outer");
    Column zone = coalesce(col(Users.ZONE), lit(shop.getId()));
    Column local = from_utc_timestamp(col(CleanEvents.EVENT_TIME), zone);
    return LocalEvents.TABLE
        .values()
        .set(LocalEvents.LOCAL_DATE, to_date(local))
        .set(LocalEvents.LOCAL_HOUR, hour(local))
        .set(LocalEvents.HOUR_OF_WEEK, hourOfWeek(local))
        .select(zoned);
  }

  /** Hour of week, 0 is Monday 00h. */
  private static Column hourOfWeek(Column local) {
    Column monday = dayofweek(local).plus(5).mod(7);
    return monday.multiply(24).plus(hour(local)).cast("int");
  }
}
