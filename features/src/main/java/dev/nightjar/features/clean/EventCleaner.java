package dev.nightjar.features.clean;

import static dev.nightjar.features.table.CleanEvents.EVENT_TYPE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.RejectedRows;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Decides for each event of a source whether it is kept, and to which day it belongs.
 *
 * <p>Everything a row's fate depends on (duplicates, bots, sessions) is within one shop-local day,
 * so rebuilding a single day gives the same rows. docs/sources.md explains each rule.
 */
public final class EventCleaner {
  private EventCleaner() {}

  /**
   * Checks every row that belongs to one of {@code days}.
   *
   * @param mapped rows of {@link InputTable#EVENTS}
   * @param days the shop-local days that are built
   * @param night the night's day, which gets the rows that have neither a time nor a file with a
   *     day
   * @return the columns of {@link CleanEvents} and those of {@link Checked} rows. Unordered;
   *     persist it, since {@link #summary}, {@link #kept} and {@link #rejected} start from it
   */
  public static Dataset<Row> check(
      Dataset<Row> mapped,
      List<LocalDate> days,
      LocalDate night,
      ShopConfig shop,
      CleanConfig clean) {
    Dataset<Row> rows =
        EventRules.alone(shop, clean).check(placed(mapped, days, night, shop, clean));
    rows = EventRules.copies().check(Copies.find(rows, clean));
    rows = EventRules.bots().check(Bots.find(rows, clean));
    return Sessions.cut(rows, clean).select(columns());
  }

  /** The rows that are kept: the columns of {@link CleanEvents} and {@link Checked#DAY}. */
  public static Dataset<Row> kept(Dataset<Row> checked) {
    Column[] columns =
        Stream.concat(Stream.of(CleanEvents.TABLE.columns()), Stream.of(Checked.DAY))
            .map(functions::col)
            .toArray(Column[]::new);
    return checked.where(Checked.isKept()).select(columns);
  }

  /** The rows that are refused: the columns of {@link RejectedRows} and {@link Checked#DAY}. */
  public static Dataset<Row> rejected(Dataset<Row> checked) {
    return Checked.rejected(InputTable.EVENTS, checked, col(Checked.DAY));
  }

  /** The checked rows, as {@link RuleCounts} counts them. */
  public static Dataset<Row> summary(Dataset<Row> checked) {
    Column[] stored =
        Stream.concat(Stream.of(CleanEvents.TABLE.columns()), Stream.of(InputTable.RAW))
            .map(functions::col)
            .toArray(Column[]::new);
    return Checked.summary(InputTable.EVENTS, checked, col(Checked.DAY), xxhash64(stored));
  }

  /** Gives each row its day and leaves out those of other days. */
  private static Dataset<Row> placed(
      Dataset<Row> mapped,
      List<LocalDate> days,
      LocalDate night,
      ShopConfig shop,
      CleanConfig clean) {
    Column fileDay = col(InputTable.SOURCE_DAY);
    Column eventDay = EventRules.eventDay(shop);
    Column inTime =
        eventDay
            .between(date_sub(fileDay, clean.lateDays()), fileDay)
            .or(EventRules.isOfANextDay(eventDay));
    Column possible = when(not(EventRules.isBeforeOpened(eventDay, shop)), eventDay);
    Column day =
        when(fileDay.isNull(), coalesce(possible, lit(Date.valueOf(night))))
            .when(inTime, eventDay)
            .otherwise(fileDay);
    return mapped
        .withColumn(Checked.DAY, day)
        .where(col(Checked.DAY).isin(days.stream().map(Date::valueOf).toArray()))
        .withColumn(EVENT_TYPE, lower(col(EVENT_TYPE)));
  }

  /** The columns that are kept until a row is written; its text only where it is refused. */
  private static Column[] columns() {
    Column text = when(col(Checked.BROKEN).isNotNull(), col(InputTable.RAW));
    return Stream.concat(
            Stream.of(CleanEvents.TABLE.columns()).map(functions::col),
            Stream.of(
                col(Checked.BROKEN),
                text.as(InputTable.RAW),
                col(InputTable.SOURCE_PATH),
                col(InputTable.ROW),
                col(Checked.DAY)))
        .toArray(Column[]::new);
  }
}
