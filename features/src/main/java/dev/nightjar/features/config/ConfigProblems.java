package dev.nightjar.features.config;

import java.util.List;
import java.util.stream.Collectors;

/** A config that breaks rules: one message for each broken rule. Exit code 2. */
public final class ConfigProblems extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // List.copyOf gives lists that are serializable
  private final List<Problem> problems;

  public ConfigProblems(List<String> messages) {
    this(messages.stream().map(Problem::of).toList(), String.join("\n", messages));
  }

  private ConfigProblems(List<Problem> problems, String message) {
    super(message);
    this.problems = List.copyOf(problems);
  }

  static ConfigProblems of(List<Problem> problems) {
    return new ConfigProblems(
        problems, problems.stream().map(Problem::message).collect(Collectors.joining("\n")));
  }

  List<Problem> problems() {
    return problems;
  }

  /** Each says what, the rule and the value. */
  public List<String> messages() {
    return problems.stream().map(Problem::message).toList();
  }
}
