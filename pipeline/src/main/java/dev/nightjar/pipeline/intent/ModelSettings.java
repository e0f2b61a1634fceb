package dev.nightjar.pipeline.intent;

import dev.nightjar.pipeline.warehouse.Json;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Everything but the data that a model and its candidates depend on: settings, and the code.
 *
 * @param values by key
 */
record ModelSettings(Map<String, Object> values) {
  /** The first setting that was another one before, in words. */
  Optional<String> changedSince(Map<String, Object> before) {
    TreeSet<String> keys = new TreeSet<>(values.keySet());
    keys.addAll(before.keySet());
    return keys.stream()
        .filter(key -> !text(before, key).equals(text(values, key)))
        .findFirst()
        .map(key -> "%s was %s, is %s".formatted(key, text(before, key), text(values, key)));
  }

  private static String text(Map<String, Object> settings, String key) {
    return settings.containsKey(key) ? Json.line(settings.get(key)) : "not set";
  }
}
