package dev.nightjar.features.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Collects what is wrong with a config, so that all of it is reported at once.
 *
 * <p>A record states its rules by key and rule; {@link Binder} names the section in front of the
 * keys. Another key of the same section is written in braces: {@code must be below {history_days}}.
 */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  /**
   * Notes a broken rule unless it {@code holds}.
   *
   * @param rule such as {@code must be above 0 and at most 1}
   */
  public Problems require(boolean holds, String key, String rule, Object value) {
    if (!holds) {
      add(new Problem(key, rule, ", got " + value));
    }
    return this;
  }

  /** The same, without showing the value. */
  public Problems require(boolean holds, String key, String rule) {
    if (!holds) {
      add(new Problem(key, rule, ""));
    }
    return this;
  }

  /** The value must be above 0, and finite. */
  public Problems positive(String key, Number value) {
    return require(
        value.doubleValue() > 0 && Double.isFinite(value.doubleValue()),
        key,
        "must be positive",
        value);
  }

  public Problems notNegative(String key, Number value) {
    return require(value.doubleValue() >= 0, key, "must not be negative", value);
  }

  public Problems atLeast(int least, String key, Number value) {
    return require(value.doubleValue() >= least, key, "must be at least " + least, value);
  }

  /** The value must be between 0 and 1, inclusive. */
  public Problems share(String key, double value) {
    return require(value >= 0 && value <= 1, key, "must be between 0 and 1", value);
  }

  public Problems aboveZeroToOne(String key, double value) {
    return require(value > 0 && value <= 1, key, "must be above 0 and at most 1", value);
  }

  /** Notes {@code message} unless {@code holds}. A message says what, the rule and the value. */
  public Problems require(boolean holds, String message) {
    if (!holds) {
      add(message);
    }
    return this;
  }

  /** Notes a whole message. */
  public void add(String message) {
    add(Problem.of(message));
  }

  void add(Problem problem) {
    found.add(problem);
  }

  /** Runs {@code check} and notes the problems that it throws. */
  public void collect(Runnable check) {
    try {
      check.run();
    } catch (ConfigProblems problems) {
      found.addAll(problems.problems());
    } catch (com.typesafe.config.ConfigException wrong) {
      add(wrong.getMessage());
    }
  }

  /** Notes a record's problems, except those about keys that could not be read. */
  void addAllBut(Set<String> unread, ConfigProblems problems) {
    problems.problems().stream().filter(problem -> !problem.isAbout(unread)).forEach(found::add);
  }

  /** Notes the problems of a section within this one. */
  void addAllIn(String section, Problems problems) {
    problems.found.forEach(problem -> found.add(section.isEmpty() ? problem : problem.in(section)));
  }

  /** Whether nothing was noted. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * Ends the collection.
   *
   * @throws ConfigProblems when anything was noted
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw ConfigProblems.of(found);
    }
  }
}
