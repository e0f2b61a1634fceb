package dev.nightjar.features;

/**
 * Bad data that an operator must act on: exit code 3. The message says what, the value, the rule
 * and the next step, in one line.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
