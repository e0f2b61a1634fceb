package dev.nightjar.pipeline.backtest;

import dev.nightjar.pipeline.stage.NightRunner;
import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.stage.StageOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Wall time and largest resident size of each step of a backtest. */
final class StepMeter implements NightRunner.Listener {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  /** What Linux takes for: forget the largest resident size (proc(5)). */
  private static final String FORGET_PEAK = "5";

  private final NightRunner.Listener next;
  private final List<BacktestReport.Step> steps = new ArrayList<>();

  /**
   * Opens a meter.
   *
   * @param next hears of the stages too
   */
  StepMeter(NightRunner.Listener next) {
    this.next = next;
  }

  /** The steps so far, in order. */
  List<BacktestReport.Step> steps() {
    return List.copyOf(steps);
  }

  @Override
  public void started(Stage stage, int position, int of) {
    forgetPeak();
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

  /** Hears of stages that are no part of the night, and notes each under this name. */
  NightRunner.Listener as(String name) {
    return new NightRunner.Listener() {
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

  /** Does what is no stage of a night. */
  <T> T measure(String name, Supplier<T> work) {
    forgetPeak();
    long start = System.nanoTime();
    T result = work.get();
    add(name, "done", (System.nanoTime() - start) / 1e9);
    return result;
  }

  private void add(String name, String status, double seconds) {
    steps.add(new BacktestReport.Step(name, status, Math.round(seconds * 1000) / 1000.0, peakMb()));
  }

  /** Where it cannot be forgotten, a step's peak is that of the process so far. */
  private static void forgetPeak() {
    try {
      if (Files.isWritable(CLEAR)) {
        Files.writeString(CLEAR, FORGET_PEAK);
      }
    } catch (IOException notAllowed) {
      // a container may forbid it; the larger figure is then what can be told
      return;
    }
  }

  /** Largest resident size in MB since it was last forgotten; 0 where the system does not tell. */
  private static long peakMb() {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .findFirst()
          .orElse(0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
