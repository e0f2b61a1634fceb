package dev.nightjar.features.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Configs for tests: the defaults of {@code reference.conf} with a few keys set over them. */
public final class Configs {
  private Configs() {}

  /**
   * A record as a shop would get it.
   *
   * @param over lines of HOCON such as {@code weekly_cap = 2}
   */
  public static <T extends Record> T of(Class<T> type, String section, String... over) {
    return Binder.bind(type, section(section, over), section);
  }

  public static ShopConfig shop(String... over) {
    return of(ShopConfig.class, "shop", over);
  }

  /** A section of {@code reference.conf} with lines of HOCON set over it. */
  public static Config section(String name, String... over) {
    return ConfigFactory.parseString(String.join("\n", over))
        .withFallback(ConfigFactory.parseResources("reference.conf").getConfig(name))
        .resolve();
  }

  /** Every setting of a record, {@code key = value} a line, in the order of its components. */
  public static String text(Record config) {
    return Binder.settings(config).entrySet().stream()
        .map(setting -> setting.getKey() + " = " + setting.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** Keys of a section of {@code reference.conf}, those of sections within it by their paths. */
  public static Set<String> keys(String section) {
    return keys(section(section).root());
  }

  private static Set<String> keys(ConfigObject section) {
    Set<String> keys = new TreeSet<>();
    section.forEach(
        (key, value) -> {
          if (value instanceof ConfigObject inner) {
            keys(inner).forEach(name -> keys.add(key + "." + name));
          } else {
            keys.add(key);
          }
        });
    return keys;
  }
}
