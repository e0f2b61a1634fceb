package dev.nightjar.features;

/** The message of a failure in Spark, shortened to one readable line. */
public final class SparkMessage {
  private SparkMessage() {}

  /**
   * The first line that is not blank, without Spark's error condition, code and position: a message
   * may begin with a blank line and end with a pointer into the SQL.
   */
  public static String of(Throwable failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .map(SparkMessage::plain)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse("it does not say why");
  }

  private static String plain(String line) {
    return line.replaceFirst("^\\[[A-Z_.0-9]+]", "")
        .replaceFirst(" ?SQLSTATE: \\w+", "")
        .replaceFirst(" ?\\(line \\d+, pos \\d+\\)$", "")
        .replaceFirst("; line \\d+ pos \\d+;?$", "")
        .strip();
  }
}
