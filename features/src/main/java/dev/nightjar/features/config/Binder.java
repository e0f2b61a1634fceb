package dev.nightjar.features.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Reads a section of a config into a record: each component by its name in snake_case.
 *
 * <ul>
 *   <li>A component that is a record is read from the section of its name; where there is none,
 *       from keys of this section.
 *   <li>A {@code Map} is read from the section of its name; where there is none, from all keys of
 *       this section that no other component has.
 *   <li>An {@code Optional} may be missing or null.
 *   <li>All else is a single value, see {@link Values}.
 * </ul>
 *
 * Every problem is reported at once: values that cannot be read, and the rules that a record states
 * in its constructor by {@link Problems}.
 */
public final class Binder {
  private final Config section;

  /** Keys that a component has of its own; all others belong to a map. */
  private final Set<String> keys;

  /** Keys whose values could not be read; rules about them are not reported. */
  private final Set<String> unread = new HashSet<>();

  private final Problems problems = new Problems();

  private Binder(Class<?> type, Config section) {
    this.section = section;
    this.keys = keys(type, section);
  }

  /**
   * Reads a section.
   *
   * @param name of the section, for the messages
   * @throws ConfigProblems naming everything that is wrong
   */
  public static <T extends Record> T bind(Class<T> type, Config section, String name) {
    return bind(type, section, name, Map.of());
  }

  /**
   * Reads a section into a record some of whose components come from elsewhere.
   *
   * @param name of the section, for the messages; empty for a whole config
   * @param given values of components by key; the problems that one throws are reported along
   * @throws ConfigProblems naming everything that is wrong
   */
  public static <T extends Record> T bind(
      Class<T> type, Config section, String name, Map<String, Supplier<?>> given) {
    Binder binder = new Binder(type, section);
    Object bound = binder.record(type, given);
    Problems problems = new Problems();
    problems.addAllIn(name, binder.problems);
    problems.throwIfAny();
    return type.cast(bound);
  }

  /**
   * Keys of a section that a record of this type is read from; those of a map that has no section
   * of its own are not among them.
   */
  public static Set<String> keys(Class<?> type, Config section) {
    Set<String> keys = new TreeSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String key = Components.key(component);
      Optional<Config> inner = section(section, key);
      if (component.getType().isRecord()) {
        String prefix = inner.isPresent() ? key + "." : "";
        keys(component.getType(), inner.orElse(section)).forEach(k -> keys.add(prefix + k));
      } else if (component.getType() != Map.class || inner.isPresent()) {
        keys.add(key);
      }
    }
    return keys;
  }

  /**
   * Settings by key, in the order of the components; those of a record or map within a config are
   * listed like its own. Days, zones and enums are text, a missing value is null.
   */
  public static Map<String, Object> settings(Record config) {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (RecordComponent component : config.getClass().getRecordComponents()) {
      Object value = Components.value(component, config);
      if (value instanceof Record inner) {
        settings.putAll(settings(inner));
      } else if (value instanceof Map<?, ?> map) {
        map.forEach((key, setting) -> settings.put(String.valueOf(key), setting));
      } else {
        settings.put(Components.key(component), Values.plain(value));
      }
    }
    return settings;
  }

  /** The record; null where it cannot be made; its problems are then noted. */
  private Object record(Class<?> type, Map<String, Supplier<?>> given) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String key = Components.key(components[i]);
      values[i] = given.containsKey(key) ? made(given.get(key)) : read(key, components[i]);
    }
    try {
      return Components.make(type, components, values);
    } catch (InvocationTargetException refused) {
      note(refused.getCause(), values);
      return null;
    }
  }

  private void note(Throwable refused, Object... values) {
    if (refused instanceof ConfigProblems broken) {
      problems.addAllBut(unread, broken);
    } else if (unread.isEmpty() && !Arrays.asList(values).contains(null)) {
      throw new IllegalStateException(refused);
    }
  }

  private Object made(Supplier<?> maker) {
    Object[] made = new Object[1];
    problems.collect(() -> made[0] = maker.get());
    return made[0];
  }

  private Object read(String key, RecordComponent component) {
    Class<?> type = component.getType();
    if (type.isRecord()) {
      Optional<Config> own = section(section, key);
      return own.isPresent() ? inner(key, own.get(), type) : record(type, Map.of());
    }
    if (type == Map.class) {
      return map(key, Components.argument(component, 1));
    }
    ConfigValue value = section.root().get(key);
    boolean isMissing = value == null || value.valueType() == ConfigValueType.NULL;
    if (type == Optional.class) {
      return isMissing
          ? Optional.empty()
          : Optional.of(read(key, value, Components.argument(component, 0)));
    }
    if (isMissing) {
      return noted(new Problem(key, "is required and missing", ""), type);
    }
    return read(key, value, type);
  }

  private Object read(String key, ConfigValue value, Class<?> type) {
    Optional<Problem> problem = Values.problem(key, value, type);
    return problem.isPresent() ? noted(problem.get(), type) : Values.read(value, type);
  }

  private Object noted(Problem problem, Class<?> type) {
    problems.add(problem);
    unread.add(problem.key());
    return Values.placeholder(type);
  }

  private Object inner(String key, Config inner, Class<?> type) {
    Binder binder = new Binder(type, inner);
    Object bound = binder.record(type, Map.of());
    problems.addAllIn(key, binder.problems);
    return bound;
  }

  private Map<String, Object> map(String key, Class<?> type) {
    Optional<Config> own = section(section, key);
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigValue> entry :
        new TreeMap<>(own.orElse(section).root()).entrySet()) {
      String name = entry.getKey();
      ConfigValue value = entry.getValue();
      if (own.isPresent() || !(keys.contains(name) || value instanceof ConfigObject)) {
        String path = own.isPresent() ? key + "." + name : name;
        map.put(name, type == String.class ? Values.text(value) : read(path, value, type));
      }
    }
    return Collections.unmodifiableMap(map);
  }

  private static Optional<Config> section(Config section, String key) {
    return section.root().get(key) instanceof ConfigObject object
        ? Optional.of(object.toConfig())
        : Optional.empty();
  }
}
