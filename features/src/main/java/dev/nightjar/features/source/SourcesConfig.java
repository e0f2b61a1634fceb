package dev.nightjar.features.source;

import com.typesafe.config.Config;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Nearest;
import dev.nightjar.features.config.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings under {@code sources}: the inputs that a shop gives. Only {@code events} is required.
 *
 * @param inputs input to where its files are
 */
public record SourcesConfig(Map<InputTable, SourceConfig> inputs) {
  private static final String DEFAULTS = "defaults";

  public SourcesConfig {
    inputs = java.util.Collections.unmodifiableMap(new EnumMap<>(inputs));
  }

  /**
   * Reads {@code sources}.
   *
   * @throws dev.nightjar.features.config.ConfigProblems naming everything that is wrong
   */
  public static SourcesConfig from(Config sources) {
    Map<InputTable, SourceConfig> inputs = new EnumMap<>(InputTable.class);
    Problems problems = new Problems();
    Config defaults = sources.getConfig(DEFAULTS);
    List<String> known = new ArrayList<>(List.of(DEFAULTS));
    Arrays.stream(InputTable.values()).map(InputTable::key).forEach(known::add);
    requireKnown("sources.", sources, known, problems);
    List<String> keys = new ArrayList<>(List.of("path"));
    keys.addAll(defaults.root().keySet());
    for (String section : known) {
      if (sources.hasPath(section)) {
        problems.collect(
            () ->
                requireKnown(
                    "sources." + section + ".", sources.getConfig(section), keys, problems));
      }
    }
    for (InputTable table : InputTable.values()) {
      if (sources.hasPath(table.key())) {
        Config section = sources.getConfig(table.key()).withFallback(defaults);
        problems.collect(() -> inputs.put(table, SourceConfig.from(table, section)));
      }
    }
    problems.throwIfAny();
    return new SourcesConfig(inputs);
  }

  private static void requireKnown(
      String prefix, Config section, List<String> known, Problems problems) {
    section.root().keySet().stream()
        .filter(key -> !known.contains(key))
        .sorted()
        .forEach(
            key ->
                problems.add(
                    "the config key '"
                        + prefix
                        + key
                        + "' is not known: one of "
                        + String.join(", ", known)
                        + Nearest.hint(key, known)));
  }

  /**
   * The events.
   *
   * @throws dev.nightjar.features.config.ConfigProblems where the shop names none: commands that
   *     only look at a warehouse do without, a night does not
   */
  public SourceConfig events() {
    return of(InputTable.EVENTS)
        .orElseThrow(
            () ->
                new ConfigProblems(
                    List.of(
                        "sources.events is required and missing: give --conf a shop's mapping"
                            + " (conf/ has examples, docs/sources.md says how to write one)")));
  }

  /** Where the files of an input are; empty where the shop has none. */
  public Optional<SourceConfig> of(InputTable table) {
    return Optional.ofNullable(inputs.get(table));
  }
}
