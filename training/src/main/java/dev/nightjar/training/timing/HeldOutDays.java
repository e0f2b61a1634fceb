package dev.nightjar.training.timing;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Figures of a model fitted to the days before a day, measured on that day and later ones, next to
 * baselines. Log-loss in nats.
 *
 * @param day first local epoch day that was held out
 * @param metrics figures of the model by name, to add to
 * @param baselines the same figures of each baseline
 */
record HeldOutDays(
    int day, Map<String, Double> metrics, Map<String, Map<String, Double>> baselines) {
  static final String SHOP_HISTOGRAM = "shop_histogram";

  HeldOutDays(int day) {
    this(day, new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  /** The figures of a baseline, to add to. */
  Map<String, Double> baseline(String name) {
    return baselines.computeIfAbsent(name, unused -> new LinkedHashMap<>());
  }
}
