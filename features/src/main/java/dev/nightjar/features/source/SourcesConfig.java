package dev.nightjar.features.source;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import dev.nightjar.features.config.Binder;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Kinds;
import dev.nightjar.features.config.Nearest;
import dev.nightjar.features.config.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Settings under {@code sources}: the inputs that a shop has. Only {@code events} is required.
 *
 * @param inputs input to where its files are
 */
public record SourcesConfig(Map<InputTable, SourceConfig> inputs) {
  private static final String DEFAULTS = "defaults";
  private static final String PATH = "path";
  private static final String EXPECT = "expect";

  /** Placeholder for a path that cannot be read, so that the rest of its section is checked. */
  private static final ConfigObject ANY_PATH = ConfigFactory.parseMap(Map.of(PATH, "any")).root();

  private static final ConfigObject NO_PATH = ConfigFactory.parseMap(Map.of(PATH, "")).root();

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
    ConfigObject defaults = sources.getObject(DEFAULTS);
    List<String> known = new ArrayList<>(List.of(DEFAULTS));
    Arrays.stream(InputTable.values()).map(InputTable::key).forEach(known::add);
    requireKnown("sources.", sources.root(), known, problems);
    List<String> keys = new ArrayList<>(List.of(PATH));
    keys.addAll(new TreeSet<>(defaults.keySet()));
    requireKnown("sources." + DEFAULTS + ".", defaults, keys, problems);
    for (InputTable table : InputTable.values()) {
      String name = "sources." + table.key();
      if (!sources.hasPath(table.key())) {
        continue;
      }
      if (!(sources.getValue(table.key()) instanceof ConfigObject section)) {
        problems.add(
            name
                + " must be a section with a path and columns, got "
                + sources.getValue(table.key()).render(ConfigRenderOptions.concise()));
        continue;
      }
      requireKnown(name + ".", section, keys, problems);
      if (section.get(EXPECT) instanceof ConfigObject expect
          && defaults.get(EXPECT) instanceof ConfigObject usual) {
        List<String> bounds = List.copyOf(new TreeSet<>(usual.keySet()));
        requireKnown(name + "." + EXPECT + ".", expect, bounds, problems);
      }
      ConfigObject readable =
          Kinds.check(name + ".", section, defaults.withFallback(ANY_PATH), problems);
      Config all = readable.withFallback(defaults).withFallback(NO_PATH).toConfig();
      problems.collect(
          () ->
              inputs.put(
                  table, Binder.bind(SourceConfig.class, all, name, Map.of("table", () -> table))));
    }
    problems.throwIfAny();
    return new SourcesConfig(inputs);
  }

  private static void requireKnown(
      String prefix, ConfigObject section, List<String> known, Problems problems) {
    section.keySet().stream()
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
                        "sources.events is required and missing: pass a shop's mapping with --conf"
                            + " (conf/ has examples, docs/sources.md says how to write one)")));
  }

  /** Where the files of an input are; empty where the shop has none. */
  public Optional<SourceConfig> of(InputTable table) {
    return Optional.ofNullable(inputs.get(table));
  }

  /** True where an input is read from the files of the events, which are counted there. */
  public boolean isReadFromEvents(InputTable table) {
    return of(table).filter(source -> source.path().equals(events().path())).isPresent();
  }
}
