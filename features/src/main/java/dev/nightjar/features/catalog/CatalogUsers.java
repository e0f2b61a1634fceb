package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.Consents;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Users;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the shop knows about its users at a moment. */
public final class CatalogUsers {
  private static final String SEEN = "seen_";
  private static final String BEFORE = "before_";
  private static final String IS_LISTED = "is_listed";

  /** What rows of the users say, but for the consent, which has a ledger. */
  private static final List<String> STATED =
      List.of(Users.ZONE, Users.LOCALE, Users.CREATED_AT, Users.ATTRIBUTES, QuietPair.COLUMN);

  private CatalogUsers() {}

  /**
   * Users that are listed, or occur in an event or a push, or ever stated a consent in a file of
   * changes. What was said of a user stands though its file is gone, as the consent does.
   *
   * @param checked rows of the users after {@link InputRules}; none where the shop has no such
   *     input
   * @param files what they are read from: a list of all users takes back what it leaves out of a
   *     user it lists
   * @param before {@code users} of the last night
   * @param events {@code clean_events}
   * @param pushes {@code pushes}
   * @param consents {@code consents}
   * @return {@code users}: one row per user, unordered
   */
  public static Dataset<Row> compute(
      Dataset<Row> checked,
      UserFiles files,
      Dataset<Row> before,
      Dataset<Row> events,
      Dataset<Row> pushes,
      Dataset<Row> consents,
      AsOf asOf,
      ShopConfig shop) {
    Column id = col(Users.USER_ID);
    Column seenId = col(SEEN + Users.USER_ID);
    Column zone = col(Users.ZONE);
    String[] userId = {Users.USER_ID};
    Dataset<Row> known =
        listed(checked, asOf)
            .join(seen(events, pushes, asOf), id.equalTo(seenId), "full_outer")
            .withColumn(Users.USER_ID, coalesce(id, seenId))
            .join(consents, userId, files.areLists() ? "left_outer" : "full_outer")
            .join(stated(before), userId, "left_outer")
            .where(col(IS_LISTED).or(seenId.isNotNull()).or(col(Consents.STATED_AT).isNotNull()));
    Column stands = files.areLists() ? col(IS_LISTED).isNull() : lit(true);
    for (String column : STATED) {
      known = known.withColumn(column, coalesce(col(column), when(stands, col(BEFORE + column))));
    }
    return Users.TABLE
        .values()
        .set(Users.CREATED_AT, coalesce(col(Users.CREATED_AT), col(SEEN + Users.CREATED_AT)))
        .set(Users.IS_ZONE_KNOWN, Zones.valid(zone))
        .set(Users.ZONE, Zones.orShop(zone, shop.zone()))
        .set(Users.QUIET_FROM, QuietPair.from())
        .set(Users.QUIET_TO, QuietPair.to())
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

  /** Users with what tonight's rows say of them, one row per user; quiet hours as a pair. */
  private static Dataset<Row> listed(Dataset<Row> checked, AsOf asOf) {
    Dataset<Row> rows = checked.withColumn(QuietPair.COLUMN, QuietPair.given());
    List<String> ofEdited = List.of(Users.USER_ID, Users.ZONE, QuietPair.COLUMN);
    return NewestRows.newest(NewestRows.known(rows, ofEdited, asOf), Users.USER_ID, STATED)
        .withColumn(IS_LISTED, lit(true));
  }

  /** What the last night knew of its users. */
  private static Dataset<Row> stated(Dataset<Row> before) {
    Dataset<Row> known =
        before
            .withColumn(Users.ZONE, when(col(Users.IS_ZONE_KNOWN), col(Users.ZONE)))
            .withColumn(QuietPair.COLUMN, QuietPair.given());
    return known.select(
        Stream.concat(
                Stream.of(col(Users.USER_ID)),
                STATED.stream().map(column -> col(column).as(BEFORE + column)))
            .toArray(Column[]::new));
  }
}
