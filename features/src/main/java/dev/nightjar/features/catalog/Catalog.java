package dev.nightjar.features.catalog;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.source.InputTable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a shop lists at a moment; what it does not give comes from the events.
 *
 * @param items {@code items}
 * @param users {@code users}
 * @param pushes {@code pushes}
 * @param suppressions {@code suppressions}
 */
public record Catalog(
    Dataset<Row> items, Dataset<Row> users, Dataset<Row> pushes, Dataset<Row> suppressions) {
  /**
   * Makes the four tables.
   *
   * @param events {@code clean_events}
   */
  public static Catalog compute(
      CheckedInputs inputs, Dataset<Row> events, AsOf asOf, ShopConfig shop) {
    Dataset<Row> pushes = CatalogPushes.compute(inputs.of(InputTable.PUSHES), asOf);
    return new Catalog(
        CatalogItems.compute(inputs.of(InputTable.ITEMS), events, asOf),
        CatalogUsers.compute(inputs.of(InputTable.USERS), events, pushes, asOf, shop),
        pushes,
        CatalogSuppressions.compute(inputs.of(InputTable.SUPPRESSIONS), pushes, asOf));
  }
}
