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
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The shop's data up to the end of a day.
 *
 * @param asOf the end of that day
 * @param events {@code clean_events} of the last {@code clean.history_days} days, in local time by
 *     the zones in {@code users}
 * @param items {@code items} of the day
 * @param users {@code users} of the day
 * @param pushes {@code pushes} of the day
 */
public record History(
    AsOf asOf, Dataset<Row> events, Dataset<Row> items, Dataset<Row> users, Dataset<Row> pushes)
    implements AutoCloseable {
  private static final Read.Rows ITEMS = Read.tonight(Items.TABLE);
  private static final Read.Rows USERS = Read.tonight(Users.TABLE);
  private static final Read.Rows PUSHES = Read.tonight(Pushes.TABLE);

  /** The events of the history. */
  static Read.Rows events(CleanConfig clean) {
    return Read.lastDays(CleanEvents.TABLE, clean.historyDays());
  }

  /** First day of the history that has events; the night's own where none has. */
  public static LocalDate firstDayWithEvents(StageInputs in, CleanConfig clean, LocalDate date) {
    return in.days(events(clean)).stream()
        .filter(day -> day.rows() > 0)
        .map(day -> LocalDate.parse(day.date()))
        .findFirst()
        .orElse(date);
  }

  /** The inputs of a stage that needs the history. */
  public static List<Read> reads(CleanConfig clean) {
    return List.of(events(clean), ITEMS, USERS, PUSHES);
  }

  /** Reads the history of a stage that declares it. */
  public static History read(StageInputs in, LocalDate date, ShopConfig shop, CleanConfig clean) {
    Dataset<Row> users = in.rows(USERS);
    return new History(
        new AsOf(date, shop.zone()),
        LocalTime.of(in.rows(events(clean)), users, shop.zone()),
        in.rows(ITEMS),
        users,
        in.rows(PUSHES));
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
