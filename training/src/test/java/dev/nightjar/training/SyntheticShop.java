package dev.nightjar.training;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.FeatureRows;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.LocalEvents;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.UserFeatures;
import dev.nightjar.features.table.Users;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A small shop in memory with planted tastes: users and items fall into groups, a user mostly acts
 * on items of the same group, items have Zipf popularity, and each user buys one staple repeatedly.
 * Snapshots are computed in plain Java, by the meaning of the table schemas.
 */
public final class SyntheticShop implements Snapshot.Source {
  /** Taste groups; user {@code u} and item {@code i} are in group u mod 4 and i mod 4. */
  public static final int GROUPS = 4;

  private static final LocalDate START = LocalDate.parse("2026-01-01");
  private static final double HALF_LIFE_DAYS = 30;

  /** One event of the shop. */
  public record Event(String user, String item, String type, Instant time, double price) {}

  private final List<Event> events;
  private final List<String> users;
  private final List<String> items;
  private final Map<String, String> locales;
  private final Map<String, Long> stock;
  private final Map<String, String> titles;

  public SyntheticShop(
      List<Event> events,
      Collection<String> users,
      Collection<String> items,
      Map<String, String> locales,
      Map<String, Long> stock) {
    this(events, users, items, locales, stock, Map.of());
  }

  private SyntheticShop(
      List<Event> events,
      Collection<String> users,
      Collection<String> items,
      Map<String, String> locales,
      Map<String, Long> stock,
      Map<String, String> titles) {
    this.events = events.stream().sorted(Comparator.comparing(Event::time)).toList();
    this.users = List.copyOf(users);
    this.items = List.copyOf(items);
    this.locales = Map.copyOf(locales);
    this.stock = Map.copyOf(stock);
    this.titles = Map.copyOf(titles);
  }

  /** A shop with the given numbers of users, items and days from 2026-01-01. */
  public static SyntheticShop generate(int users, int items, int days, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Event> events = new ArrayList<>();
    for (int user = 0; user < users; user++) {
      int staple = inGroup(random, user % GROUPS, items);
      int gap = 6 + random.nextInt(15);
      int next = random.nextInt(gap);
      double activity = 0.05 + 0.3 * random.nextDouble();
      for (int day = 0; day < days; day++) {
        if (day >= next) {
          events.add(event(random, user, staple, EventTypes.PURCHASE, day));
          next = day + gap - 1 + random.nextInt(3);
        }
        if (random.nextDouble() < activity) {
          act(random, user, items, day, events);
        }
      }
    }
    return new SyntheticShop(events, ids("u", users), ids("i", items), Map.of(), Map.of());
  }

  /** The same shop with more events. */
  public SyntheticShop plus(List<Event> more) {
    List<Event> all = new ArrayList<>(events);
    all.addAll(more);
    return new SyntheticShop(all, users, items, locales, stock, titles);
  }

  /** The same shop with titles of items. */
  public SyntheticShop titled(Map<String, String> names) {
    return new SyntheticShop(events, users, items, locales, stock, names);
  }

  public List<Event> events() {
    return events;
  }

  public static AsOf day(int day) {
    return new AsOf(START.plusDays(day), ZoneOffset.UTC);
  }

  public static LocalDate start() {
    return START;
  }

  public static String id(String prefix, int number) {
    return "%s%04d".formatted(prefix, number);
  }

  public static List<String> ids(String prefix, int count) {
    return java.util.stream.IntStream.range(0, count).mapToObj(n -> id(prefix, n)).toList();
  }

  private static void act(
      SplittableRandom random, int user, int items, int day, List<Event> events) {
    int views = 1 + random.nextInt(4);
    for (int view = 0; view < views; view++) {
      int group = random.nextDouble() < 0.85 ? user % GROUPS : random.nextInt(GROUPS);
      int item = inGroup(random, group, items);
      events.add(event(random, user, item, EventTypes.VIEW, day));
      if (random.nextDouble() < 0.3) {
        events.add(event(random, user, item, EventTypes.CART, day));
      }
      if (random.nextDouble() < 0.2) {
        events.add(event(random, user, item, EventTypes.PURCHASE, day));
      }
    }
  }

  private static int inGroup(SplittableRandom random, int group, int items) {
    int size = items / GROUPS;
    int position = (int) Math.floor(size * Math.pow(random.nextDouble(), 1.5));
    return position * GROUPS + group;
  }

  private static Event event(SplittableRandom random, int user, int item, String type, int day) {
    Instant time =
        START
            .plusDays(day)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant()
            .plusSeconds(random.nextInt(86_400));
    return new Event(id("u", user), id("i", item), type, time, price(item));
  }

  private static double price(int item) {
    return 1 + item % 10;
  }

  @Override
  public Snapshot at(AsOf asOf) {
    List<Event> known = events.stream().filter(event -> event.time().isBefore(asOf.end())).toList();
    View view = new View(asOf.end(), known);
    return new Snapshot(
        asOf,
        dataset(LocalEvents.SCHEMA, known, SyntheticShop::clean),
        dataset(
            Items.SCHEMA,
            items,
            item ->
                TestRow.of(Items.SCHEMA)
                    .set(Items.IS_LISTED, true)
                    .set(Items.ITEM_ID, item)
                    .set(Items.STOCK, stock.get(item))
                    .set(Items.TITLE, titles.get(item))),
        dataset(
            Users.SCHEMA,
            users,
            user ->
                TestRow.of(Users.SCHEMA)
                    .set(Users.USER_ID, user)
                    .set(Users.LOCALE, locales.get(user))
                    .zeros()),
        TestSpark.dataset(Pushes.SCHEMA, List.of()),
        dataset(UserFeatures.SCHEMA, users, view::user),
        dataset(ItemFeatures.SCHEMA, items, view::item),
        dataset(PairFeatures.SCHEMA, view.byPair.values(), view::pair));
  }

  private static TestRow clean(Event event) {
    return FeatureRows.at(event.time(), ZoneOffset.UTC)
        .set(CleanEvents.EVENT_ID, event.toString())
        .set(CleanEvents.USER_ID, event.user())
        .set(CleanEvents.ITEM_ID, event.item())
        .set(CleanEvents.EVENT_TYPE, event.type())
        .set(CleanEvents.SESSION_ID, event.user() + date(event))
        .set(CleanEvents.PRICE, event.price())
        .set(CleanEvents.QUANTITY, 1);
  }

  private static LocalDate date(Event event) {
    return event.time().atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static <T> Dataset<Row> dataset(
      StructType schema, Collection<T> things, Function<T, TestRow> describe) {
    List<Row> rows = things.stream().map(thing -> describe.apply(thing).row()).toList();
    // an RDD, since the optimizer would walk through a local relation of this size in every plan
    return TestSpark.session()
        .createDataFrame(
            JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext())
                .parallelize(rows, 1),
            schema);
  }

  /** Features of the events before a moment. */
  private static final class View {
    private final Instant end;
    private final Map<String, List<Event>> byUser;
    private final Map<String, List<Event>> byItem;
    private final Map<String, List<Event>> byPair;

    View(Instant end, List<Event> events) {
      this.end = end;
      this.byUser = group(events, Event::user);
      this.byItem = group(events, Event::item);
      this.byPair = group(events, event -> event.user() + "|" + event.item());
    }

    private static Map<String, List<Event>> group(List<Event> events, Function<Event, String> key) {
      return events.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    }

    TestRow pair(List<Event> of) {
      TestRow row = TestRow.of(PairFeatures.SCHEMA);
      TreeSet<LocalDate> bought = new TreeSet<>();
      of.stream().filter(is(EventTypes.PURCHASE)).forEach(event -> bought.add(date(event)));
      row = row.set(PairFeatures.USER_ID, of.get(0).user());
      row = row.set(PairFeatures.ITEM_ID, of.get(0).item());
      row = row.set(PairFeatures.STRENGTH, strength(of));
      row = row.set(PairFeatures.VIEWS, count(of, EventTypes.VIEW, 10_000));
      row = row.set(PairFeatures.VIEWS_7D, count(of, EventTypes.VIEW, 7));
      row = row.set(PairFeatures.CARTS, count(of, EventTypes.CART, 10_000));
      row = row.set(PairFeatures.PURCHASES, (long) bought.size());
      row = row.set(PairFeatures.QUANTITY, count(of, EventTypes.PURCHASE, 10_000));
      row = row.set(PairFeatures.PURCHASES_30D, count(of, EventTypes.PURCHASE, 30));
      row = row.set(PairFeatures.PURCHASES_90D, count(of, EventTypes.PURCHASE, 90));
      row = row.set(PairFeatures.RECENCY_DAYS, recency(of, event -> true));
      row = row.set(PairFeatures.PURCHASE_RECENCY_DAYS, recency(of, is(EventTypes.PURCHASE)));
      if (!bought.isEmpty()) {
        row = row.set(PairFeatures.FIRST_PURCHASE_DATE, bought.first());
        row = row.set(PairFeatures.LAST_PURCHASE_DATE, bought.last());
      }
      if (bought.size() > 1) {
        long span = bought.last().toEpochDay() - bought.first().toEpochDay();
        row = row.set(PairFeatures.PURCHASE_GAP_DAYS, span / (bought.size() - 1.0));
      }
      Double cart = recency(of, is(EventTypes.CART));
      Double purchase = recency(of, is(EventTypes.PURCHASE));
      row =
          row.set(PairFeatures.IS_CART_OPEN, cart != null && (purchase == null || purchase > cart));
      return row.zeros();
    }

    TestRow user(String user) {
      List<Event> of = byUser.getOrDefault(user, List.of());
      TestRow row = TestRow.of(UserFeatures.SCHEMA);
      row = row.set(UserFeatures.USER_ID, user);
      row = row.set(UserFeatures.AGE_DAYS, of.isEmpty() ? null : age(of.get(0)));
      row = row.set(UserFeatures.RECENCY_DAYS, recency(of, event -> true));
      row = row.set(UserFeatures.PURCHASE_RECENCY_DAYS, recency(of, is(EventTypes.PURCHASE)));
      row = row.set(UserFeatures.VIEWS_7D, count(of, EventTypes.VIEW, 7));
      row = row.set(UserFeatures.CARTS_7D, count(of, EventTypes.CART, 7));
      row = row.set(UserFeatures.PURCHASES_7D, count(of, EventTypes.PURCHASE, 7));
      row = row.set(UserFeatures.PURCHASES_30D, count(of, EventTypes.PURCHASE, 30));
      row = row.set(UserFeatures.PURCHASES_90D, count(of, EventTypes.PURCHASE, 90));
      row = row.set(UserFeatures.BASKETS_90D, count(of, EventTypes.PURCHASE, 90));
      row =
          row.set(
              UserFeatures.PURCHASE_DATES,
              of.stream()
                  .filter(is(EventTypes.PURCHASE))
                  .map(SyntheticShop::date)
                  .distinct()
                  .sorted()
                  .toList());
      for (String even :
          List.of(
              UserFeatures.HOUR_HISTOGRAM,
              UserFeatures.WEEKDAY_HISTOGRAM,
              UserFeatures.PRICE_BAND_TASTE)) {
        row = row.set(even, Collections.nCopies(5, 0.2));
      }
      return row.zeros();
    }

    TestRow item(String item) {
      List<Event> of = byItem.getOrDefault(item, List.of());
      TestRow row = TestRow.of(ItemFeatures.SCHEMA);
      row = row.set(ItemFeatures.ITEM_ID, item);
      row = row.set(ItemFeatures.TOP_CATEGORY, "all");
      row = row.set(ItemFeatures.PRICE, of.isEmpty() ? null : of.get(0).price());
      row = row.set(ItemFeatures.POPULARITY, strength(of));
      row = row.set(ItemFeatures.VIEWS_7D, count(of, EventTypes.VIEW, 7));
      row = row.set(ItemFeatures.VIEWS_30D, count(of, EventTypes.VIEW, 30));
      row = row.set(ItemFeatures.PURCHASES_7D, count(of, EventTypes.PURCHASE, 7));
      row = row.set(ItemFeatures.PURCHASES_30D, count(of, EventTypes.PURCHASE, 30));
      row = row.set(ItemFeatures.PURCHASES_90D, count(of, EventTypes.PURCHASE, 90));
      long buyers =
          of.stream()
              .filter(is(EventTypes.PURCHASE).and(event -> age(event) <= 30))
              .map(Event::user)
              .distinct()
              .count();
      row = row.set(ItemFeatures.BUYERS_30D, buyers);
      return row.zeros();
    }

    private double age(Event event) {
      return Duration.between(event.time(), end).toSeconds() / 86_400.0;
    }

    private double strength(List<Event> of) {
      return of.stream()
          .mapToDouble(
              event ->
                  (EventTypes.PURCHASE.equals(event.type()) ? 5 : 1)
                      * Math.pow(0.5, age(event) / HALF_LIFE_DAYS))
          .sum();
    }

    private long count(List<Event> of, String type, int days) {
      return of.stream().filter(is(type).and(event -> age(event) <= days)).count();
    }

    private Double recency(List<Event> of, Predicate<Event> kind) {
      return of.stream().filter(kind).map(this::age).min(Double::compare).orElse(null);
    }

    private static Predicate<Event> is(String type) {
      return event -> event.type().equals(type);
    }
  }
}
