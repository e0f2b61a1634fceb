package dev.nightjar.features.source;

import dev.nightjar.features.DataException;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.paths.SparkPath;

/** Distinguishes a source file that failed while being read from a bug. */
public final class SourceFailure {
  private SourceFailure() {}

  /**
   * Explains a failed job by the file that could not be read: a truncated compressed file, a
   * Parquet file with broken pages, a file removed after it was listed.
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
    return Optional.empty();
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
