package dev.nightjar.pipeline.cli;

import dev.nightjar.pipeline.cli.print.Console;
import dev.nightjar.pipeline.night.Pipeline;
import dev.nightjar.pipeline.report.RunReport;
import dev.nightjar.training.ModelCard;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightjar report}. */
@Command(
    name = "report",
    description = "Shows how a night went: stages, refused rows, decisions, the models' cards.",
    footer = {"", "Example:", "  nightjar report --root demo --date 2026-03-28"})
final class ReportCommand extends NightCommand {
  @Option(names = "--date", required = true, paramLabel = "D", description = "Which night.")
  LocalDate date;

  @Override
  int work() {
    try (Pipeline pipeline = open()) {
      RunReport report = RunReport.read(pipeline.warehouse().storage(), date);
      console.line(
          "Night of %s, plan for %s (%s), Nightjar %s",
          report.date(), report.planFor(), report.zone(), report.codeVersion());
      console.line("");
      stages(report);
      counts("refused rows of the day", report.rejects());
      counts("users by decision", report.decisions());
      report.cards().values().forEach(this::card);
    }
    return Errors.DONE;
  }

  private void stages(RunReport report) {
    List<List<String>> rows = new ArrayList<>();
    for (RunReport.StageReport stage : report.stages()) {
      rows.add(
          List.of(
              stage.name(),
              stage.status(),
              Console.seconds(stage.seconds()),
              String.join(
                  ", ",
                  stage.rows().entrySet().stream()
                      .map(entry -> entry.getKey() + " " + Console.count(entry.getValue()))
                      .toList())));
    }
    console.table(List.of("stage", "status", "seconds", "rows"), rows);
    report.stages().forEach(s -> s.notes().forEach(w -> console.line("  · %s: %s", s.name(), w)));
  }

  private void counts(String what, Map<String, Long> counts) {
    if (!counts.isEmpty()) {
      console.line("");
      console.table(
          List.of(what, "rows"),
          counts.entrySet().stream()
              .map(entry -> List.of(entry.getKey(), Console.count(entry.getValue())))
              .toList());
    }
  }

  private void card(ModelCard card) {
    console.line("");
    console.line(
        "  model %s, data %s to %s, rows %s",
        card.model(), card.dataFrom(), card.dataTo(), card.rows());
    if (!card.metrics().isEmpty()) {
      metricsTable(card);
    }
    card.notes().forEach(note -> console.line("  · %s", note));
  }

  /** One column for the model, one for each baseline. */
  private void metricsTable(ModelCard card) {
    List<String> header = new ArrayList<>(List.of("metric", "model"));
    header.addAll(card.baselines().keySet());
    List<List<String>> rows = new ArrayList<>();
    for (String name : new TreeSet<>(card.metrics().keySet())) {
      List<String> row = new ArrayList<>(List.of(name, figure(card.metrics().get(name))));
      card.baselines().values().forEach(baseline -> row.add(figure(baseline.get(name))));
      rows.add(row);
    }
    console.table(header, rows);
  }

  /** Empty where there is no figure. */
  private static String figure(Double value) {
    return value == null || value.isNaN() ? "" : String.format(Locale.ROOT, "%.4f", value);
  }
}
