package dev.nightjar.pipeline.cli;

import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.pipeline.cli.print.NightPrinter;
import dev.nightjar.pipeline.night.Pipeline;
import dev.nightjar.pipeline.night.StageRange;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightjar run}. */
@Command(
    name = "run",
    description = {
      "Runs the night of a date: closes that day and plans the next.",
      "Stages that are already done are skipped, so a night that failed continues where it stopped."
    },
    footer = {
      "",
      "Examples:",
      "  nightjar run --conf conf/online-retail.conf --set data=DIR --date 2011-10-31",
      "  nightjar run --conf shop.conf --date 2026-03-28 --only intent --set intent.trees=50",
      "  nightjar run --conf shop.conf --date 2026-03-28 --from rank --force"
    })
final class RunCommand extends NightCommand {
  @Option(names = "--date", required = true, paramLabel = "D", description = "The day to close.")
  LocalDate date;

  @Option(names = "--from", paramLabel = "STAGE", description = "Start at this stage.")
  String from;

  @Option(names = "--until", paramLabel = "STAGE", description = "Stop after this stage.")
  String until;

  @Option(names = "--only", paramLabel = "STAGE", description = "Run only this stage.")
  String only;

  @Option(names = "--force", description = "Also run stages that are already done.")
  boolean force;

  @Override
  boolean writes() {
    return true;
  }

  @Override
  int work() {
    StageRange range = range();
    try (Pipeline pipeline = open()) {
      new NightPrinter(console, log).run(pipeline, date, range, force);
    }
    return Errors.DONE;
  }

  private StageRange range() {
    if (only != null && (from != null || until != null)) {
      throw new ConfigProblems(
          List.of(
              "--only %s cannot be combined with --from or --until; leave them out"
                  .formatted(only)));
    }
    return only != null
        ? StageRange.only(only)
        : new StageRange(Optional.ofNullable(from), Optional.ofNullable(until));
  }
}
