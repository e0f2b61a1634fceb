package dev.nightjar.pipeline.report;

import dev.nightjar.export.table.Decisions;
import dev.nightjar.features.Steps;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.RejectedRows;
import dev.nightjar.features.table.Table;
import dev.nightjar.pipeline.night.Pipeline;
import dev.nightjar.pipeline.night.StageOutcome;
import dev.nightjar.pipeline.settings.CodeVersion;
import dev.nightjar.pipeline.settings.ConfigText;
import dev.nightjar.pipeline.warehouse.Json;
import dev.nightjar.pipeline.warehouse.Manifest;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.training.ModelCard;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes the {@link RunReport} of a run. */
public final class RunReports {
  private RunReports() {}

  /** The report of a night whose stages ended so. */
  public static RunReport of(
      Pipeline pipeline, LocalDate date, List<StageOutcome> outcomes, double seconds) {
    Warehouse warehouse = pipeline.warehouse();
    return new RunReport(
        date.toString(),
        date.plusDays(1).toString(),
        pipeline.settings().shop().zone().getId(),
        CodeVersion.current(),
        Math.round(seconds * 10) / 10.0,
        peakMemoryMb(),
        stages(pipeline, date, outcomes),
        counts(warehouse, Checked.rejectedTable(InputTable.EVENTS), RejectedRows.REASON, date),
        counts(warehouse, Decisions.TABLE, Decisions.DECISION, date),
        cards(pipeline, date),
        ConfigText.redact(pipeline.settings().raw().root(), "").unwrapped());
  }

  /** Every stage that ran for the night so far, in this run or else in the last one that ran it. */
  private static List<RunReport.StageReport> stages(
      Pipeline pipeline, LocalDate date, List<StageOutcome> outcomes) {
    Map<String, RunReport.StageReport> byName = new HashMap<>();
    RunReport.find(pipeline.warehouse().storage(), date)
        .ifPresent(earlier -> earlier.stages().forEach(stage -> byName.put(stage.name(), stage)));
    for (StageOutcome outcome : outcomes) {
      if (outcome.status() == StageOutcome.Status.DONE) {
        byName.put(outcome.stage().name(), stage(outcome));
      } else {
        byName.putIfAbsent(outcome.stage().name(), stage(outcome));
      }
    }
    return pipeline.stages().stream()
        .map(stage -> byName.get(stage.name()))
        .filter(Objects::nonNull)
        .toList();
  }

  private static RunReport.StageReport stage(StageOutcome outcome) {
    Map<String, Long> rows = new LinkedHashMap<>();
    for (Manifest manifest : outcome.manifests()) {
      rows.merge(manifest.wholeTable(), manifest.rows(), Long::sum);
    }
    return new RunReport.StageReport(
        outcome.stage().name(),
        outcome.status().name().toLowerCase(java.util.Locale.ROOT),
        Math.round(outcome.seconds() * 10) / 10.0,
        rows,
        outcome.notes());
  }

  private static Map<String, Long> counts(
      Warehouse warehouse, Table table, String column, LocalDate date) {
    Map<String, Long> counts = new LinkedHashMap<>();
    if (warehouse.manifest(table.name(), date).isPresent()) {
      Steps.run(
          warehouse.spark().sparkContext(),
          "report: " + table.name(),
          () ->
              warehouse
                  .read(table, date)
                  .groupBy(column)
                  .count()
                  .orderBy(column)
                  .collectAsList()
                  .forEach(row -> counts.put(row.getString(0), row.getLong(1))));
    }
    return counts;
  }

  private static Map<String, ModelCard> cards(Pipeline pipeline, LocalDate date) {
    Map<String, ModelCard> cards = new LinkedHashMap<>();
    for (String table : pipeline.tables()) {
      pipeline
          .warehouse()
          .card(table, date)
          .filter(card -> card.containsKey("model"))
          .map(card -> Json.convert(card, ModelCard.class))
          .ifPresent(card -> cards.put(card.model(), card));
    }
    return cards;
  }

  /**
   * Largest resident size of this process so far where the system reports it, else the size of the
   * heap.
   */
  private static long peakMemoryMb() {
    return PeakMemory.megabytes()
        .orElseGet(() -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
  }
}
