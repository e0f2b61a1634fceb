package dev.nightjar.pipeline.backtest.run;

import dev.nightjar.pipeline.night.StageOutcome;
import dev.nightjar.pipeline.night.StageRunner;
import dev.nightjar.pipeline.report.BacktestReport;
import dev.nightjar.pipeline.report.PeakMemory;
import dev.nightjar.pipeline.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Wall time and largest resident size of each step of a backtest; 0 where the system does not
 * report the size.
 */
final class StepMeter implements StageRunner.Listener {
  private final StageRunner.Listener next;
  private final List<BacktestReport.Step> steps = new ArrayList<>();

  /**
   * Opens a meter.
   *
   * @param next is notified of the stages too
   */
  StepMeter(StageRunner.Listener next) {
    this.next = next;
  }

  /** The steps so far, in order. */
  List<BacktestReport.Step> steps() {
    return List.copyOf(steps);
  }

  @Override
  public void started(Stage stage, int position, int of) {
    PeakMemory.forget();
    next.started(stage, position, of);
  }

  @Override
  public void ended(StageOutcome outcome) {
    add(outcome.stage().name(), outcome);
  }

  private void add(String name, StageOutcome outcome) {
    add(name, outcome.status().name().toLowerCase(Locale.ROOT), outcome.seconds());
    next.ended(outcome);
  }

  /** A listener for stages that are not part of the night, which records each under this name. */
  StageRunner.Listener as(String name) {
    return new StageRunner.Listener() {
      @Override
      public void started(Stage stage, int position, int of) {
        StepMeter.this.started(stage, position, of);
      }

      @Override
      public void ended(StageOutcome outcome) {
        add(name, outcome);
      }
    };
  }

  /** Runs a step that is not a stage of a night. */
  <T> T measure(String name, Supplier<T> work) {
    PeakMemory.forget();
    long start = System.nanoTime();
    T result = work.get();
    add(name, "done", (System.nanoTime() - start) / 1e9);
    return result;
  }

  private void add(String name, String status, double seconds) {
    steps.add(
        new BacktestReport.Step(
            name, status, Math.round(seconds * 1000) / 1000.0, PeakMemory.megabytes().orElse(0)));
  }
}
