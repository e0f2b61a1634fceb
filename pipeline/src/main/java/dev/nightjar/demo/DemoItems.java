package dev.nightjar.demo;

import dev.nightjar.demo.chance.Dice;
import dev.nightjar.demo.chance.Vectors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The shop's items: for each item a latent vector of length 1 near its category's, a popularity
 * that follows a power law, a quality, a price, and the days on which it was launched and trended.
 */
final class DemoItems {
  private static final long KEY_CATEGORY = 11;
  private static final long KEY_ITEM = 12;
  private static final int OLD = 300;

  private final List<double[]> centres;
  private final List<DemoItem> items = new ArrayList<>();

  DemoItems(DemoConfig config) {
    centres = centres(config.seed());
    for (int item = 0; item < config.items(); item++) {
      items.add(draw(item, config, Dice.of(config.seed(), KEY_ITEM, item)));
    }
  }

  /** Vectors of the categories, those of one top category near each other. */
  private static List<double[]> centres(long seed) {
    List<double[]> drawn = new ArrayList<>();
    String top = "";
    double[] around = new double[Vectors.DIMENSIONS];
    for (Category category : Category.ALL) {
      Dice dice = Dice.of(seed, KEY_CATEGORY, drawn.size());
      if (!category.top().equals(top)) {
        top = category.top();
        around = Vectors.near(new double[Vectors.DIMENSIONS], 1, dice);
      }
      drawn.add(Vectors.near(around, 0.9, dice));
    }
    return drawn;
  }

  private DemoItem draw(int item, DemoConfig config, Dice dice) {
    double typicalPrice = Category.of(item).typicalPrice();
    double[] vector = Vectors.near(centre(item % Category.ALL.size()), 0.55, dice);
    // A rank drawn for each item spreads the power law over the categories.
    double rank = 1 + dice.uniform() * config.items();
    double popularity = 1 / StrictMath.pow(rank, 0.7);
    double quality = 0.4 * dice.gaussian();
    int cents =
        (int) StrictMath.max(99, 100 * typicalPrice * StrictMath.exp(0.35 * dice.gaussian()));
    int launchDay = dice.chance(0.08) ? dice.below(config.days()) : -1 - dice.below(OLD);
    int trendDay =
        dice.chance(0.04) ? dice.below(config.days() + config.holdoutDays()) : Integer.MIN_VALUE;
    int stock = dice.chance(0.01) ? 0 : 5 + dice.below(500);
    if (stock == 0) {
      popularity *= 0.05;
    }
    return new DemoItem(item, vector, popularity, quality, cents, launchDay, trendDay, stock);
  }

  int size() {
    return items.size();
  }

  DemoItem get(int item) {
    return items.get(item);
  }

  List<DemoItem> all() {
    return Collections.unmodifiableList(items);
  }

  double[] centre(int category) {
    return centres.get(category);
  }

  /** Cumulative popularity of the items on a day, which a draw searches. */
  double[] cumulated(int day) {
    double[] sums = new double[size()];
    double sum = 0;
    for (DemoItem item : items) {
      sum += item.popularityOn(day);
      sums[item.number()] = sum;
    }
    return sums;
  }
}
