package dev.nightjar.pipeline.cli;

import dev.nightjar.pipeline.cli.print.Console;
import dev.nightjar.pipeline.night.Pipeline;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightjar vacuum}. */
@Command(
    name = "vacuum",
    description = {
      "Removes superseded runs older than vacuum.keep_days. What a manifest names is never touched.",
      "A root on a local disk is taken meanwhile; on another, do not run it beside a night."
    },
    footer = {"", "Example:", "  nightjar vacuum --root demo --dry-run"})
final class VacuumCommand extends NightCommand {
  @Option(names = "--dry-run", description = "Only tell what would be removed.")
  boolean dryRun;

  @Override
  int work() {
    try (Pipeline pipeline = open()) {
      List<String> removed = pipeline.vacuum(dryRun);
      removed.forEach(run -> console.line("  %s", run));
      console.line(
          "%s %s",
          Console.count(removed.size()), dryRun ? "runs would be removed" : "runs removed");
    }
    return Errors.DONE;
  }
}
