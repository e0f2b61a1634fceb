package dev.nightjar.demo;

import java.time.LocalDate;
import java.util.List;

/**
 * The shop's shelf: for each item a latent vector of length 1 near its category's, a popularity
 * that follows a power law, a quality, a price, and the days on which it was launched and trended.
 */
final class DemoItems {
  /** Length of taste and item vectors. */
  static final int DIMENSIONS = 8;

  private static final long KEY_CATEGORY = 11;
  private static final long KEY_ITEM = 12;
  private static final int OLD = 300;
  private static final double TREND_LIFT = 8;
  private static final double TREND_WIDTH_DAYS = 4;

  private static final List<String> BRANDS =
      List.of("Alder", "Birch", "Cedar", "Dune", "Ember", "Fjord", "Gale", "Heron", "Iris", "Juno");
  private static final List<String> KINDS =
      List.of("Classic", "Daily", "Fresh", "Little", "Nordic", "Quiet", "Sunny", "Urban");

  /** A leaf of the category tree; a consumable is used up and bought again. */
  record Category(String path, String noun, double typicalPrice, boolean isConsumable) {}

  static final List<Category> CATEGORIES =
      List.of(
          new Category("grocery/coffee/beans", "coffee beans", 12, true),
          new Category("grocery/coffee/capsules", "coffee capsules", 9, true),
          new Category("grocery/tea/leaf", "leaf tea", 7, true),
          new Category("grocery/snacks/bars", "snack bars", 5, true),
          new Category("pets/cats/food", "cat food", 18, true),
          new Category("pets/dogs/food", "dog food", 24, true),
          new Category("pets/dogs/toys", "dog toy", 8, false),
          new Category("beauty/skin/cream", "face cream", 16, true),
          new Category("beauty/hair/shampoo", "shampoo", 8, true),
          new Category("beauty/scent/perfume", "perfume", 55, false),
          new Category("fashion/women/dresses", "dress", 49, false),
          new Category("fashion/women/shoes", "shoes", 69, false),
          new Category("fashion/men/shirts", "shirt", 35, false),
          new Category("fashion/men/shoes", "trainers", 79, false),
          new Category("electronics/audio/headphones", "headphones", 89, false),
          new Category("electronics/audio/speakers", "speaker", 119, false),
          new Category("electronics/phones/cases", "phone case", 15, false),
          new Category("home/kitchen/knives", "kitchen knife", 32, false),
          new Category("home/kitchen/pans", "pan", 42, false),
          new Category("home/decor/candles", "candle", 12, true),
          new Category("home/decor/lamps", "lamp", 59, false),
          new Category("sports/running/shoes", "running shoes", 99, false),
          new Category("sports/running/nutrition", "energy gels", 14, true),
          new Category("sports/yoga/mats", "yoga mat", 29, false),
          new Category("toys/building/blocks", "building blocks", 39, false),
          new Category("toys/outdoor/kites", "kite", 22, false),
          new Category("books/novels/crime", "crime novel", 13, false),
          new Category("books/cooking/baking", "baking book", 25, false));

  private final double[][] centres = new double[CATEGORIES.size()][];
  private final double[][] vectors;
  private final int[] categories;
  private final double[] popularity;
  private final double[] quality;
  private final int[] cents;
  private final int[] launchDay;
  private final int[] trendDay;
  private final int[] stock;

  /** Stocks the shelf; days are counted from the first of the log, which is day 0. */
  DemoItems(DemoConfig config) {
    int count = config.items();
    vectors = new double[count][];
    categories = new int[count];
    popularity = new double[count];
    quality = new double[count];
    cents = new int[count];
    launchDay = new int[count];
    trendDay = new int[count];
    stock = new int[count];
    drawCentres(config.seed());
    for (int item = 0; item < count; item++) {
      draw(item, config, Dice.of(config.seed(), KEY_ITEM, item));
    }
  }

  private void drawCentres(long seed) {
    String top = "";
    double[] around = new double[DIMENSIONS];
    for (int c = 0; c < centres.length; c++) {
      Dice dice = Dice.of(seed, KEY_CATEGORY, c);
      String path = CATEGORIES.get(c).path();
      String itsTop = path.substring(0, path.indexOf('/'));
      if (!itsTop.equals(top)) {
        top = itsTop;
        around = near(new double[DIMENSIONS], 1, dice);
      }
      centres[c] = near(around, 0.9, dice);
    }
  }

  private void draw(int item, DemoConfig config, Dice dice) {
    categories[item] = item % CATEGORIES.size();
    Category category = category(item);
    vectors[item] = near(centres[categories[item]], 0.55, dice);
    // A rank drawn for each item spreads the power law over the categories.
    double rank = 1 + dice.uniform() * config.items();
    popularity[item] = 1 / StrictMath.pow(rank, 0.7);
    quality[item] = 0.4 * dice.gaussian();
    cents[item] =
        (int)
            StrictMath.max(
                99, 100 * category.typicalPrice() * StrictMath.exp(0.35 * dice.gaussian()));
    launchDay[item] = dice.chance(0.08) ? dice.below(config.days()) : -1 - dice.below(OLD);
    trendDay[item] =
        dice.chance(0.04) ? dice.below(config.days() + config.holdoutDays()) : Integer.MIN_VALUE;
    stock[item] = dice.chance(0.01) ? 0 : 5 + dice.below(500);
    if (stock[item] == 0) {
      popularity[item] *= 0.05;
    }
  }

  int size() {
    return vectors.length;
  }

  static String id(int item) {
    return "i" + (100_000 + item);
  }

  String title(int item) {
    return BRANDS.get(brandIndex(item))
        + " "
        + KINDS.get((item / 7) % KINDS.size())
        + " "
        + category(item).noun();
  }

  String brand(int item) {
    return BRANDS.get(brandIndex(item));
  }

  Category category(int item) {
    return CATEGORIES.get(categories[item]);
  }

  double[] centre(int category) {
    return centres[category];
  }

  double[] vector(int item) {
    return vectors[item];
  }

  double popularity(int item) {
    return popularity[item];
  }

  double quality(int item) {
    return quality[item];
  }

  /** Price of one unit in cents. */
  int cents(int item) {
    return cents[item];
  }

  /** Log of the price over what is typical of the category. */
  double dearness(int item) {
    return StrictMath.log(cents[item] / (100 * category(item).typicalPrice()));
  }

  int stock(int item) {
    return stock[item];
  }

  LocalDate launched(int item, LocalDate firstDate) {
    return firstDate.plusDays(launchDay[item]);
  }

  /** Days from the first of the log to the middle of the item's trend; absent if below zero. */
  int trendDay(int item) {
    return StrictMath.max(-1, trendDay[item]);
  }

  /** Popularity of every item on a day, summed up to and with each: what a draw searches. */
  double[] cumulated(int day) {
    double[] sums = new double[size()];
    double sum = 0;
    for (int item = 0; item < sums.length; item++) {
      if (launchDay[item] <= day) {
        double off = (day - (double) trendDay[item]) / TREND_WIDTH_DAYS;
        sum += popularity[item] * (1 + TREND_LIFT * StrictMath.exp(-off * off / 2));
      }
      sums[item] = sum;
    }
    return sums;
  }

  boolean isListed(int item, int day) {
    return launchDay[item] <= day;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < DIMENSIONS; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  /** A unit vector: {@code around} plus noise of mean length {@code noise}. */
  static double[] near(double[] around, double noise, Dice dice) {
    double[] vector = new double[DIMENSIONS];
    for (int k = 0; k < DIMENSIONS; k++) {
      vector[k] = around[k] + noise / StrictMath.sqrt(DIMENSIONS) * dice.gaussian();
    }
    double length = StrictMath.sqrt(dot(vector, vector));
    for (int k = 0; k < DIMENSIONS; k++) {
      vector[k] /= length;
    }
    return vector;
  }

  private int brandIndex(int item) {
    return (item / CATEGORIES.size()) % BRANDS.size();
  }
}
