package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Users;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the shop knows about its users at a moment. */
public final class CatalogUsers {
  private static final String SEEN = "seen_";

  /** True for a user with a row that is kept and known; null where all rows were refused. */
  private static final String IS_LISTED = "_is_listed";

  private CatalogUsers() {}

  /**
   * Users that are listed, or occur in an event or a push.
   *
   * @param checked rows of the users after {@link InputRules}; none where the shop has no such
   *     input
   * @param events {@code clean_events}
   * @param pushes {@code pushes}
   * @return {@code users}: one row per user, unordered
   */
  public static Dataset<Row> compute(
      Dataset<Row> checked, Dataset<Row> events, Dataset<Row> pushes, AsOf asOf, ShopConfig shop) {
    Column id = col(Users.USER_ID);
    Column seenId = col(SEEN + Users.USER_ID);
    Column zone = col(Users.ZONE);
    Dataset<Row> all =
        listed(checked, asOf)
            .join(seen(events, pushes, asOf), id.equalTo(seenId), "full_outer")
            .where(col(IS_LISTED).or(seenId.isNotNull()));
    return Users.TABLE
        .values()
        .set(Users.USER_ID, coalesce(id, seenId))
        .set(Users.CREATED_AT, coalesce(col(Users.CREATED_AT), col(SEEN + Users.CREATED_AT)))
        .set(Users.IS_ZONE_KNOWN, Zones.valid(zone))
        .set(Users.ZONE, Zones.orShop(zone, shop.zone()))
        .set(Users.HAS_CONSENT, coalesce(col(Users.CONSENT), lit(shop.consentByDefault())))
        .select(all);
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

  /**
   * Users with what was known about them. A row that is otherwise unused may still keep its user
   * from getting pushes: see {@link Permission}.
   *
   * @return the input's columns and {@link #IS_LISTED}, one row per user
   */
  private static Dataset<Row> listed(Dataset<Row> checked, AsOf asOf) {
    Column updated = Permission.stated(NewestRows.UPDATED_AT);
    Column holds = Permission.isRefusal().and(Permission.holds(updated, asOf));
    Dataset<Row> rows =
        checked
            .where(col(Users.USER_ID).isNotNull())
            .withColumn(IS_LISTED, when(NewestRows.isKnown(asOf), lit(true)))
            .where(col(IS_LISTED).or(holds))
            .withColumn(NewestRows.UPDATED_AT, updated);
    Map<String, Column> values = new HashMap<>();
    for (String column : InputTable.USERS.columns()) {
      values.put(column, when(col(IS_LISTED), col(column)));
    }
    values.put(Users.QUIET_FROM, when(col(IS_LISTED), clock(Users.QUIET_FROM)));
    values.put(Users.QUIET_TO, when(col(IS_LISTED), clock(Users.QUIET_TO)));
    values.put(Users.CONSENT, Permission.consent());
    values.put(Users.USER_ID, col(Users.USER_ID));
    List<String> columns = new ArrayList<>(InputTable.USERS.columns());
    columns.add(IS_LISTED);
    return NewestRows.newest(
        NewestRows.ordered(rows, asOf).withColumns(values), Users.USER_ID, columns);
  }

  /** {@code 9:30} as {@code 09:30}. */
  private static Column clock(String column) {
    return lpad(col(column), 5, "0");
  }
}
