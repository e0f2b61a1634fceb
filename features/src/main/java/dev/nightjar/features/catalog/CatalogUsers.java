package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Users;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the shop knows about its users at a moment. */
public final class CatalogUsers {
  private static final String SEEN = "seen_";

  private CatalogUsers() {}

  /**
   * Users that are listed, or occur in an event or a push.
   *
   * @param checked rows of the users after {@link InputRules}; none where the shop has no such
   *     input
   * @param events {@code clean_events}
   * @param pushes {@code pushes}
   * @param consents {@code consents}
   * @return {@code users}: one row per user, unordered
   */
  public static Dataset<Row> compute(
      Dataset<Row> checked,
      Dataset<Row> events,
      Dataset<Row> pushes,
      Dataset<Row> consents,
      AsOf asOf,
      ShopConfig shop) {
    Column id = col(Users.USER_ID);
    Column seenId = col(SEEN + Users.USER_ID);
    Column zone = col(Users.ZONE);
    Dataset<Row> known =
        listed(checked, asOf)
            .join(seen(events, pushes, asOf), id.equalTo(seenId), "full_outer")
            .withColumn(Users.USER_ID, coalesce(id, seenId))
            .join(consents, new String[] {Users.USER_ID}, "left_outer");
    return Users.TABLE
        .values()
        .set(Users.CREATED_AT, coalesce(col(Users.CREATED_AT), col(SEEN + Users.CREATED_AT)))
        .set(Users.IS_ZONE_KNOWN, Zones.valid(zone))
        .set(Users.ZONE, Zones.orShop(zone, shop.zone()))
        .set(Users.HAS_CONSENT, CatalogConsents.hasConsent(shop.consentByDefault()))
        .select(known);
  }

  private static Dataset<Row> seen(Dataset<Row> events, Dataset<Row> pushes, AsOf asOf) {
    Column user = col(Users.USER_ID);
    return events
        .where(asOf.knows(col(CleanEvents.EVENT_TIME)))
        .select(user, col(CleanEvents.EVENT_TIME).as(Users.CREATED_AT))
        .unionByName(
            pushes
                .where(asOf.knows(col(Pushes.SENT_AT)))
                .select(user, lit(null).cast("timestamp").as(Users.CREATED_AT)))
        .groupBy(user.as(SEEN + Users.USER_ID))
        .agg(min(Users.CREATED_AT).as(SEEN + Users.CREATED_AT));
  }

  /** Users with what was known about them, one row per user; quiet hours both or neither. */
  private static Dataset<Row> listed(Dataset<Row> checked, AsOf asOf) {
    List<String> columns = new ArrayList<>(InputTable.USERS.columns());
    columns.removeAll(List.of(Users.QUIET_FROM, Users.QUIET_TO, Users.CONSENT));
    columns.add(QuietPair.COLUMN);
    Dataset<Row> rows = checked.withColumn(QuietPair.COLUMN, QuietPair.given());
    List<String> ofEdited = List.of(Users.USER_ID, Users.ZONE, QuietPair.COLUMN);
    return NewestRows.newest(NewestRows.known(rows, ofEdited, asOf), Users.USER_ID, columns)
        .withColumn(Users.QUIET_FROM, QuietPair.from())
        .withColumn(Users.QUIET_TO, QuietPair.to());
  }
}
