package dev.nightjar.features.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a config, so that all of it is told at once. */
public final class Problems {
  private final List<String> messages = new ArrayList<>();

  /** Notes {@code message} unless {@code holds}. A message says what, the rule and the value. */
  public Problems require(boolean holds, String message) {
    if (!holds) {
      messages.add(message);
    }
    return this;
  }

  /** Notes a message. */
  public void add(String message) {
    messages.add(message);
  }

  /** Runs {@code check} and notes the problems that it throws. */
  public void collect(Runnable check) {
    try {
      check.run();
    } catch (ConfigProblems problems) {
      messages.addAll(problems.messages());
    } catch (com.typesafe.config.ConfigException wrong) {
      messages.add(wrong.getMessage());
    }
  }

  /** Whether nothing was noted. */
  public boolean isEmpty() {
    return messages.isEmpty();
  }

  /**
   * Ends the collection.
   *
   * @throws ConfigProblems when anything was noted
   */
  public void throwIfAny() {
    if (!messages.isEmpty()) {
      throw new ConfigProblems(messages);
    }
  }
}
