package dev.nightjar.features.source;

import dev.nightjar.features.DataException;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.paths.SparkPath;

/** Distinguishes a source file, or an expression of a mapping, that failed in a job from a bug. */
public final class SourceFailure {
  /** What computes an expression, be it compiled or not. */
  private static final String EXPRESSIONS = "org.apache.spark.sql.catalyst.expressions.";

  private static final List<String> PARQUET =
      List.of("org.apache.parquet.", "org.apache.spark.sql.execution.datasources.parquet.");

  private static final String OWN = "dev.nightjar.";

  private SourceFailure() {}

  /**
   * Explains a failed job by the file that could not be read: a truncated compressed file, a
   * Parquet file with broken pages, a file removed after it was listed. Else by an expression that
   * cannot be computed for a row, such as one with a zone that does not exist.
   *
   * @return what to tell the operator; empty when the failure has another cause
   */
  public static Optional<DataException> explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable known
          && String.valueOf(known.getCondition()).startsWith("FAILED_READ_FILE")) {
        Map<String, String> parameters = known.getMessageParameters();
        return Optional.of(
            new DataException(
                "source file "
                    + path(parameters)
                    + " failed while it was read ("
                    + root(cause)
                    + "): it is truncated, corrupt or gone; deliver it again and run the night"
                    + " again",
                failure));
      }
    }
    return inParquet(failure) ? Optional.of(parquet(failure)) : expression(failure);
  }

  /** Whether a value was read beyond its page, of which Spark does not say in which file it is. */
  private static boolean inParquet(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RuntimeException && frames(cause).anyMatch(SourceFailure::isParquet)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isParquet(String frame) {
    return PARQUET.stream().anyMatch(frame::startsWith);
  }

  private static DataException parquet(Throwable failure) {
    return new DataException(
        "a Parquet file of the inputs holds a value that ends beyond its page: it is truncated or corrupt; deliver the files that are new since the last night again",
        failure);
  }

  /** Tells what kind of failure it is, and not its message, which may show a value of the row. */
  private static Optional<DataException> expression(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isOfAValue(cause) && isInAnExpression(cause)) {
        return Optional.of(
            new DataException(
                "an expression of a mapping fails on a row (%s): correct its zone, pattern or format, or write one that gives null for what it cannot read, such as try_to_number"
                    .formatted(kind(cause)),
                failure));
      }
    }
    return Optional.empty();
  }

  /** Whether a failure is of a kind that a value causes, and not the code. */
  static boolean isOfAValue(Throwable cause) {
    return cause instanceof DateTimeException
        || cause instanceof IllegalArgumentException
        || cause instanceof ArithmeticException
        || (cause instanceof RuntimeException && cause instanceof SparkThrowable);
  }

  /** Whether Spark computed an expression, and not Nightjar a function that is called in one. */
  private static boolean isInAnExpression(Throwable cause) {
    return frames(cause).anyMatch(name -> name.startsWith(EXPRESSIONS));
  }

  /** Classes in which it happened, down to Nightjar's own. */
  private static Stream<String> frames(Throwable cause) {
    return Arrays.stream(cause.getStackTrace())
        .map(StackTraceElement::getClassName)
        .takeWhile(name -> !name.startsWith(OWN));
  }

  private static String kind(Throwable cause) {
    String condition = cause instanceof SparkThrowable known ? known.getCondition() : null;
    return condition == null ? cause.getClass().getSimpleName() : condition;
  }

  private static String path(Map<String, String> parameters) {
    String encoded = parameters.get("path");
    return encoded == null ? "(unknown)" : SparkPath.fromUrlString(encoded).toPath().toString();
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return message.replaceAll("\\w+(\\.\\w+)*(Exception|Error): ", "");
  }
}
