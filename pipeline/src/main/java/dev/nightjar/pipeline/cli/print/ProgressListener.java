package dev.nightjar.pipeline.cli.print;

import dev.nightjar.features.Plural;
import dev.nightjar.pipeline.night.StageOutcome;
import dev.nightjar.pipeline.night.StageRunner;
import dev.nightjar.pipeline.stage.Stage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Prints the progress of a night: a line per stage and, while one runs, its tasks and seconds. */
public final class ProgressListener extends SparkListener implements StageRunner.Listener {
  private final Console console;
  private final AtomicLong tasks = new AtomicLong();
  private final AtomicLong doneTasks = new AtomicLong();
  private volatile String heading = "";
  private volatile long start = System.nanoTime();

  public ProgressListener(Console console) {
    this.console = console;
  }

  @Override
  public void started(Stage stage, int position, int of) {
    start = System.nanoTime();
    tasks.set(0);
    doneTasks.set(0);
    String place = position + "/" + of;
    heading = String.format("%5s %-10s %s", place, stage.name(), stage.spec().title());
    show();
  }

  @Override
  public void ended(StageOutcome outcome) {
    long rows = outcome.manifests().stream().mapToLong(manifest -> manifest.rows()).sum();
    console.line(
        "%-58s %7s %17s %8s s",
        heading,
        outcome.status() == StageOutcome.Status.SKIPPED ? "skipped" : "done",
        Plural.of(rows, "row"),
        Console.seconds(outcome.seconds()));
    outcome.notes().forEach(warning -> console.line("       · %s", warning));
    heading = "";
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    tasks.addAndGet(submitted.stageInfo().numTasks());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd ended) {
    doneTasks.incrementAndGet();
    show();
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted completed) {
    show();
  }

  private void show() {
    String title = heading;
    if (!title.isEmpty()) {
      console.progress(
          String.format(
              "%-58s  %d of %d tasks, %.0f s",
              title, doneTasks.get(), tasks.get(), (System.nanoTime() - start) / 1e9));
    }
  }
}
