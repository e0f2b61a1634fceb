package dev.nightjar.features.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.dayofweek;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.table.CleanEvents;
import java.time.ZoneId;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Time zones of users, as columns. */
public final class Zones {
  private Zones() {}

  /** True where {@code zone} is an IANA zone that this Java knows, in its exact spelling. */
  public static Column valid(Column zone) {
    return zone.isNotNull()
        .and(zone.isin(ZoneId.getAvailableZoneIds().stream().sorted().toArray()));
  }

  /** The user's zone where it is valid, else the shop's. */
  public static Column orShop(Column zone, ZoneId shop) {
    return when(valid(zone), zone).otherwise(lit(shop.getId()));
  }

  /**
   * Adds the day, hour and hour of week that the user's own clock showed at an event.
   *
   * @param events rows with {@code event_time}
   * @param zone zone of each row
   */
  public static Dataset<Row> withLocalTime(Dataset<Row> events, Column zone) {
    Column local = from_utc_timestamp(col(CleanEvents.EVENT_TIME), zone);
    return events
        .withColumn(CleanEvents.LOCAL_DATE, to_date(local))
        .withColumn(CleanEvents.LOCAL_HOUR, hour(local))
        .withColumn(CleanEvents.HOUR_OF_WEEK, hourOfWeek(local));
  }

  /**
   * Hour of week, 0 is Monday 00h.
   *
   * @param local a timestamp that was moved to the user's zone
   */
  public static Column hourOfWeek(Column local) {
    Column monday = dayofweek(local).plus(5).mod(7);
    return monday.multiply(24).plus(hour(local)).cast("int");
  }
}
