package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.Items;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the shop knows about its items at a moment. */
public final class CatalogItems {
  private static final String SEEN = "seen_";

  private CatalogItems() {}

  /**
   * Items that are listed or occur in an event.
   *
   * @param checked rows of the items after {@link InputRules}; none where the shop has no such
   *     input
   * @param events {@code clean_events}
   * @return {@code items}: one row per item, unordered
   */
  public static Dataset<Row> compute(Dataset<Row> checked, Dataset<Row> events, AsOf asOf) {
    Column id = col(Items.ITEM_ID);
    List<String> ofEdited = List.of(Items.ITEM_ID, Items.STOCK, Items.IS_ACTIVE);
    Dataset<Row> known = NewestRows.known(checked, ofEdited, asOf);
    List<String> stored = new ArrayList<>(List.of(Items.TABLE.columns()));
    stored.remove(Items.IS_LISTED);
    Dataset<Row> all =
        NewestRows.newest(known, Items.ITEM_ID, stored)
            .join(seen(events, asOf), id.equalTo(col(SEEN + Items.ITEM_ID)), "full_outer");
    return Items.TABLE
        .values()
        .set(Items.ITEM_ID, listedElseSeen(Items.ITEM_ID))
        .set(Items.IS_LISTED, id.isNotNull())
        .set(Items.PRICE, listedElseSeen(Items.PRICE))
        .set(Items.CREATED_AT, listedElseSeen(Items.CREATED_AT))
        .select(all);
  }

  private static Dataset<Row> seen(Dataset<Row> events, AsOf asOf) {
    Column when = struct(col(CleanEvents.EVENT_TIME), col(CleanEvents.EVENT_ID));
    return events
        .where(asOf.knows(col(CleanEvents.EVENT_TIME)).and(col(CleanEvents.ITEM_ID).isNotNull()))
        .groupBy(col(CleanEvents.ITEM_ID).as(SEEN + Items.ITEM_ID))
        .agg(
            NewestRows.lastGiven(CleanEvents.PRICE, when).as(SEEN + Items.PRICE),
            min(CleanEvents.EVENT_TIME).as(SEEN + Items.CREATED_AT));
  }

  private static Column listedElseSeen(String column) {
    return coalesce(col(column), col(SEEN + column));
  }
}
