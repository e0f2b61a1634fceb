package dev.nightjar.pipeline.stage;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.catalog.Catalog;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourcesConfig;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Suppressions;
import dev.nightjar.features.table.Users;
import dev.nightjar.pipeline.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Lists the shop's items, users, pushes and suppressions; what is not given comes from the events. */
public record CatalogStage(
    SparkSession spark, ShopConfig shop, SourcesConfig sources, CleanConfig clean)
    implements Stage {

  @Override
  public String name() {
    return "catalog";
  }

  @Override
  public String title() {
    return "items, users, pushes, suppressions";
  }

  @Override
  public List<String> writes() {
    return List.of(
        Items.TABLE.name(), Users.TABLE.name(), Pushes.TABLE.name(), Suppressions.TABLE.name());
  }

  @Override
  public List<Reads> reads(LocalDate date) {
    return List.of(
        Reads.days(CleanEvents.TABLE.name(), History.firstDay(clean, date), date));
  }

  @Override
  public List<String> configSections() {
    return List.of("shop", "sources", "clean.history_days");
  }

  @Override
  public Map<String, String> sourceStamps(LocalDate date) {
    return Inputs.stamps(spark, sources, date);
  }

  @Override
  public List<String> run(Warehouse warehouse, Warehouse.Writing writing, LocalDate date) {
    AsOf asOf = new AsOf(date, shop.zone());
    Dataset<Row> events =
        warehouse.readDays(CleanEvents.TABLE, History.firstDay(clean, date), date);
    Dataset<Row> pushes = Catalog.pushes(read(InputTable.PUSHES, date), asOf);
    Dataset<Row> suppressions =
        Catalog.suppressions(read(InputTable.SUPPRESSIONS, date), pushes, asOf);
    writing.write(Items.TABLE, date, Catalog.items(read(InputTable.ITEMS, date), events, asOf));
    writing.write(
        Users.TABLE, date, Catalog.users(read(InputTable.USERS, date), events, pushes, asOf, shop));
    writing.write(Pushes.TABLE, date, pushes);
    writing.write(Suppressions.TABLE, date, suppressions);
    return List.of();
  }

  private Dataset<Row> read(InputTable table, LocalDate date) {
    return Inputs.read(spark, sources, table, date);
  }
}
