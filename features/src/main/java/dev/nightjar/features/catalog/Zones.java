package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.time.ZoneId;
import org.apache.spark.sql.Column;

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
}
