package dev.nightjar.pipeline.cli;

import com.typesafe.config.Config;
import dev.nightjar.pipeline.cli.print.Console;
import dev.nightjar.pipeline.night.Pipeline;
import dev.nightjar.pipeline.settings.Settings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command that works on a warehouse: opens the log, reads the config, closes what it opened. */
@Command(
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = false,
    usageHelpAutoWidth = true)
abstract class NightCommand implements Callable<Integer> {
  @Mixin GlobalOptions options = new GlobalOptions();

  final Console console = Console.standard();
  Path log;

  @Override
  public final Integer call() {
    log = LogFile.open(root(), writes());
    Roots.requirePossible(root());
    if (!writes()) {
      return work();
    }
    StopNotice notice = StopNotice.arm();
    try {
      return work();
    } finally {
      notice.disarm();
    }
  }

  /** The warehouse of this call. */
  final String root() {
    String environment = System.getenv("NIGHTJAR_ROOT");
    if (options.root != null) {
      return options.root;
    }
    return environment == null || environment.isBlank() ? defaultRoot() : environment;
  }

  String defaultRoot() {
    return "warehouse";
  }

  /** Whether it writes to the root; other commands do not create one that does not exist. */
  boolean writes() {
    return false;
  }

  abstract int work();

  /** Opens the warehouse under the config of this call. */
  final Pipeline open() {
    Config config = options.load();
    return Pipeline.open(Settings.from(config), root());
  }
}
