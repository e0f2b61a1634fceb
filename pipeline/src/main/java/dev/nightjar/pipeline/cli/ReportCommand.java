package dev.nightjar.pipeline.cli;

import dev.nightjar.features.DataException;
import dev.nightjar.pipeline.cli.print.Console;
import dev.nightjar.pipeline.night.Pipeline;
import dev.nightjar.pipeline.report.RunReport;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightjar report}. */
@Command(
    name = "report",
    description = "Tells how a night went: stages, refused rows, decisions, the models' cards.",
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
      report.cards().forEach((model, card) -> card(model, card));
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

  /** One column for the model, one for each baseline. */
  private void card(String model, Object card) {
    if (!(card instanceof Map<?, ?> fields)
        || !(fields.get("metrics") instanceof Map<?, ?> metrics)
        || !(fields.get("baselines") instanceof Map<?, ?> baselines)) {
      throw new DataException(
          "the card of model %s is not as this Nightjar writes it; run the night again"
              .formatted(model));
    }
    console.line("");
    console.line(
        "  model %s, data %s to %s, rows %s",
        model, fields.get("dataFrom"), fields.get("dataTo"), fields.get("rows"));
    if (!metrics.isEmpty()) {
      metricsTable(metrics, baselines);
    }
    if (fields.get("notes") instanceof List<?> notes) {
      notes.forEach(note -> console.line("  · %s", note));
    }
  }

  private void metricsTable(Map<?, ?> metrics, Map<?, ?> baselines) {
    List<String> header = new ArrayList<>(List.of("metric", "model"));
    baselines.keySet().forEach(name -> header.add(String.valueOf(name)));
    List<List<String>> rows = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    metrics.keySet().forEach(name -> names.add(String.valueOf(name)));
    for (String name : names) {
      List<String> row = new ArrayList<>(List.of(name, number(metrics.get(name))));
      for (Object baseline : baselines.values()) {
        row.add(baseline instanceof Map<?, ?> figures ? number(figures.get(name)) : "");
      }
      rows.add(row);
    }
    console.table(header, rows);
  }

  private static String number(Object value) {
    return value instanceof Number number
        ? String.format(java.util.Locale.ROOT, "%.4f", number.doubleValue())
        : "";
  }
}
