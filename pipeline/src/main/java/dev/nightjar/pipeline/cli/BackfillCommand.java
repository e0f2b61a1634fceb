package dev.nightjar.pipeline.cli;

import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.pipeline.cli.print.NightPrinter;
import dev.nightjar.pipeline.night.Pipeline;
import dev.nightjar.pipeline.night.StageRange;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightjar backfill}. */
@Command(
    name = "backfill",
    description = {
      "Runs the nights of a range of dates in order. Run again, it continues where it stopped."
    },
    footer = {
      "",
      "Example:",
      "  nightjar backfill --conf shop.conf --from-date 2026-03-01 --to-date 2026-03-07"
    })
final class BackfillCommand extends NightCommand {
  @Option(names = "--from-date", required = true, paramLabel = "A", description = "First night.")
  LocalDate fromDate;

  @Option(names = "--to-date", required = true, paramLabel = "B", description = "Last night.")
  LocalDate toDate;

  @Option(names = "--force", description = "Also run stages that are already done.")
  boolean force;

  @Option(
      names = "--skip-absent",
      description = "Skip dates without events, such as days on which the shop was closed.")
  boolean skipAbsent;

  @Override
  boolean writes() {
    return true;
  }

  @Override
  int work() {
    if (fromDate.isAfter(toDate)) {
      throw new ConfigProblems(
          List.of("--from-date %s must not come after --to-date %s".formatted(fromDate, toDate)));
    }
    try (Pipeline pipeline = open()) {
      NightPrinter printer = new NightPrinter(console, log);
      for (LocalDate date : fromDate.datesUntil(toDate.plusDays(1)).toList()) {
        if (skipAbsent && !pipeline.hasEvents(date)) {
          console.line("night of %s: no events, skipped", date);
        } else {
          printer.run(pipeline, date, StageRange.all(), force);
        }
      }
    }
    return Errors.DONE;
  }
}
