package dev.nightjar.training.evaluate.lists;

import java.util.Locale;

/** Which items count, both in a user's list and among the user's purchases. */
public enum Scenario {
  /** Every item. */
  ALL,
  /** Only items that the user had not bought before the split. */
  NEW,
  /** Only items that the user had bought before the split. */
  REPEAT;

  boolean counts(boolean wasBoughtBefore) {
    return this == ALL || (this == REPEAT) == wasBoughtBefore;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
