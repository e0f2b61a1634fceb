package dev.nightjar.pipeline.stage;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.FeatureConfig;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.catalog.LocalTime;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Users;
import dev.nightjar.pipeline.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * All that the shop has told up to the end of a day.
 *
 * @param asOf the end of that day
 * @param events {@code clean_events} of the last {@code clean.history_days} days, in the local time
 *     of the zones that {@code users} knows
 * @param items {@code items} of the day
 * @param users {@code users} of the day
 * @param pushes {@code pushes} of the day
 */
public record History(
    AsOf asOf, Dataset<Row> events, Dataset<Row> items, Dataset<Row> users, Dataset<Row> pushes)
    implements AutoCloseable {

  static LocalDate firstDay(CleanConfig clean, LocalDate date) {
    return date.minusDays(clean.historyDays() - 1L);
  }

  /** First day of the history that has events; the night's own where none has. */
  public static LocalDate firstDayWithEvents(
      Warehouse warehouse, CleanConfig clean, LocalDate date) {
    return firstDay(clean, date)
        .datesUntil(date.plusDays(1))
        .filter(
            day ->
                warehouse
                    .manifest(CleanEvents.TABLE.name(), day)
                    .filter(manifest -> manifest.rows() > 0)
                    .isPresent())
        .findFirst()
        .orElse(date);
  }

  public static List<Stage.Reads> reads(CleanConfig clean, LocalDate date) {
    return List.of(
        Stage.Reads.days(CleanEvents.TABLE.name(), firstDay(clean, date), date),
        Stage.Reads.of(Items.TABLE.name(), date),
        Stage.Reads.of(Users.TABLE.name(), date),
        Stage.Reads.of(Pushes.TABLE.name(), date));
  }

  public static History read(
      Warehouse warehouse, LocalDate date, ShopConfig shop, CleanConfig clean) {
    Dataset<Row> users = warehouse.read(Users.TABLE, date);
    return new History(
        new AsOf(date, shop.zone()),
        LocalTime.of(
            warehouse.readDays(CleanEvents.TABLE, firstDay(clean, date), date), users, shop.zone()),
        warehouse.read(Items.TABLE, date),
        users,
        warehouse.read(Pushes.TABLE, date));
  }

  /** Keeps the events in storage until closed, for a stage that scans them many times. */
  public History kept() {
    events.persist(StorageLevel.MEMORY_AND_DISK());
    return this;
  }

  @Override
  public void close() {
    events.unpersist();
  }

  /** What was known at a moment, features included. */
  public Snapshot snapshotAt(AsOf moment, FeatureConfig features) {
    return Snapshot.compute(events, items, users, pushes, moment, features);
  }
}
