package dev.nightjar.demo;

import dev.nightjar.demo.chance.Dice;
import dev.nightjar.features.table.EventTypes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Visitors that are bots: some view {@value #PER_MINUTE} items within one minute, and in a shop of
 * a thousand users or more one views {@value #PER_DAY} in a day, never more than {@value
 * #STEADY_PER_MINUTE} a minute. They do nothing else and are not registered.
 */
final class Crawlers {
  static final int PER_MINUTE = 200;
  static final int PER_DAY = 6_000;
  static final int STEADY_PER_MINUTE = 75;

  private static final long KEY_CRAWLERS = 61;
  private static final double SHARE = 0.005;
  private static final double EVENTS_PER_SESSION = 8;

  private final DemoConfig config;
  private final DemoItems items;

  Crawlers(DemoConfig config, DemoItems items) {
    this.config = config;
    this.items = items;
  }

  /** Events of crawlers on one day of the log, which begins at {@code from}. */
  List<EventRow> visit(LocalDate date, long from) {
    List<EventRow> rows = new ArrayList<>();
    long day = date.toEpochDay() - config.firstDate().toEpochDay();
    double events = config.sessionsPerDay() * config.users() * config.days() * EVENTS_PER_SESSION;
    int bursts = (int) StrictMath.max(1, StrictMath.rint(events * SHARE / PER_MINUTE));
    for (int burst = 0; burst < bursts; burst++) {
      Dice dice = Dice.of(config.seed(), KEY_CRAWLERS, burst);
      if (dice.below(config.days()) == day) {
        long minute = from + 3600 + 60L * dice.below(20 * 60);
        look("u90000" + burst % 5, minute, PER_MINUTE, PER_MINUTE, dice, rows);
      }
    }
    Dice dice = Dice.of(config.seed(), KEY_CRAWLERS, -1);
    if (config.users() >= 1000 && dice.below(config.days()) == day) {
      look("u900009", from + 6 * 3600, PER_DAY, STEADY_PER_MINUTE, dice, rows);
    }
    return rows;
  }

  private void look(
      String crawler, long from, int views, int perMinute, Dice dice, List<EventRow> rows) {
    for (int view = 0; view < views; view++) {
      int item = dice.below(items.size());
      long second = from + 60L * view / perMinute;
      rows.add(
          new EventRow(
              "",
              second,
              crawler,
              item,
              EventTypes.VIEW,
              items.get(item).cents(),
              -1,
              -1,
              "",
              "web",
              "category",
              crawler + "-" + from));
    }
  }
}
