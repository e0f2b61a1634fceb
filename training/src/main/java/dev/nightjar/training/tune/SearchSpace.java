package dev.nightjar.training.tune;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import dev.nightjar.training.intent.IntentConfig;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The settings of purchase intent that a search draws: at random (Bergstra and Bengio 2012), each
 * uniformly between its bounds, on a logarithmic scale where the order of magnitude matters.
 */
public final class SearchSpace {
  private static final List<Range> RANGES =
      List.of(
          new Range("trees", 40, 400, true, true),
          new Range("depth", 3, 9, false, true),
          new Range("learning_rate", 0.02, 0.3, true, false),
          new Range("min_child_weight", 0.5, 60, true, false),
          new Range("lambda", 0.1, 50, true, false),
          new Range("row_sample", 0.5, 1, false, false),
          new Range("column_sample", 0.2, 1, false, false),
          new Range("ranker_weight", 0, 2, false, false),
          new Range("negatives_per_positive", 3, 40, true, false));

  private static final MathContext THREE_DIGITS = new MathContext(3);

  private SearchSpace() {}

  /**
   * One setting.
   *
   * @param key under {@code intent}
   * @param low smallest value
   * @param high largest value
   * @param isLogarithmic whether its logarithm is drawn uniformly
   * @param isWhole whether it is a whole number
   */
  private record Range(
      String key, double low, double high, boolean isLogarithmic, boolean isWhole) {
    Number draw(SplittableRandom random) {
      double share = random.nextDouble();
      if (isWhole) {
        double value =
            isLogarithmic ? exponential(share, high + 1) : low + share * (high + 1 - low);
        return (int) Math.min(high, Math.floor(value));
      }
      double value = isLogarithmic ? exponential(share, high) : low + share * (high - low);
      return new BigDecimal(value).round(THREE_DIGITS).doubleValue();
    }

    private double exponential(double share, double top) {
      return low * Math.pow(top / low, share);
    }
  }

  /** Keys under {@code intent} that are searched. */
  public static List<String> keys() {
    return RANGES.stream().map(Range::key).toList();
  }

  /**
   * Settings of one trial, a function of seed and trial alone, so that a search can be continued.
   * Trial 0 has the present settings.
   *
   * @param intent the section {@code intent}
   * @return by key
   */
  public static Map<String, Number> settings(Config intent, long seed, int trial) {
    SplittableRandom random = new SplittableRandom(seed ^ (0x9E3779B97F4A7C15L * trial));
    Map<String, Number> settings = new LinkedHashMap<>();
    for (Range range : RANGES) {
      settings.put(range.key(), trial == 0 ? intent.getNumber(range.key()) : range.draw(random));
    }
    return settings;
  }

  /** The section {@code intent} with some of its settings replaced. */
  public static IntentConfig apply(Config intent, Map<String, Number> settings) {
    Config changed = intent;
    for (Map.Entry<String, Number> setting : settings.entrySet()) {
      changed =
          changed.withValue(
              setting.getKey(), ConfigValueFactory.fromAnyRef(setting.getValue(), "a trial"));
    }
    return IntentConfig.from(changed);
  }
}
