package dev.nightjar.demo;

import dev.nightjar.demo.chance.Dice;
import dev.nightjar.demo.chance.HourCurve;
import dev.nightjar.demo.chance.Vectors;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Draws the users of the shop, each {@link Customer} with separate dice. */
final class DemoUsers {
  private static final long KEY_USER = 21;
  private static final long KEY_CONTRADICTION = 22;
  private static final double CONTRADICTED = 0.01;
  private static final double SECONDS_PER_DAY = 86_400;

  private static final List<String> ZONES =
      List.of("Europe/Berlin", "Europe/London", "America/New_York", "Asia/Tokyo", "Asia/Kolkata");
  private static final List<String> LOCALES = List.of("de-DE", "en-GB", "en-US", "ja-JP", "en-IN");
  private static final double[] ZONE_SHARES = {0.42, 0.08, 0.25, 0.20, 0.05};
  private static final List<String> WRONG_ZONES = List.of("", "Mars/Olympus", "GMT+25", "berlin");
  private static final double UNKNOWN_ZONE = 0.02;

  private static final String[][] QUIET = {
    {"", ""}, {"22:00", "07:00"}, {"21:00", "08:00"}, {"23:00", "06:30"}, {"20:00", "10:00"}
  };
  private static final double[] QUIET_SHARES = {0.6, 0.15, 0.12, 0.08, 0.05};

  private final DemoConfig config;
  private final DemoItems items;

  DemoUsers(DemoConfig config, DemoItems items) {
    this.config = config;
    this.items = items;
  }

  List<Customer> draw() {
    List<Customer> customers = new ArrayList<>(config.users());
    for (int user = 0; user < config.users(); user++) {
      customers.add(draw(user));
    }
    return customers;
  }

  private Customer draw(int user) {
    Dice dice = Dice.of(config.seed(), KEY_USER, user);
    boolean isZoneKnown = !dice.chance(UNKNOWN_ZONE);
    int place = dice.pick(ZONE_SHARES);
    // A user without a stated zone lives in the shop's, so that the shop's zone is the right guess.
    ZoneId zone = isZoneKnown ? ZoneId.of(ZONES.get(place)) : config.zone();
    String stated =
        isZoneKnown ? ZONES.get(place) : WRONG_ZONES.get(dice.below(WRONG_ZONES.size()));
    String locale = isZoneKnown ? LOCALES.get(place) : "de-DE";
    long created = created(dice);
    String consent = List.of("true", "false", "").get(dice.pick(0.85, 0.12, 0.03));
    String[] quiet = QUIET[dice.pick(QUIET_SHARES)];
    long suppressedSince = dice.chance(0.01) ? suppressed(dice) : Person.NEVER;
    Person person =
        new Person(
            user,
            zone,
            stated,
            locale,
            created,
            consent,
            isContradicted(user, consent),
            quiet[0],
            quiet[1],
            suppressedSince);
    return new Customer(config, items, person, nature(dice));
  }

  /**
   * Two systems wrote the list: in one of a hundred the second has a no for the first one's yes.
   */
  private boolean isContradicted(int user, String consent) {
    return consent.equals("true")
        && Dice.of(config.seed(), KEY_CONTRADICTION, user).chance(CONTRADICTED);
  }

  private long created(Dice dice) {
    LocalDate first = config.firstDate();
    long start = first.atStartOfDay(config.zone()).toEpochSecond();
    double days = dice.chance(0.15) ? dice.uniform(0, config.days() - 0.1) : -dice.uniform(1, 364);
    return start + (long) (days * SECONDS_PER_DAY);
  }

  /** A moment within the log; for one in five, always. */
  private long suppressed(Dice dice) {
    if (dice.chance(0.2)) {
      return Person.ALWAYS;
    }
    long start = config.firstDate().atStartOfDay(config.zone()).toEpochSecond();
    return start + (long) (dice.uniform() * SECONDS_PER_DAY * config.days());
  }

  private Nature nature(Dice dice) {
    double[] wanted = new double[Vectors.DIMENSIONS];
    for (double weight : new double[] {1.0, 0.7, 0.5}) {
      double[] centre = items.centre(dice.below(Category.ALL.size()));
      for (int k = 0; k < wanted.length; k++) {
        wanted[k] += weight * centre[k];
      }
    }
    double[] taste = Vectors.near(wanted, 0.4, dice);
    double pickiness = dice.uniform(4, 8);
    double thrift = dice.gaussian();
    boolean isCold = dice.chance(0.04);
    double spread = 0.8;
    double mean = config.sessionsPerDay() * StrictMath.exp(-spread * spread / 2);
    double sessionsPerDay =
        isCold ? 0 : StrictMath.min(3, mean * StrictMath.exp(spread * dice.gaussian()));
    double openBase = 0.08 + 0.6 * StrictMath.pow(dice.uniform(), 1.5);
    String device = List.of("ios", "android", "web").get(dice.pick(0.4, 0.4, 0.2));
    return new Nature(
        taste, pickiness, thrift, sessionsPerDay, openBase, HourCurve.draw(dice), device);
  }
}
