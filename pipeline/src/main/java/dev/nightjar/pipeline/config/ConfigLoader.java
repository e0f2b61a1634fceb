package dev.nightjar.pipeline.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Nearest;
import dev.nightjar.features.config.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads a config: {@code --set} over {@code --conf} over every module's reference.conf. */
public final class ConfigLoader {
  /** Below these a user names keys freely; their own readers check them. */
  private static final List<String> FREE = List.of("sources.", "spark.conf.");

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(secret|password|passwd|token|credential|access[._-]?key|api[._-]?key|private[._-]?key).*");
  private static final Pattern NUMBER = Pattern.compile("\\s*-?\\d+(\\.\\d+)?([eE]-?\\d+)?\\s*");
  private static final Set<String> BOOLEANS = Set.of("true", "false", "yes", "no", "on", "off");
  private static final String REDACTED = "(redacted)";

  private ConfigLoader() {}

  /**
   * Loads and checks names; values are checked by the records made from it.
   *
   * @param files config files, what overrides first
   * @param settings {@code key=value}, each value in HOCON
   * @throws ConfigProblems where the file, a setting or a key is wrong
   */
  public static Config load(List<Path> files, List<String> settings) {
    Config reference = ConfigFactory.defaultReferenceUnresolved();
    Problems problems = new Problems();
    Config own = parseSettings(settings, problems);
    for (Path file : files) {
      own = own.withFallback(parseFile(file));
    }
    checkNames(own, reference, problems);
    problems.throwIfAny();
    Config all;
    try {
      all =
          own.withFallback(reference)
              .resolve(ConfigResolveOptions.defaults().setAllowUnresolved(false));
    } catch (ConfigException unresolved) {
      throw new ConfigProblems(List.of(oneLine(unresolved)));
    }
    checkTypes(all.root(), reference.root(), "", problems);
    problems.throwIfAny();
    return all;
  }

  /** A value must be of the kind that its default is of. */
  private static void checkTypes(
      ConfigObject all, ConfigObject reference, String prefix, Problems problems) {
    for (Map.Entry<String, ConfigValue> entry : reference.entrySet()) {
      ConfigValue value = all.get(entry.getKey());
      String path = prefix + ConfigUtil.joinPath(entry.getKey());
      if (value instanceof ConfigObject inner && isBranch(entry.getValue())) {
        checkTypes(inner, (ConfigObject) entry.getValue(), path + ".", problems);
      } else if (value != null) {
        String kind = kindMissed(value, entry.getValue());
        if (!kind.isEmpty()) {
          problems.add(
              "%s must be %s, got %s"
                  .formatted(
                      path,
                      kind,
                      isSecret(path) ? REDACTED : value.render(ConfigRenderOptions.concise())));
        }
      }
    }
  }

  /** What the value should be and is not; empty where it is, or where the default does not tell. */
  private static String kindMissed(ConfigValue value, ConfigValue standard) {
    ConfigValueType wanted;
    try {
      wanted = standard.valueType();
    } catch (ConfigException.NotResolved unresolved) {
      return "";
    }
    ConfigValueType got = value.valueType();
    String text = String.valueOf(value.unwrapped());
    boolean isText = got == ConfigValueType.STRING;
    return switch (wanted) {
      case NUMBER ->
          got == ConfigValueType.NUMBER || (isText && NUMBER.matcher(text).matches())
              ? ""
              : "a number";
      case BOOLEAN ->
          got == ConfigValueType.BOOLEAN || (isText && BOOLEANS.contains(text))
              ? ""
              : "true or false";
      case LIST -> got == ConfigValueType.LIST ? "" : "a list";
      case OBJECT -> got == ConfigValueType.OBJECT ? "" : "a section";
      case STRING ->
          got == ConfigValueType.LIST
                  || got == ConfigValueType.OBJECT
                  || got == ConfigValueType.NULL
              ? "text"
              : "";
      case NULL -> "";
    };
  }

  private static Config parseFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ConfigProblems(
          List.of("the config file '%s' does not exist; see conf/ for examples".formatted(file)));
    }
    try {
      return ConfigFactory.parseFile(
          file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
    } catch (ConfigException broken) {
      throw new ConfigProblems(List.of("the config file cannot be read: " + oneLine(broken)));
    }
  }

  private static Config parseSettings(List<String> settings, Problems problems) {
    Config all = ConfigFactory.empty();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals <= 0) {
        problems.add("--set must read key=value, got '%s'".formatted(setting));
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

  /** As HOCON where it is a number, a boolean, a list or an object; else the text as it stands. */
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

  /** Paths of all leaves; an object of the reference is a branch, an empty one too. */
  private static void collect(ConfigObject object, String prefix, Set<String> paths) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String path = prefix + ConfigUtil.joinPath(entry.getKey());
      if (isBranch(entry.getValue())) {
        collect((ConfigObject) entry.getValue(), path + ".", paths);
      } else {
        paths.add(path);
      }
    }
  }

  private static boolean isBranch(ConfigValue value) {
    return value instanceof ConfigObject && valueTypeIsKnown(value);
  }

  private static boolean valueTypeIsKnown(ConfigValue value) {
    try {
      return value.valueType() == ConfigValueType.OBJECT;
    } catch (ConfigException.NotResolved unresolved) {
      return false;
    }
  }

  /** The config as text, secrets left out. */
  public static String render(Config config) {
    return redact(config.root(), "")
        .render(ConfigRenderOptions.defaults().setOriginComments(false).setJson(false));
  }

  /** Secrets replaced wherever the key's name tells of one. */
  public static ConfigObject redact(ConfigObject object, String prefix) {
    ConfigObject result = object;
    for (String key : new ArrayList<>(object.keySet())) {
      ConfigValue value = object.get(key);
      String path = prefix + key;
      if (value instanceof ConfigObject inner) {
        result = result.withValue(key, redact(inner, path + "."));
      } else if (isSecret(path) && value.valueType() != ConfigValueType.NULL) {
        result = result.withValue(key, ConfigValueFactory.fromAnyRef(REDACTED));
      }
    }
    return result;
  }

  /** Whether a key's name tells of a secret. */
  public static boolean isSecret(String key) {
    return SECRET.matcher(key).matches();
  }

  /** One section as text that is equal for equal settings. */
  public static String canonical(Config config, String section) {
    return config.hasPath(section)
        ? section + "=" + config.getValue(section).render(ConfigRenderOptions.concise())
        : section + "=";
  }

  static String oneLine(ConfigException exception) {
    return exception.getMessage().replaceAll("\\s*\\R\\s*", " ");
  }
}
