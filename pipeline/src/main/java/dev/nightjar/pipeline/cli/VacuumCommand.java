package dev.nightjar.pipeline.cli;

import dev.nightjar.features.Plural;
import dev.nightjar.pipeline.night.Pipeline;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightjar vacuum}. */
@Command(
    name = "vacuum",
    description = {
      "Removes runs that were superseded vacuum.keep_days ago or earlier, refused rows older than",
      "vacuum.rejected_days, and candidates, lists and send hours that are more than",
      "vacuum.list_days before the last ones, with the published plans of those nights.",
      "A local root is locked meanwhile; with another root, do not run it during a night."
    },
    footer = {"", "Example:", "  nightjar vacuum --root demo --dry-run"})
final class VacuumCommand extends NightCommand {
  @Option(names = "--dry-run", description = "Only list what would be removed.")
  boolean dryRun;

  @Override
  int work() {
    try (Pipeline pipeline = open()) {
      List<String> removed = pipeline.vacuum(dryRun);
      removed.forEach(run -> console.line("  %s", run));
      console.line(
          "%s %s", Plural.of(removed.size(), "run"), dryRun ? "would be removed" : "removed");
    }
    return Errors.DONE;
  }
}
