package dev.nightjar.demo;

import java.time.LocalDate;
import java.util.List;

/**
 * One item of the shelf. Days are counted from the first of the log, which is day 0.
 *
 * @param number from 0
 * @param vector latent vector of length 1
 * @param popularity weight of the item among all, before its trend
 * @param quality what it adds to the appeal for every user
 * @param cents price of one unit
 * @param launchDay day from which it is listed
 * @param trendDay middle of its trend; negative where it has none
 * @param stock units left on the last day
 */
record DemoItem(
    int number,
    double[] vector,
    double popularity,
    double quality,
    int cents,
    int launchDay,
    int trendDay,
    int stock) {
  private static final List<String> BRANDS =
      List.of("Alder", "Birch", "Cedar", "Dune", "Ember", "Fjord", "Gale", "Heron", "Iris", "Juno");
  private static final List<String> KINDS =
      List.of("Classic", "Daily", "Fresh", "Little", "Nordic", "Quiet", "Sunny", "Urban");
  private static final double TREND_LIFT = 8;
  private static final double TREND_WIDTH_DAYS = 4;

  static String id(int number) {
    return "i" + (100_000 + number);
  }

  String id() {
    return id(number);
  }

  Category category() {
    return Category.of(number);
  }

  String brand() {
    return BRANDS.get((number / Category.ALL.size()) % BRANDS.size());
  }

  String title() {
    return brand() + " " + KINDS.get((number / 7) % KINDS.size()) + " " + category().noun();
  }

  LocalDate launched(LocalDate firstDate) {
    return firstDate.plusDays(launchDay);
  }

  boolean isListed(int day) {
    return launchDay <= day;
  }

  /** Popularity on a day, its trend included; 0 before the launch. */
  double popularityOn(int day) {
    if (!isListed(day)) {
      return 0;
    }
    double off = (day - (double) trendDay) / TREND_WIDTH_DAYS;
    return popularity * (1 + TREND_LIFT * StrictMath.exp(-off * off / 2));
  }

  /** Logarithm of the price over the typical one of the category. */
  double dearness() {
    return StrictMath.log(cents / (100 * category().typicalPrice()));
  }
}
