package dev.nightjar.pipeline.cli.print;

import dev.nightjar.pipeline.night.Pipeline;
import dev.nightjar.pipeline.night.StageOutcome;
import dev.nightjar.pipeline.night.StageRange;
import dev.nightjar.pipeline.report.RunReport;
import dev.nightjar.pipeline.report.RunReports;
import dev.nightjar.pipeline.settings.CodeVersion;
import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.warehouse.Manifest;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs a night and prints its progress and results. */
public final class NightPrinter {
  private final Console console;
  private final Path log;

  public NightPrinter(Console console, Path log) {
    this.console = console;
    this.log = log;
  }

  public RunReport run(Pipeline pipeline, LocalDate date, StageRange range, boolean force) {
    long start = System.nanoTime();
    List<Stage> stages = range.of(pipeline.stages());
    console.line(
        "Nightjar %s: night of %s, plan for %s (%s)",
        CodeVersion.current(), date, date.plusDays(1), pipeline.settings().shop().zone());
    ProgressListener progress = new ProgressListener(console);
    pipeline.spark().sparkContext().addSparkListener(progress);
    List<StageOutcome> outcomes;
    try {
      outcomes = pipeline.run(date, stages, force, progress);
    } finally {
      pipeline.spark().sparkContext().removeSparkListener(progress);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    RunReport report = RunReports.of(pipeline, date, outcomes, seconds);
    String place = report.write(pipeline.warehouse().storage());
    summarise(pipeline, report, outcomes, place);
    return report;
  }

  private void summarise(
      Pipeline pipeline, RunReport report, List<StageOutcome> outcomes, String reportFile) {
    console.line("");
    List<List<String>> rows = new ArrayList<>();
    for (StageOutcome outcome : outcomes) {
      for (Manifest manifest : outcome.manifests()) {
        rows.add(
            List.of(
                manifest.wholeTable(),
                Console.count(manifest.rows()),
                pipeline
                    .warehouse()
                    .storage()
                    .display(
                        "%s/date=%s/run=%s"
                            .formatted(manifest.table(), manifest.date(), manifest.run()))));
      }
    }
    console.table(List.of("table", "rows", "where"), rows);
    console.line("");
    counts("refused rows of the day", report.rejects());
    counts("users by decision", report.decisions());
    console.line("  report   %s", reportFile);
    console.line("  log      %s", log);
    console.line(
        "  %s in %s s, peak memory %,d MB",
        outcomes.stream().allMatch(o -> o.status() == StageOutcome.Status.SKIPPED)
            ? "nothing to do: every stage is already done; checked"
            : "done",
        Console.seconds(report.seconds()),
        report.peakMemoryMb());
  }

  private void counts(String what, Map<String, Long> counts) {
    if (!counts.isEmpty()) {
      console.line(
          "  %s: %s",
          what,
          counts.entrySet().stream()
              .map(entry -> entry.getKey() + " " + Console.count(entry.getValue()))
              .collect(Collectors.joining(", ")));
    }
  }
}
