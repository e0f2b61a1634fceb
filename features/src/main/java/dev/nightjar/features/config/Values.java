package dev.nightjar.features.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.lang.invoke.MethodType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads single values of a config: {@code int}, {@code long}, {@code double}, {@code boolean},
 * text, {@link ZoneId}, {@link LocalDate}, {@link Instant}, enums (by name in lower case) and lists
 * of text.
 */
final class Values {
  private static final Map<Class<?>, Object> PLACEHOLDERS =
      Map.of(
          Integer.class,
          0,
          Long.class,
          0L,
          Double.class,
          0.0,
          Boolean.class,
          false,
          String.class,
          "",
          List.class,
          List.of(),
          ZoneId.class,
          ZoneId.of("UTC"),
          LocalDate.class,
          LocalDate.EPOCH,
          Instant.class,
          Instant.EPOCH);

  private Values() {}

  /** What is wrong with a value that should be of a type; empty where it can be read. */
  static Optional<Problem> problem(String key, ConfigValue value, Class<?> type) {
    String kind = Kinds.missed(type, value);
    if (!kind.isEmpty()) {
      return Optional.of(new Problem(key, "must be " + kind, ", got " + Secrets.show(key, value)));
    }
    String text = String.valueOf(value.unwrapped());
    String form = formMissed(type, text);
    return form.isEmpty()
        ? Optional.empty()
        : Optional.of(new Problem(key, "must be " + form, ", got " + text));
  }

  /** The value, of which {@link #problem} found nothing. */
  static Object read(ConfigValue value, Class<?> simple) {
    Class<?> type = wrapped(simple);
    Config holder = value.atKey("value");
    if (type == Integer.class) {
      return holder.getInt("value");
    }
    if (type == Long.class) {
      return holder.getLong("value");
    }
    if (type == Double.class) {
      return holder.getDouble("value");
    }
    if (type == Boolean.class) {
      return holder.getBoolean("value");
    }
    if (type == List.class) {
      return ((ConfigList) value).stream().map(element -> text(element)).toList();
    }
    String text = holder.getString("value");
    if (type == ZoneId.class) {
      return ZoneId.of(text);
    }
    if (type == LocalDate.class) {
      return LocalDate.parse(text);
    }
    if (type == Instant.class) {
      return Instant.parse(text);
    }
    return type.isEnum() ? choice(type, text).orElseThrow() : text;
  }

  /** A value of any kind as text. */
  static String text(ConfigValue value) {
    return String.valueOf(value.unwrapped());
  }

  /** A value of a record as JSON would hold it: a number, a boolean, a list, text or null. */
  static Object plain(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(Values::plain).orElse(null);
    }
    boolean isPlain =
        value instanceof Number || value instanceof Boolean || value instanceof List<?>;
    return isPlain ? value : value instanceof Enum<?> ? name(value) : String.valueOf(value);
  }

  /**
   * Placeholder for a value that cannot be read, so that the others can be checked all the same.
   */
  static Object placeholder(Class<?> type) {
    return type.isEnum() ? type.getEnumConstants()[0] : PLACEHOLDERS.get(wrapped(type));
  }

  /** {@code Integer} of {@code int}. */
  static Class<?> wrapped(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  private static String formMissed(Class<?> type, String text) {
    if (type == ZoneId.class) {
      boolean isKnown = ZoneId.getAvailableZoneIds().contains(text);
      return isKnown ? "" : "an IANA zone such as Europe/London";
    }
    if (type == LocalDate.class) {
      return isDay(text) ? "" : "a day such as 2020-01-31";
    }
    if (type == Instant.class) {
      return isMoment(text) ? "" : "a moment such as 2026-03-11T02:15:00Z";
    }
    return type.isEnum() && choice(type, text).isEmpty() ? choices(type) : "";
  }

  private static boolean isDay(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException unreadable) {
      return false;
    }
  }

  private static boolean isMoment(String text) {
    try {
      Instant.parse(text);
      return true;
    } catch (DateTimeException unreadable) {
      return false;
    }
  }

  private static Optional<Object> choice(Class<?> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .map(Object.class::cast)
        .filter(constant -> name(constant).equals(text))
        .findFirst();
  }

  /** Such as {@code csv, json or parquet}. */
  private static String choices(Class<?> type) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Values::name).toList();
    int last = names.size() - 1;
    return names.subList(0, last).stream().collect(Collectors.joining(", "))
        + " or "
        + names.get(last);
  }

  /** An enum's constant as it is written in a config. */
  private static String name(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
  }
}
