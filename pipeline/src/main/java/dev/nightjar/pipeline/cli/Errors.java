package dev.nightjar.pipeline.cli;

import dev.nightjar.features.DataException;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.source.SourceFailure;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.spark.SparkThrowable;

/** Turns a failure into lines for the user and an exit code. */
final class Errors {
  static final int DONE = 0;
  static final int BUG = 1;
  static final int USAGE = 2;
  static final int DATA = 3;

  /** The shell's exit code of a process that was terminated by SIGTERM. */
  static final int STOPPED = 143;

  /** What to do when a night was stopped. */
  static final String RUN_AGAIN =
      "run again to continue: finished stages and the last good output are kept";

  private Errors() {}

  /**
   * What to tell the user.
   *
   * @param code exit code
   * @param lines what, the value, the rule, the next step; one line for each problem
   */
  record Report(int code, List<String> lines) {}

  static Report report(Throwable thrown, String logFile) {
    Optional<Report> exhausted = exhausted(thrown);
    if (exhausted.isPresent()) {
      return exhausted.get();
    }
    for (Throwable cause : ExceptionUtils.getThrowables(thrown)) {
      if (cause instanceof ConfigProblems problems) {
        return new Report(USAGE, problems.messages().stream().map(Errors::oneLine).toList());
      }
      if (cause instanceof DataException data) {
        return new Report(DATA, List.of(oneLine(data.getMessage())));
      }
    }
    if (wasStopped(thrown)) {
      return new Report(
          STOPPED,
          List.of(
              "Spark was stopped from outside, for instance by a cluster that ended the application; "
                  + RUN_AGAIN));
    }
    Optional<DataException> badSource = SourceFailure.explain(thrown);
    if (badSource.isPresent()) {
      return new Report(DATA, List.of(oneLine(badSource.get().getMessage())));
    }
    for (Throwable cause : ExceptionUtils.getThrowables(thrown)) {
      if (cause instanceof FileNotFoundException
          || cause instanceof java.nio.file.FileSystemException) {
        return new Report(
            DATA,
            List.of(
                "a file cannot be read or written: %s; check that it exists and this user may use it, then run again (details: %s)"
                    .formatted(oneLine(cause.getMessage()), logFile)));
      }
    }
    return new Report(
        BUG,
        List.of(
            "a bug in Nightjar: %s; the stack trace is in %s, please report it with that file"
                .formatted(oneLine(ExceptionUtils.getRootCauseMessage(thrown)), logFile)));
  }

  /**
   * Whether Spark was shut down during a night, other than by a signal, which {@link StopNotice}
   * reports.
   */
  private static boolean wasStopped(Throwable thrown) {
    return ExceptionUtils.getThrowableList(thrown).stream()
        .map(cause -> String.valueOf(cause.getMessage()))
        .anyMatch(message -> message.contains("SparkContext was shut down"));
  }

  /** A lack of disk space or memory, however deep in the causes. */
  private static Optional<Report> exhausted(Throwable thrown) {
    for (Throwable cause : ExceptionUtils.getThrowables(thrown)) {
      if (isDiskFull(cause)) {
        return Optional.of(
            new Report(
                DATA,
                List.of(
                    "the disk is full (that of --root or of Spark's temporary files); free some space or choose another --root, then run again: earlier output is kept")));
      }
      if (cause instanceof SparkThrowable known
          && "INVALID_DRIVER_MEMORY".equals(known.getCondition())) {
        return Optional.of(
            new Report(
                USAGE,
                List.of(
                    "the heap of %d MB is too small, Spark needs 450 MB to start; give more with NIGHTJAR_HEAP=4g"
                        .formatted(Runtime.getRuntime().maxMemory() >> 20))));
      }
      if (cause instanceof OutOfMemoryError) {
        return Optional.of(
            new Report(
                DATA,
                List.of(
                    "the heap of %d MB is too small (%s); give more with NIGHTJAR_HEAP=8g, then run again: finished stages are kept"
                        .formatted(
                            Runtime.getRuntime().maxMemory() >> 20, oneLine(cause.getMessage())))));
      }
    }
    return Optional.empty();
  }

  private static boolean isDiskFull(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left on device") || message.contains("disk quota exceeded");
  }

  private static String oneLine(String message) {
    String flat = String.valueOf(message).replaceAll("\\s*\\R\\s*", " ").trim();
    return flat.length() > 600 ? flat.substring(0, 600) + "…" : flat;
  }
}
