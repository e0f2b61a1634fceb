package dev.nightjar.features.refuse;

/** What happens to a row that breaks a rule. */
public enum Effect {
  /** The row is not used. */
  REFUSES_ROW,
  /** The row is used without the value that breaks the rule. */
  BLANKS_VALUE
}
