package dev.nightjar.pipeline.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Kinds;
import dev.nightjar.features.config.Nearest;
import dev.nightjar.features.config.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reads a config: {@code --set} over {@code --conf} over every module's reference.conf. */
public final class ConfigLoader {
  /** Below these, any key is accepted; the readers of these sections check them. */
  private static final List<String> FREE = List.of("sources.", "spark.conf.");

  private ConfigLoader() {}

  /** Loads a config and checks it by the rules of {@link Settings}. */
  public static Config load(List<Path> files, List<String> settings) {
    return load(files, settings, config -> {});
  }

  /**
   * Loads a config and checks its names, the kinds of its values and the rules of the records that
   * are made from it.
   *
   * @param files config files, in order of precedence
   * @param settings {@code key=value}, each value in HOCON
   * @param others reads, and so checks, sections that are not part of {@link Settings}
   * @throws ConfigProblems naming every file, setting, key and value that is wrong
   */
  public static Config load(List<Path> files, List<String> settings, Consumer<Config> others) {
    Config reference = ConfigFactory.defaultReferenceUnresolved();
    Problems problems = new Problems();
    Config own = parseSettings(settings, problems);
    boolean isWhole = true;
    for (Path file : files) {
      Optional<Config> parsed = parseFile(file, problems);
      isWhole &= parsed.isPresent();
      own = own.withFallback(parsed.orElse(ConfigFactory.empty()));
    }
    checkNames(own, reference, problems);
    if (!isWhole) {
      problems.throwIfAny();
    }
    Config all = resolve(own.withFallback(reference), problems);
    Config readable = Kinds.check("", all.root(), reference.root(), problems).toConfig();
    problems.collect(() -> Settings.from(readable));
    problems.collect(() -> others.accept(readable));
    problems.throwIfAny();
    return all;
  }

  /**
   * A loaded config with one more setting, checked like {@code --set}, including the rules of
   * values.
   *
   * @param setting {@code key=value}
   * @throws ConfigProblems where the key is not known or the value is wrong
   */
  public static Config with(Config loaded, String setting) {
    Config reference = ConfigFactory.defaultReferenceUnresolved();
    Problems problems = new Problems();
    Config own = parseSettings(List.of(setting), problems);
    checkNames(own, reference, problems);
    problems.throwIfAny();
    Config changed = own.withFallback(loaded);
    Kinds.check("", changed.root(), reference.root(), problems);
    problems.throwIfAny();
    Settings.from(changed);
    return changed;
  }

  private static Config resolve(Config all, Problems problems) {
    try {
      return all.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(false));
    } catch (ConfigException unresolved) {
      problems.add(oneLine(unresolved));
      problems.throwIfAny();
      throw unresolved;
    }
  }

  /** The file's config; empty where it cannot be read, and the reason is then noted. */
  private static Optional<Config> parseFile(Path file, Problems problems) {
    if (!Files.isRegularFile(file)) {
      problems.add("the config file '%s' does not exist; see conf/ for examples".formatted(file));
      return Optional.empty();
    }
    try {
      return Optional.of(
          ConfigFactory.parseFile(
              file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false)));
    } catch (ConfigException broken) {
      problems.add("the config file cannot be read: " + oneLine(broken));
      return Optional.empty();
    }
  }

  private static Config parseSettings(List<String> settings, Problems problems) {
    Config all = ConfigFactory.empty();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals <= 0) {
        problems.add("--set must be key=value, got '%s'".formatted(setting));
        continue;
      }
      String key = setting.substring(0, equals).trim();
      String value = setting.substring(equals + 1);
      try {
        all = all.withValue(key, parseValue(key, value));
      } catch (ConfigException broken) {
        problems.add("--set %s cannot be read: %s".formatted(key, oneLine(broken)));
      }
    }
    return all;
  }

  /** As HOCON where it is a number, a boolean, a list or an object; otherwise the text as it is. */
  private static ConfigValue parseValue(String key, String value) {
    String trimmed = value.trim();
    boolean isStructured =
        trimmed.matches("-?\\d+(\\.\\d+)?([eE]-?\\d+)?|true|false|null")
            || trimmed.startsWith("[")
            || trimmed.startsWith("{")
            || trimmed.startsWith("\"");
    return isStructured
        ? ConfigFactory.parseString("value = " + trimmed, ConfigParseOptions.defaults())
            .root()
            .get("value")
        : ConfigValueFactory.fromAnyRef(value, "--set " + key);
  }

  private static void checkNames(Config own, Config reference, Problems problems) {
    Set<String> known = new TreeSet<>();
    collect(reference.root(), "", known);
    Set<String> used = new TreeSet<>();
    collect(own.root(), "", used);
    for (String key : used) {
      if (!known.contains(key) && FREE.stream().noneMatch(key::startsWith)) {
        problems.add(
            "the config key '%s' is not known; did you mean '%s'?"
                .formatted(key, Nearest.of(key, known).orElseThrow()));
      }
    }
  }

  /** Paths of all leaves; an object of the reference is a branch, even an empty one. */
  private static void collect(ConfigObject object, String prefix, Set<String> paths) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String path = prefix + ConfigUtil.joinPath(entry.getKey());
      if (Kinds.isBranch(entry.getValue())) {
        collect((ConfigObject) entry.getValue(), path + ".", paths);
      } else {
        paths.add(path);
      }
    }
  }

  static String oneLine(ConfigException exception) {
    return exception.getMessage().replaceAll("\\s*\\R\\s*", " ");
  }
}
