package dev.nightjar.features.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Checks that each value is of the same kind as its default: text, a whole number, a list ... */
public final class Kinds {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final Set<String> BOOLEANS = Set.of("true", "false", "yes", "no", "on", "off");

  private Kinds() {}

  /**
   * Notes each value of another kind than its default. A default without a fraction asks for a
   * whole number: of 64 bits for a {@code seed}, of 32 for any other key.
   *
   * @param prefix of the keys, for the messages
   * @param values resolved; a key without a default is left alone
   * @return the values with the default in place of each that was noted, so that the rules of the
   *     others can be checked all the same
   */
  public static ConfigObject check(
      String prefix, ConfigObject values, ConfigObject defaults, Problems problems) {
    ConfigObject readable = values;
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(defaults).entrySet()) {
      String key = entry.getKey();
      ConfigValue standard = entry.getValue();
      ConfigValue value = values.get(key);
      String path = prefix + ConfigUtil.joinPath(key);
      if (value instanceof ConfigObject inner && isBranch(standard)) {
        ConfigObject branch = check(path + ".", inner, (ConfigObject) standard, problems);
        readable = readable.withValue(key, branch);
      } else if (value != null) {
        String kind = kindMissed(key, value, standard);
        if (!kind.isEmpty()) {
          problems.add("%s must be %s, got %s".formatted(path, kind, Secrets.show(path, value)));
          readable = readable.withValue(key, standard);
        }
      }
    }
    return readable;
  }

  /** Whether a value is an object, an empty one too. */
  public static boolean isBranch(ConfigValue value) {
    try {
      return value.valueType() == ConfigValueType.OBJECT;
    } catch (ConfigException.NotResolved unresolved) {
      return false;
    }
  }

  /**
   * What the value must be, where it is not; empty where it is right or the default does not tell.
   */
  private static String kindMissed(String key, ConfigValue value, ConfigValue standard) {
    try {
      return switch (standard.valueType()) {
        case NUMBER -> missed(numberType(key, standard), value);
        case BOOLEAN -> missed(boolean.class, value);
        case LIST -> missed(List.class, value);
        case OBJECT -> missed(Map.class, value);
        case STRING -> missed(String.class, value);
        case NULL -> "";
      };
    } catch (ConfigException.NotResolved unresolved) {
      return "";
    }
  }

  /**
   * What the value must be, where it is not; empty where it can be read as this type.
   *
   * @param simple type of a record's component; one that is neither a number, a boolean, a list nor
   *     a map is read from text
   */
  static String missed(Class<?> simple, ConfigValue value) {
    Class<?> type = Values.wrapped(simple);
    ConfigValueType got = value.valueType();
    String text = String.valueOf(value.unwrapped()).strip();
    if (type == Integer.class) {
      return wholeMissed(text, Integer.MAX_VALUE);
    }
    if (type == Long.class) {
      return wholeMissed(text, Long.MAX_VALUE);
    }
    if (type == Double.class) {
      return numberMissed(text);
    }
    if (type == Boolean.class) {
      boolean isWord = got == ConfigValueType.STRING && BOOLEANS.contains(text);
      return got == ConfigValueType.BOOLEAN || isWord ? "" : "true or false";
    }
    if (type == List.class) {
      boolean isList = value instanceof List<?> list && list.stream().allMatch(Kinds::isPlain);
      return isList ? "" : "a list";
    }
    if (type == Map.class) {
      return got == ConfigValueType.OBJECT ? "" : "a section";
    }
    return isPlain(value) ? "" : "text";
  }

  private static String numberMissed(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return "a number";
    }
    return Double.isInfinite(new BigDecimal(text).doubleValue()) ? "a finite number" : "";
  }

  private static String wholeMissed(String text, long limit) {
    if (!NUMBER.matcher(text).matches()) {
      return "a whole number";
    }
    BigDecimal number = new BigDecimal(text);
    if (number.stripTrailingZeros().scale() > 0) {
      return "a whole number";
    }
    return number.abs().compareTo(BigDecimal.valueOf(limit)) <= 0
        ? ""
        : "a whole number from -" + limit + " to " + limit;
  }

  private static Class<?> numberType(String key, ConfigValue standard) {
    if (!isWhole(standard)) {
      return double.class;
    }
    return key.equals("seed") ? long.class : int.class;
  }

  /** Distinguishes {@code 1} from {@code 1.0} as written: both unwrap to an integer. */
  private static boolean isWhole(ConfigValue number) {
    return number.atKey("number").getString("number").matches("-?\\d+");
  }

  private static boolean isPlain(Object value) {
    return value instanceof ConfigValue plain
        && plain.valueType() != ConfigValueType.LIST
        && plain.valueType() != ConfigValueType.OBJECT
        && plain.valueType() != ConfigValueType.NULL;
  }
}
