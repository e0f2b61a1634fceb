package dev.nightjar.training.candidate.rules;

import dev.nightjar.training.candidate.history.Purchases;
import dev.nightjar.training.candidate.matrix.Best;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.fpm.FPGrowth;

/**
 * Association rules of baskets, from the frequent itemsets of Spark's FP-growth (Li et al., "PFP:
 * parallel FP-growth for query recommendation", 2008).
 *
 * <p>FP-growth can explode: a bundle of n items that are often bought together has 2^n frequent
 * sets. So only the {@code rules_max_items} most frequent items count, of a larger basket only
 * {@code rules_basket_items} of them, drawn by a function of basket and item, and of more baskets
 * only {@code rules_baskets}.
 */
public final class RuleMiner {
  private final RuleConfig config;
  private final int itemCount;

  public RuleMiner(RuleConfig config, int itemCount) {
    this.config = config;
    this.itemCount = itemCount;
  }

  /**
   * Mines the rules of {@link Purchases#baskets}.
   *
   * @return rules of at least the least confidence and lift, without those where part of the
   *     antecedent gives the same confidence
   */
  public RuleBook mine(JavaSparkContext spark, long[] all) {
    long[] baskets = drawn(all);
    int[] counts = new int[itemCount];
    long basketCount = 0;
    for (int line = 0; line < baskets.length; line++) {
      counts[Purchases.item(baskets[line])]++;
      if (line == 0 || Purchases.basket(baskets[line]) != Purchases.basket(baskets[line - 1])) {
        basketCount++;
      }
    }
    long least =
        Math.max(
            config.rulesMinBaskets(), (long) Math.ceil(config.rulesMinSupport() * basketCount));
    List<List<Integer>> transactions = transactions(baskets, frequent(counts, least));
    if (transactions.size() < least) {
      return RuleBook.of(List.of(), itemCount, config.rulesMost());
    }
    Map<List<Integer>, Long> sets = new HashMap<>();
    new FPGrowth()
        // half a basket less, since FP-growth rounds the product up again
        .setMinSupport((least - 0.5) / transactions.size())
        .setNumPartitions(spark.defaultParallelism())
        .run(spark.parallelize(transactions))
        .freqItemsets()
        .toJavaRDD()
        .collect()
        .forEach(set -> sets.put(set.javaItems().stream().sorted().toList(), set.freq()));
    return RuleBook.of(rules(sets, basketCount), itemCount, config.rulesMost());
  }

  /** The first baskets, which is a random sample: they are ordered by a digest. */
  private long[] drawn(long[] all) {
    int baskets = 0;
    for (int line = 0; line < all.length; line++) {
      boolean isNext = line == 0 || Purchases.basket(all[line]) != Purchases.basket(all[line - 1]);
      if (isNext && ++baskets > config.rulesBaskets()) {
        return Arrays.copyOf(all, line);
      }
    }
    return all;
  }

  private boolean[] frequent(int[] counts, long least) {
    Best best = new Best(config.rulesMaxItems());
    for (int item = 0; item < itemCount; item++) {
      if (counts[item] >= least) {
        best.offer(item, counts[item]);
      }
    }
    boolean[] isFrequent = new boolean[itemCount];
    for (int item : best.takeAll()) {
      isFrequent[item] = true;
    }
    return isFrequent;
  }

  private List<List<Integer>> transactions(long[] baskets, boolean[] isFrequent) {
    List<List<Integer>> transactions = new ArrayList<>();
    List<Integer> items = new ArrayList<>();
    for (int line = 0; line < baskets.length; line++) {
      long basket = Purchases.basket(baskets[line]);
      int item = Purchases.item(baskets[line]);
      if (isFrequent[item]) {
        items.add(item);
      }
      if (line + 1 == baskets.length || Purchases.basket(baskets[line + 1]) != basket) {
        if (!items.isEmpty()) {
          transactions.add(draw(basket, items));
        }
        items.clear();
      }
    }
    return transactions;
  }

  private List<Integer> draw(long basket, List<Integer> items) {
    if (items.size() <= config.rulesBasketItems()) {
      return List.copyOf(items);
    }
    long[] lots = items.stream().mapToLong(item -> (mixed(basket ^ item) << 24) | item).toArray();
    Arrays.sort(lots);
    return Arrays.stream(lots, 0, config.rulesBasketItems()).mapToObj(Purchases::item).toList();
  }

  /** The finisher of MurmurHash3. */
  private static long mixed(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }

  private List<RuleBook.Rule> rules(Map<List<Integer>, Long> sets, long basketCount) {
    List<RuleBook.Rule> rules = new ArrayList<>();
    for (Map.Entry<List<Integer>, Long> set : sets.entrySet()) {
      for (int consequent : set.getKey().size() > 1 ? set.getKey() : List.<Integer>of()) {
        List<Integer> antecedent = without(set.getKey(), consequent);
        double confidence = (double) set.getValue() / sets.get(antecedent);
        double lift = confidence * basketCount / sets.get(List.of(consequent));
        if (confidence >= config.rulesMinConfidence()
            && lift >= config.rulesMinLift()
            && !isAsSureWithLess(sets, set.getKey(), consequent, confidence)) {
          rules.add(
              new RuleBook.Rule(
                  antecedent.stream().mapToInt(Integer::intValue).toArray(),
                  consequent,
                  (double) set.getValue() / basketCount,
                  confidence,
                  lift));
        }
      }
    }
    return rules;
  }

  private static boolean isAsSureWithLess(
      Map<List<Integer>, Long> sets, List<Integer> set, int consequent, double confidence) {
    if (set.size() < 3) {
      return false;
    }
    for (int left : without(set, consequent)) {
      List<Integer> smaller = without(set, left);
      double sureness = (double) sets.get(smaller) / sets.get(without(smaller, consequent));
      if (sureness >= confidence) {
        return true;
      }
    }
    return false;
  }

  private static List<Integer> without(List<Integer> items, int left) {
    return items.stream().filter(item -> item != left).toList();
  }
}
