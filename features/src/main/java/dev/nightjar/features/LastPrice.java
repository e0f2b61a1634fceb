package dev.nightjar.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import org.apache.spark.sql.Column;

/**
 * The price that an item was last seen at, to a ten-thousandth; the highest where several were seen
 * at that moment. Returns do not count: they repeat an old price.
 */
final class LastPrice {
  private static final double UNITS = 1e4;

  private LastPrice() {}

  /**
   * Aggregate over the events of one item. Time and price are packed into one number, and not a
   * struct, since the maximum of a struct turns the hash aggregation of all events into a sort.
   */
  static Column of() {
    Column isOffer =
        col(CleanEvents.PRICE)
            .isNotNull()
            .and(not(col(CleanEvents.EVENT_TYPE).equalTo(EventTypes.RETURN)));
    Column micros = unix_micros(col(CleanEvents.EVENT_TIME)).cast("decimal(17,0)");
    Column units = floor(col(CleanEvents.PRICE).multiply(UNITS).plus(0.5)).cast("decimal(18,0)");
    Column packed = micros.multiply(tenTo18()).plus(units).cast("decimal(38,0)");
    return max(when(isOffer, packed)).mod(tenTo18()).cast("double").divide(UNITS);
  }

  private static Column tenTo18() {
    return lit("1000000000000000000").cast("decimal(19,0)");
  }
}
