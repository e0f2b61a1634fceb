package dev.nightjar.pipeline.cli;

import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Says, when a signal ends the process during a night, that nothing is lost. Its hook runs before
 * Spark's, which ends the night.
 */
final class StopNotice {
  private static final int BEFORE_SPARK = 100;

  private final Runnable hook = StopNotice::print;

  private StopNotice() {}

  /** Prints on a signal until it is disarmed. */
  static StopNotice arm() {
    StopNotice notice = new StopNotice();
    ShutdownHookManager.get().addShutdownHook(notice.hook, BEFORE_SPARK);
    return notice;
  }

  /** Whether the process is ending, so that further failures need no report. */
  static boolean isStopping() {
    return ShutdownHookManager.get().isShutdownInProgress();
  }

  private static void print() {
    System.err.println("nightjar: stopped by a signal; " + Errors.RUN_AGAIN);
    System.err.flush();
  }

  void disarm() {
    if (!isStopping()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
