package dev.nightjar.pipeline.cli;

import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Tells, when a signal ends the process in the midst of a night, that nothing is lost. Its hook
 * goes before Spark's, which cuts the night off.
 */
final class StopNotice {
  private static final int BEFORE_SPARK = 100;

  private final Runnable hook = StopNotice::tell;

  private StopNotice() {}

  /** Stands ready until it is disarmed. */
  static StopNotice arm() {
    StopNotice notice = new StopNotice();
    ShutdownHookManager.get().addShutdownHook(notice.hook, BEFORE_SPARK);
    return notice;
  }

  /** Whether the process is ending, so that whatever fails now is no news. */
  static boolean isStopping() {
    return ShutdownHookManager.get().isShutdownInProgress();
  }

  private static void tell() {
    System.err.println("nightjar: stopped by a signal; " + Errors.GO_ON);
    System.err.flush();
  }

  void disarm() {
    if (!isStopping()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
