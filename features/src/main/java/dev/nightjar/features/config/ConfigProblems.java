package dev.nightjar.features.config;

import java.util.List;

/** A config that breaks rules: one message for each broken rule. Exit code 2. */
public final class ConfigProblems extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final List<String> messages;

  public ConfigProblems(List<String> messages) {
    super(String.join("\n", messages));
    this.messages = List.copyOf(messages);
  }

  /** Each says what, the rule and the value. */
  public List<String> messages() {
    return messages;
  }
}
