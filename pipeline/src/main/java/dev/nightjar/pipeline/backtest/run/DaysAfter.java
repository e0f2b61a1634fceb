package dev.nightjar.pipeline.backtest.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.to_date;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.DataException;
import dev.nightjar.features.Plural;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.pipeline.night.Pipeline;
import dev.nightjar.pipeline.night.StageRunner;
import dev.nightjar.pipeline.settings.Settings;
import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.training.evaluate.lists.Shoppers;
import java.sql.Date;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What happened from the split on. The days are cleaned as in any night, but into a separate root,
 * so that they cannot affect the night that is measured.
 *
 * @param split the split and what to measure
 * @param zone the shop's
 * @param events {@code clean_events} of those days, late ones included
 */
record DaysAfter(Split split, ZoneId zone, Dataset<Row> events) {

  private static final String FOLDER = "/days_after";

  /**
   * Cleans the days after the split.
   *
   * @param days number of days
   */
  static DaysAfter clean(Pipeline before, Split split, int days, StageRunner.Listener listener) {
    String root = before.warehouse().storage().path(split.folder() + FOLDER);
    LocalDate last = split.date().plusDays(days - 1L);
    try (Pipeline after = Pipeline.open(settings(before.settings(), days), root)) {
      List<Stage> clean =
          after.stages().stream().filter(stage -> stage.writes(CleanEvents.TABLE.name())).toList();
      after.run(last, clean, false, listener);
      return new DaysAfter(
          split,
          before.settings().shop().zone(),
          after.warehouse().readDays(CleanEvents.TABLE, split.date(), last));
    }
  }

  /**
   * The config of the last night, whose history begins at the split or before; its day may be
   * closed.
   */
  private static Settings settings(Settings shop, int days) {
    int atLeast = shop.clean().lateDays() + 1;
    Config raw =
        shop.raw()
            .withValue("clean.history_days", ConfigValueFactory.fromAnyRef(Math.max(days, atLeast)))
            .withValue("run.allow_closed_day", ConfigValueFactory.fromAnyRef(true));
    return Settings.from(raw);
  }

  /**
   * First purchases of each user and item; a purchase counts as one even if it is returned later.
   *
   * @return user_id, item_id, days_after
   */
  Dataset<Row> purchases() {
    Column day = datediff(localDay(), lit(Date.valueOf(split.date())));
    return events
        .where(col(CleanEvents.EVENT_TYPE).equalTo(EventTypes.PURCHASE))
        .where(not(known().knows(col(CleanEvents.EVENT_TIME))))
        .groupBy(CleanEvents.USER_ID, CleanEvents.ITEM_ID)
        .agg(min(day).as(Shoppers.DAYS_AFTER));
  }

  /**
   * The last day that has an event.
   *
   * @param days number of days
   * @throws DataException where none has
   */
  LocalDate lastDay(int days) {
    Row last = events.agg(max(localDay())).first();
    if (last.isNullAt(0)) {
      throw new DataException(
          "there is nothing to measure: the shop has no events in the %s from the split %s on; choose a --split within its log"
              .formatted(Plural.of(days, "day"), split.date()));
    }
    return last.getDate(0).toLocalDate();
  }

  private AsOf known() {
    return split.known(zone);
  }

  /** Day of the event in the shop's zone. */
  private Column localDay() {
    return to_date(from_utc_timestamp(col(CleanEvents.EVENT_TIME), zone.getId()));
  }
}
