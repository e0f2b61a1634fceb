package dev.nightjar.demo;

import dev.nightjar.demo.chance.Dice;
import dev.nightjar.features.table.EventTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Generates the shop's days in order, each written before the next is generated. */
final class DemoRun {
  private static final long KEY_DAY = 71;
  private static final long KEY_CLICK = 72;
  private static final long KEY_LATE = 73;
  private static final int SLOT_SECONDS = 1800;
  private static final double SLOTS_PER_HOUR = 2;
  private static final double WEEKEND_LIFT = 1.15;
  private static final double LATE_SHARE = 0.003;

  private final DemoConfig config;
  private final Path directory;
  private final DemoItems items;
  private final List<Customer> customers;
  private final PushPolicy policy;
  private final Crawlers crawlers;
  private final Dirt dirt;
  private final Map<String, Long> totals = new HashMap<>();
  private List<EventRow> tomorrow = new ArrayList<>();
  private List<Collection<String>> tomorrowsRows = new ArrayList<>();

  DemoRun(DemoConfig config, Path directory) {
    this.config = config;
    this.directory = directory;
    this.items = new DemoItems(config);
    this.customers = new DemoUsers(config, items).draw();
    this.policy = new PushPolicy(config, items, customers);
    this.crawlers = new Crawlers(config, items);
    this.dirt = new Dirt(config);
  }

  void write() throws IOException {
    CatalogFiles.write(directory, config, items, customers);
    for (int day = 0; day < config.days(); day++) {
      LocalDate date = config.firstDate().plusDays(day);
      List<PushPolicy.Push> pushes = new ArrayList<>();
      List<EventRow> events = live(date, day, pushes);
      writeEvents(date, events);
      writePushes(directory.resolve("pushes/" + date + ".csv"), pushes, end());
    }
    writeHoldout();
    new TruthFiles(directory, config).write(items, customers, dirt.counts(), totals);
  }

  /** The moment at which the log ends. */
  private long end() {
    return start(config.lastDate().plusDays(1));
  }

  private long start(LocalDate date) {
    return date.atStartOfDay(config.zone()).toEpochSecond();
  }

  /** Generates one shop-local day: its events and its pushes, by time. */
  private List<EventRow> live(LocalDate date, int day, List<PushPolicy.Push> pushes) {
    long from = start(date);
    long to = start(date.plusDays(1));
    List<EventRow> today = tomorrow;
    List<EventRow> later = new ArrayList<>();
    tomorrow = later;
    Consumer<EventRow> log = row -> (row.second() < to ? today : later).add(row);
    double[] cumulated = items.cumulated(day);
    Map<ZoneId, int[]> hours = new HashMap<>();
    for (Customer customer : customers) {
      int[] hoursOfWeek =
          hours.computeIfAbsent(customer.person().zone(), zone -> hoursOfWeek(zone, from, to));
      live(customer, date, from, hoursOfWeek, cumulated, log);
    }
    pushes.addAll(policy.send(customers, date));
    pushes.sort(Comparator.comparingLong(PushPolicy.Push::sent).thenComparing(PushPolicy.Push::id));
    for (PushPolicy.Push push : pushes) {
      if (push.clicked() >= 0) {
        int number = push.customer().person().number();
        Dice dice = Dice.of(config.seed(), KEY_CLICK, number, push.sent());
        push.customer().arrive(push.clicked() + 1, push.item(), dice, log);
      }
    }
    today.sort(Comparator.comparingLong(EventRow::second).thenComparing(EventRow::user));
    return today;
  }

  private void live(
      Customer customer,
      LocalDate date,
      long from,
      int[] hoursOfWeek,
      double[] cumulated,
      Consumer<EventRow> log) {
    Nature nature = customer.nature();
    if (nature.isCold()) {
      return;
    }
    Dice dice = Dice.of(config.seed(), KEY_DAY, customer.person().number(), date.toEpochDay());
    for (int slot = 0; slot < hoursOfWeek.length; slot++) {
      int hour = hoursOfWeek[slot];
      double lift = hour < 120 ? 1 : WEEKEND_LIFT;
      double chance = nature.sessionsPerDay() * lift * nature.curve().share(hour) / SLOTS_PER_HOUR;
      long start = from + (long) slot * SLOT_SECONDS;
      if (dice.chance(chance) && start >= customer.person().createdSecond()) {
        customer.visit(start + dice.below(SLOT_SECONDS), cumulated, dice, log);
      }
    }
  }

  /**
   * The local hour of week of each half-hour of a day; half-hours, as some zones are off by one.
   */
  private static int[] hoursOfWeek(ZoneId zone, long from, long to) {
    int[] hours = new int[(int) ((to - from) / SLOT_SECONDS)];
    for (int slot = 0; slot < hours.length; slot++) {
      ZonedDateTime local = Instant.ofEpochSecond(from + (long) slot * SLOT_SECONDS).atZone(zone);
      hours[slot] = (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour();
    }
    return hours;
  }

  private void writeEvents(LocalDate date, List<EventRow> events) throws IOException {
    boolean isLast = date.equals(config.lastDate());
    List<Collection<String>> rows = tomorrowsRows;
    tomorrowsRows = new ArrayList<>();
    Dice dice = dirt.dice(date);
    Dice lateness = Dice.of(config.seed(), KEY_LATE, date.toEpochDay());
    List<EventRow> crawled = crawlers.visit(date, start(date));
    List<EventRow> all = numbered(date, events, crawled);
    for (EventRow event : all.subList(0, events.size())) {
      boolean isLate = !isLast && lateness.chance(LATE_SHARE);
      (isLate ? tomorrowsRows : rows).add(EventRow.COLUMNS.row(event).values());
      if (!isLate) {
        dirt.spill(event, dice, rows, isLast ? null : tomorrowsRows);
      }
      count(event, isLate);
    }
    for (EventRow look : all.subList(events.size(), all.size())) {
      rows.add(EventRow.COLUMNS.row(look).values());
    }
    if (!crawled.isEmpty()) {
      dirt.count("bot", crawled.size());
    }
    totals.merge("rows", (long) rows.size(), Long::sum);
    EventRow.COLUMNS.writeRows(directory.resolve("events/" + date + ".csv"), rows);
  }

  /** The events of a day with their ids, in the order given. */
  @SafeVarargs
  private static List<EventRow> numbered(LocalDate date, List<EventRow>... events) {
    String prefix = "e" + date.toString().replace("-", "") + "-";
    List<EventRow> numbered = new ArrayList<>();
    for (List<EventRow> some : events) {
      some.forEach(event -> numbered.add(event.withId(prefix + numbered.size())));
    }
    return numbered;
  }

  private void count(EventRow event, boolean isLate) {
    totals.merge("events", 1L, Long::sum);
    totals.merge("late_rows", isLate ? 1L : 0L, Long::sum);
    totals.merge("purchases", event.type().equals(EventTypes.PURCHASE) ? 1L : 0L, Long::sum);
  }

  /** Pushes with their outcomes before {@code known}. */
  private void writePushes(Path file, List<PushPolicy.Push> pushes, long known) throws IOException {
    for (PushPolicy.Push push : pushes) {
      totals.merge(known == end() ? "pushes" : "holdout_pushes", 1L, Long::sum);
      totals.merge("opens", push.opened() >= 0 && push.opened() < end() ? 1L : 0L, Long::sum);
    }
    PushPolicy.columns(known).write(file, pushes);
  }

  /** The days after the last, without broken rows, in one file for the checks. */
  private void writeHoldout() throws IOException {
    List<EventRow> events = new ArrayList<>();
    List<PushPolicy.Push> pushes = new ArrayList<>();
    for (int day = config.days(); day < config.days() + config.holdoutDays(); day++) {
      LocalDate date = config.firstDate().plusDays(day);
      List<PushPolicy.Push> sent = new ArrayList<>();
      events.addAll(numbered(date, live(date, day, sent)));
      pushes.addAll(sent);
    }
    EventRow.COLUMNS.write(directory.resolve(TruthFiles.HOLDOUT_EVENTS), events);
    writePushes(directory.resolve(TruthFiles.HOLDOUT_PUSHES), pushes, Long.MAX_VALUE);
  }
}
