package dev.nightjar.demo;

import dev.nightjar.demo.chance.Dice;
import dev.nightjar.demo.chance.Vectors;
import dev.nightjar.features.table.EventTypes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One user, with what the shop knows ({@link Person}), what it does not ({@link Nature}), and the
 * user's state: open carts, goods that will run out, purchases still to be returned or rated.
 *
 * <p>The probability of looking at an item is proportional to {@code popularity(item, day) ·
 * exp(pickiness · taste · vector)}; that of putting it into the cart is logistic in {@link
 * #appeal}.
 */
final class Customer {
  private static final long KEY_RHYTHM = 31;
  private static final double SECONDS_PER_DAY = 86_400;
  private static final int MOST_PROPOSALS = 4_000;

  /** A consumable that the user buys again every {@code periodDays}, plus or minus an eighth. */
  record Rhythm(int item, double periodDays) {}

  private record Aftermath(long dueSecond, int item, String type, int quantity, int rating) {}

  private final DemoItems items;
  private final Person person;
  private final Nature nature;
  private final List<Rhythm> rhythms = new ArrayList<>();
  private final Map<Rhythm, Double> dueSeconds = new HashMap<>();
  private final double closest;
  private final Deque<Integer> openCart = new ArrayDeque<>();
  private final Set<Integer> owned = new HashSet<>();
  private final List<Aftermath> aftermaths = new ArrayList<>();
  private int sessions;

  Customer(DemoConfig config, DemoItems items, Person person, Nature nature) {
    this.items = items;
    this.person = person;
    this.nature = nature;
    double best = -1;
    for (DemoItem item : items.all()) {
      best = StrictMath.max(best, Vectors.dot(nature.taste(), item.vector()));
    }
    this.closest = best;
    drawRhythms(config, Dice.of(config.seed(), KEY_RHYTHM, person.number()));
  }

  Person person() {
    return person;
  }

  Nature nature() {
    return nature;
  }

  /** The consumables that the user buys repeatedly. */
  List<Rhythm> rhythms() {
    return Collections.unmodifiableList(rhythms);
  }

  private void drawRhythms(DemoConfig config, Dice dice) {
    double[] cumulated = items.cumulated(0);
    double start = config.firstDate().atStartOfDay(config.zone()).toEpochSecond();
    for (int n = dice.pick(0.45, 0.3, 0.15, 0.1); n > 0; n--) {
      int item = look(cumulated, dice);
      for (int tries = 0; tries < 50 && !isGood(item); tries++) {
        item = look(cumulated, dice);
      }
      if (isGood(item)) {
        double period = dice.uniform(10, 25);
        double from = StrictMath.max(start, (double) person.createdSecond());
        Rhythm rhythm = new Rhythm(item, period);
        rhythms.add(rhythm);
        dueSeconds.put(rhythm, from + dice.uniform() * period * SECONDS_PER_DAY);
      }
    }
  }

  private boolean isGood(int item) {
    return items.get(item).category().isConsumable()
        && items.get(item).stock() > 0
        && rhythms.stream().noneMatch(rhythm -> rhythm.item() == item);
  }

  /** Logit of putting a looked-at item into the cart. */
  double appeal(int number) {
    DemoItem item = items.get(number);
    double isOwned = owned.contains(number) && !item.category().isConsumable() ? 1 : 0;
    return -4.6
        + 3.2 * Vectors.dot(nature.taste(), item.vector())
        + item.quality()
        - 0.8 * nature.thrift() * item.dearness()
        - 2.5 * isOwned;
  }

  /** One visit that begins at {@code second}, written to {@code log} in order of time. */
  void visit(long second, double[] cumulated, Dice dice, Consumer<EventRow> log) {
    Visit visit = new Visit(second, log, dice);
    if (!nature.device().equals("web")) {
      visit.write(EventTypes.APP_OPEN, -1, -1, "home");
    }
    visit.aftermaths();
    visit.rhythms();
    for (int looks = 1 + dice.geometric(4.5); looks > 0; looks--) {
      if (!openCart.isEmpty() && dice.chance(0.15)) {
        visit.consider(openCart.pollFirst(), 1.2, "cart");
      } else {
        int item = look(cumulated, dice);
        visit.consider(item, 0, visit.maybeSearch(item));
      }
    }
    visit.checkOut();
  }

  /** The visit after a click on a push of {@code item}. */
  void arrive(long second, int item, Dice dice, Consumer<EventRow> log) {
    Visit visit = new Visit(second, log, dice);
    visit.consider(item, 0.5, "push");
    visit.checkOut();
  }

  /** Draws an item to look at: proposed by popularity, taken by taste. */
  private int look(double[] cumulated, Dice dice) {
    int item = 0;
    for (int proposals = 0; proposals < MOST_PROPOSALS; proposals++) {
      double at = dice.uniform() * cumulated[cumulated.length - 1];
      int found = Arrays.binarySearch(cumulated, at);
      item = found >= 0 ? found + 1 : -found - 1;
      double distance = Vectors.dot(nature.taste(), items.get(item).vector()) - closest;
      double logit = nature.pickiness() * distance;
      double drawn = dice.uniform();
      // exp(-3) < 0.05: most proposals are rejected without computing the exponential.
      if ((logit > -3 || drawn < 0.05) && drawn < StrictMath.exp(logit)) {
        break;
      }
    }
    return item;
  }

  /** A visit in progress. */
  private final class Visit {
    private final Consumer<EventRow> log;
    private final Dice dice;
    private final String session;
    private final List<Integer> basket = new ArrayList<>();
    private long now;

    private Visit(long second, Consumer<EventRow> log, Dice dice) {
      this.now = second;
      this.log = log;
      this.dice = dice;
      // Some of the shop's pages lose the session.
      this.session = dice.chance(0.05) ? "" : "s" + person.number() + "-" + sessions++;
    }

    private void write(String type, int item, int quantity, String scene) {
      write(type, item, quantity, -1, "", scene);
    }

    private void write(
        String type, int item, int quantity, int rating, String query, String scene) {
      int cents = item < 0 ? -1 : items.get(item).cents();
      log.accept(
          new EventRow(
              "",
              now,
              person.id(),
              item,
              type,
              cents,
              quantity,
              rating,
              query,
              nature.device(),
              scene,
              session));
      now += 5 + dice.below(70);
    }

    private String maybeSearch(int item) {
      if (!dice.chance(0.08)) {
        return dice.chance(0.4) ? "home" : "category";
      }
      String noun = items.get(item).category().noun();
      String query = dice.chance(0.2) ? noun + ", " + items.get(item).brand() : noun;
      write(EventTypes.SEARCH, -1, -1, -1, query, "search");
      return "search";
    }

    private void consider(int item, double push, String scene) {
      write(EventTypes.VIEW, item, -1, scene);
      double appeal = appeal(item) + push;
      if (dice.chance(0.5 * Vectors.sigmoid(appeal))) {
        write(EventTypes.FAVORITE, item, -1, scene);
      }
      if (!dice.chance(Vectors.sigmoid(appeal))) {
        return;
      }
      write(EventTypes.CART, item, 1, scene);
      if (dice.chance(0.6)) {
        basket.add(item);
      } else if (openCart.size() < 5 && !openCart.contains(item)) {
        openCart.addLast(item);
      }
    }

    private void rhythms() {
      for (Rhythm rhythm : rhythms) {
        if (dueSeconds.get(rhythm) <= now && dice.chance(0.85)) {
          write(EventTypes.VIEW, rhythm.item(), -1, "home");
          write(EventTypes.CART, rhythm.item(), 1, "home");
          basket.add(rhythm.item());
          double noise = StrictMath.max(0.5, 1 + 0.125 * dice.gaussian());
          dueSeconds.put(rhythm, now + rhythm.periodDays() * noise * SECONDS_PER_DAY);
        }
      }
    }

    private void aftermaths() {
      for (Aftermath due : List.copyOf(aftermaths)) {
        if (due.dueSecond() <= now) {
          aftermaths.remove(due);
          write(due.type(), due.item(), due.quantity(), due.rating(), "", "orders");
        }
      }
    }

    private void checkOut() {
      for (int item : Set.copyOf(basket).stream().sorted().toList()) {
        int quantity = dice.chance(0.1) ? 2 + dice.below(3) : 1;
        write(EventTypes.PURCHASE, item, quantity, "checkout");
        owned.add(item);
        double chance = items.get(item).category().isConsumable() ? 0.005 : 0.06;
        if (dice.chance(chance)) {
          later(3, 10, item, EventTypes.RETURN, quantity, -1);
        } else if (dice.chance(0.12)) {
          double joy = 3.3 + items.get(item).quality() + 0.9 * dice.gaussian();
          int stars = (int) StrictMath.max(1, StrictMath.min(5, StrictMath.rint(joy)));
          later(2, 7, item, EventTypes.RATING, -1, stars);
        }
      }
    }

    private void later(int fromDays, int toDays, int item, String type, int quantity, int rating) {
      long due = now + (long) (dice.uniform(fromDays, toDays) * SECONDS_PER_DAY);
      aftermaths.add(new Aftermath(due, item, type, quantity, rating));
    }
  }
}
