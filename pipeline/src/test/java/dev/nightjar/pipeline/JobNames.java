package dev.nightjar.pipeline;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** The descriptions under which Spark shows the jobs of a piece of work. */
public final class JobNames {
  private JobNames() {}

  /** Runs the work; {@code null} as text stands for a job without a description. */
  public static Set<String> during(SparkContext context, Runnable work) throws TimeoutException {
    Set<String> names = ConcurrentHashMap.newKeySet();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart started) {
            names.add(String.valueOf(started.properties().getProperty("spark.job.description")));
          }
        };
    context.addSparkListener(listener);
    try {
      work.run();
      context.listenerBus().waitUntilEmpty();
    } finally {
      context.removeSparkListener(listener);
    }
    return names;
  }
}
