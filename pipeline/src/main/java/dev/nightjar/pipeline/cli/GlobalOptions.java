package dev.nightjar.pipeline.cli;

import com.typesafe.config.Config;
import dev.nightjar.demo.DemoConfig;
import dev.nightjar.pipeline.settings.ConfigLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command. */
final class GlobalOptions {
  @Option(
      names = "--root",
      paramLabel = "ROOT",
      description = {
        "Where the tables are: a local path, hdfs:// or s3a://.",
        "Default: $NIGHTJAR_ROOT, else ./warehouse (demo: ./demo)."
      })
  String root;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "The shop's config (HOCON); see conf/ for examples.")
  Path conf;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides one config key; may be given several times.")
  List<String> settings = new ArrayList<>();

  /** The config files of this call, in order of precedence. */
  List<Path> files() {
    return conf == null ? List.of() : List.of(conf);
  }

  /** The config of this call, checked. */
  Config load() {
    return load(files(), settings);
  }

  /** The config of another call, checked; the section of the generated shop too. */
  Config load(List<Path> from, List<String> over) {
    return ConfigLoader.load(from, over, GlobalOptions::demo);
  }

  /** The settings of the generated shop. */
  static DemoConfig demo(Config config) {
    return DemoConfig.from(config.getConfig("demo"));
  }
}
