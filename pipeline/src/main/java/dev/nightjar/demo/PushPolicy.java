package dev.nightjar.demo;

import dev.nightjar.demo.chance.Dice;
import dev.nightjar.demo.chance.Vectors;
import dev.nightjar.demo.csv.CsvColumns;
import dev.nightjar.demo.csv.CsvText;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The random policy that sent the shop's past pushes, with exact propensities. On each of a user's
 * local days on which the user may be pushed it sends one push with probability {@code
 * pushes_per_week / 7}, at an hour drawn uniformly from the local hours 9 to 21 that are outside
 * the user's quiet hours, showing an item drawn uniformly from the day's campaign: {@value
 * #CAMPAIGN} items, the first half by popularity, the rest any that are listed.
 *
 * <p>{@code propensity} is the chance of exactly this push on that local day: {@code
 * pushes_per_week / 7 · 1 / hours · 1 / campaign items}. Minute and second within the hour, uniform
 * too, are not part of the decision.
 */
final class PushPolicy {
  static final int FIRST_HOUR = 9;
  static final int LAST_HOUR = 21;
  static final int CAMPAIGN = 20;

  private static final long KEY_CAMPAIGN = 41;
  private static final long KEY_PUSH = 42;
  private static final long KEY_OUTCOME = 43;
  private static final double LONGEST_WAIT = 12 * 3600;

  /** A push that was sent, with its outcomes in seconds since 1970, or -1. */
  record Push(
      String id,
      Customer customer,
      int item,
      String template,
      long sent,
      long delivered,
      long opened,
      long clicked,
      long unsubscribed,
      double propensity) {}

  /** The push files' columns; outcomes at {@code known} or later are left blank. */
  static CsvColumns<Push> columns(long known) {
    return new CsvColumns<Push>()
        .add("push_id", Push::id)
        .add("user_id", push -> push.customer().person().id())
        .add("item_id", push -> DemoItem.id(push.item()))
        .add("template_id", Push::template)
        .add("sent_at", push -> CsvText.time(push.sent()))
        .add("delivered_at", push -> timeBefore(known, push.delivered()))
        .add("opened_at", push -> timeBefore(known, push.opened()))
        .add("clicked_at", push -> timeBefore(known, push.clicked()))
        .add("unsubscribed_at", push -> timeBefore(known, push.unsubscribed()))
        .add("propensity", push -> CsvText.decimal(push.propensity()));
  }

  private static String timeBefore(long known, long second) {
    return CsvText.time(second < known ? second : -1);
  }

  private final DemoConfig config;
  private final DemoItems items;
  private final int[][] allowed;
  private final long[] unsubscribed;

  PushPolicy(DemoConfig config, DemoItems items, List<Customer> customers) {
    this.config = config;
    this.allowed =
        customers.stream()
            .map(customer -> allowedHours(customer).stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    this.items = items;
    this.unsubscribed = new long[config.users()];
    Arrays.fill(unsubscribed, Long.MAX_VALUE);
  }

  /** The local hours in which a push to the user may start. */
  static List<Integer> allowedHours(Customer customer) {
    List<Integer> hours = new ArrayList<>();
    for (int hour = FIRST_HOUR; hour <= LAST_HOUR; hour++) {
      if (!isQuiet(customer.person(), hour)) {
        hours.add(hour);
      }
    }
    return hours;
  }

  private static boolean isQuiet(Person person, int hour) {
    if (person.quietFrom().isEmpty()) {
      return false;
    }
    // All quiet hours of this shop span midnight.
    int start = hour * 60;
    int from = LocalTime.parse(person.quietFrom()).toSecondOfDay() / 60;
    int to = LocalTime.parse(person.quietTo()).toSecondOfDay() / 60;
    return start + 60 > from || start < to;
  }

  /** The items of a day's campaign, by the user's calendar. */
  private int[] campaign(LocalDate localDate) {
    int day = (int) (localDate.toEpochDay() - config.firstDate().toEpochDay());
    Dice dice = Dice.of(config.seed(), KEY_CAMPAIGN, localDate.toEpochDay());
    double[] cumulated = items.cumulated(day);
    List<Integer> chosen = new ArrayList<>();
    while (chosen.size() < CAMPAIGN) {
      int item;
      if (chosen.size() < CAMPAIGN / 2) {
        int found =
            Arrays.binarySearch(cumulated, dice.uniform() * cumulated[cumulated.length - 1]);
        item = found >= 0 ? found + 1 : -found - 1;
      } else {
        item = dice.below(items.size());
      }
      if (items.get(item).isListed(day) && !chosen.contains(item)) {
        chosen.add(item);
      }
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Every push sent on a shop-local day, by user's local date, then by user. */
  List<Push> send(List<Customer> customers, LocalDate date) {
    long from = date.atStartOfDay(config.zone()).toEpochSecond();
    long to = date.plusDays(1).atStartOfDay(config.zone()).toEpochSecond();
    List<Push> pushes = new ArrayList<>();
    for (LocalDate localDate = date.minusDays(1);
        !localDate.isAfter(date.plusDays(1));
        localDate = localDate.plusDays(1)) {
      int[] campaign = campaign(localDate);
      for (Customer customer : customers) {
        Dice dice =
            Dice.of(config.seed(), KEY_PUSH, customer.person().number(), localDate.toEpochDay());
        if (dice.chance(config.pushesPerWeek() / 7)) {
          ZonedDateTime local =
              localDate.atTime(time(customer, dice)).atZone(customer.person().zone());
          long sent = local.toEpochSecond();
          if (sent >= from && sent < to && isAllowed(customer.person(), sent)) {
            pushes.add(push(customer, local, campaign[dice.below(campaign.length)]));
          }
        }
      }
    }
    return pushes;
  }

  private LocalTime time(Customer customer, Dice dice) {
    int[] hours = allowed[customer.person().number()];
    return LocalTime.of(hours[dice.below(hours.length)], dice.below(60), dice.below(60));
  }

  private Push push(Customer customer, ZonedDateTime local, int item) {
    int number = customer.person().number();
    LocalDate localDate = local.toLocalDate();
    Dice dice = Dice.of(config.seed(), KEY_OUTCOME, number, localDate.toEpochDay());
    int hourOfWeek = (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour();
    long sent = local.toEpochSecond();
    boolean isOpened = dice.chance(customer.nature().openProbability(hourOfWeek));
    boolean isDelivered = isOpened || dice.chance(0.98);
    long delivered = isDelivered ? sent + 1 + dice.below(20) : -1;
    double waited = StrictMath.min(dice.exponential(LONGEST_WAIT / 24), LONGEST_WAIT);
    long opened = isOpened ? delivered + 5 + (long) waited : -1;
    double appeal = Vectors.sigmoid(customer.appeal(item) + 1);
    boolean isClicked = dice.chance(0.1 + 0.6 * appeal) && !customer.nature().isCold();
    boolean isLeft = dice.chance(0.004);
    if (isOpened && isLeft) {
      unsubscribed[number] = opened + 30;
    }
    return new Push(
        "p" + localDate.toString().replace("-", "") + "-" + number,
        customer,
        item,
        "campaign-" + (1 + dice.below(3)),
        sent,
        delivered,
        opened,
        isOpened && isClicked ? opened + 4 : -1,
        isOpened && isLeft ? opened + 30 : -1,
        config.pushesPerWeek() / 7 / allowed[number].length / CAMPAIGN);
  }

  private boolean isAllowed(Person person, long sent) {
    return person.hasConsent()
        && sent >= person.createdSecond()
        && sent < person.suppressedSince()
        && sent < unsubscribed[person.number()];
  }
}
