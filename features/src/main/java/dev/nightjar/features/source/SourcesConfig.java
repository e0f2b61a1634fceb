package dev.nightjar.features.source;

import com.typesafe.config.Config;
import dev.nightjar.features.config.Problems;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Settings under {@code sources}: the inputs that a shop gives. Only {@code events} is required.
 *
 * @param inputs input to where its files are
 */
public record SourcesConfig(Map<InputTable, SourceConfig> inputs) {
  public SourcesConfig {
    inputs = java.util.Collections.unmodifiableMap(new EnumMap<>(inputs));
    if (!inputs.containsKey(InputTable.EVENTS)) {
      Problems problems = new Problems();
      problems.add(
          "sources.events is required and missing: give --conf a shop's mapping"
              + " (conf/ has examples, docs/sources.md says how to write one)");
      problems.throwIfAny();
    }
  }

  /**
   * Reads {@code sources}.
   *
   * @throws dev.nightjar.features.config.ConfigProblems naming everything that is wrong
   */
  public static SourcesConfig from(Config sources) {
    Map<InputTable, SourceConfig> inputs = new EnumMap<>(InputTable.class);
    Problems problems = new Problems();
    for (InputTable table : InputTable.values()) {
      if (sources.hasPath(table.key())) {
        Config section = sources.getConfig(table.key()).withFallback(sources.getConfig("defaults"));
        problems.collect(() -> inputs.put(table, SourceConfig.from(table, section)));
      }
    }
    problems.throwIfAny();
    return new SourcesConfig(inputs);
  }

  /** The events; always there. */
  public SourceConfig events() {
    return inputs.get(InputTable.EVENTS);
  }

  /** Where the files of an input are; empty where the shop has none. */
  public Optional<SourceConfig> of(InputTable table) {
    return Optional.ofNullable(inputs.get(table));
  }
}
