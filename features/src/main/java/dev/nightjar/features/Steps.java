package dev.nightjar.features;

import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names the Spark jobs of a piece of work, so that Spark's UI and log say what a job is for: {@code
 * intent: anchor 2011-09-30, candidates} instead of a line of Spark's own code.
 *
 * <p>A name belongs to the thread; broadcasts and the jobs of adaptive plans inherit it.
 */
public final class Steps {
  private static final Logger LOG = LoggerFactory.getLogger(Steps.class);
  private static final String DESCRIPTION = "spark.job.description";

  /** Given both, Spark does not search the stack for the line that makes each of its datasets. */
  private static final List<String> CALL_SITES = List.of("callSite.short", "callSite.long");

  private Steps() {}

  /** Runs the work under a name, nested in that of the work around it. */
  public static <T> T step(SparkContext context, String name, Supplier<T> work) {
    String around = context.getLocalProperty(DESCRIPTION);
    String callSite = context.getLocalProperty(CALL_SITES.get(0));
    String whole = within(around, name);
    LOG.info("{}", whole);
    context.setLocalProperty(DESCRIPTION, whole);
    CALL_SITES.forEach(site -> context.setLocalProperty(site, whole));
    try {
      return work.get();
    } finally {
      context.setLocalProperty(DESCRIPTION, around);
      CALL_SITES.forEach(site -> context.setLocalProperty(site, callSite));
    }
  }

  /** As {@link #step}, for work without a result. */
  public static void run(SparkContext context, String name, Runnable work) {
    step(
        context,
        name,
        () -> {
          work.run();
          return "";
        });
  }

  /** The stage before a colon, its steps after it. */
  private static String within(String around, String name) {
    if (around == null) {
      return name;
    }
    return around + (around.contains(": ") ? ", " : ": ") + name;
  }
}
