package dev.nightjar.pipeline.cli;

import dev.nightjar.demo.DemoConfig;
import dev.nightjar.demo.DemoShop;
import dev.nightjar.demo.DemoSummary;
import dev.nightjar.features.DataException;
import dev.nightjar.features.Plural;
import dev.nightjar.pipeline.cli.print.Console;
import dev.nightjar.pipeline.cli.print.NightPrinter;
import dev.nightjar.pipeline.night.Pipeline;
import dev.nightjar.pipeline.night.StageRange;
import dev.nightjar.pipeline.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightjar demo}. */
@Command(
    name = "demo",
    description = {
      "Generates a small shop with known behaviour under ROOT/_shop and runs its night.",
      "Run again, it does only what is missing."
    },
    footer = {"", "Examples:", "  nightjar demo", "  nightjar demo --users 500 --root small"})
final class DemoCommand extends NightCommand {
  private static final String MAPPING = "/conf/nightjar.conf";

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "Users of the shop; default: 5000, with about 100 events each.")
  Integer users;

  @Option(names = "--until", paramLabel = "STAGE", description = "Stop after this stage.")
  String until;

  @Override
  String defaultRoot() {
    return "demo";
  }

  @Override
  boolean writes() {
    return true;
  }

  @Override
  int work() {
    Path shop = shopDirectory();
    DemoConfig demo = GlobalOptions.demo(options.load(options.files(), demoSettings()));
    console.line(
        "Generating a shop of %s and %s over %s in %s ...",
        Plural.of(demo.users(), "user"),
        Plural.of(demo.items(), "item"),
        Plural.of(demo.days(), "day"),
        shop);
    DemoSummary made = DemoShop.generate(demo, shop);
    console.line(
        "  %s, %s of them purchases; %s; %s planted",
        Plural.of(made.events(), "event"),
        Console.count(made.purchases()),
        Plural.of(made.pushes(), "push", "pushes"),
        Plural.of(
            made.rejected().values().stream().mapToLong(Long::longValue).sum(), "broken row"));
    Path conf = writeConf(demo, shop);
    List<Path> files = new ArrayList<>(options.files());
    files.add(conf);
    Settings settings = Settings.from(options.load(files, demoSettings()));
    try (Pipeline pipeline = Pipeline.open(settings, root())) {
      StageRange range = new StageRange(Optional.empty(), Optional.ofNullable(until));
      new NightPrinter(console, log).run(pipeline, demo.lastDate(), range, false);
    }
    if (until == null) {
      sayWhatNext(conf, demo);
    }
    return Errors.DONE;
  }

  private List<String> demoSettings() {
    List<String> settings = new ArrayList<>(options.settings);
    if (users != null) {
      settings.add("demo.users=" + users);
    }
    return settings;
  }

  private Path shopDirectory() {
    if (root().contains("://")) {
      throw new DataException(
          "demo writes its shop to a local disk, --root is '%s'; choose a local root"
              .formatted(root()));
    }
    return Path.of(root()).resolve("_shop");
  }

  /** The config with which to run the shop's nights. */
  private static Path writeConf(DemoConfig demo, Path shop) {
    String text =
        """
        # The generated shop's config: Nightjar's own input schema, and where this shop is.
        # Try: nightjar run --conf THIS --root ROOT --date %s --only intent --set intent.trees=50
        %s
        data = "%s"
        shop.zone = "%s"
        shop.opened = "%s"
        """
            .formatted(
                demo.lastDate(), mapping(), shop.toAbsolutePath(), demo.zone(), demo.opened());
    Path conf = shop.resolve("shop.conf");
    try {
      Files.writeString(conf, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return conf;
  }

  private static String mapping() {
    try (InputStream in = DemoCommand.class.getResourceAsStream(MAPPING)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void sayWhatNext(Path conf, DemoConfig demo) {
    console.line("");
    console.line("Look at it:");
    console.line("  scripts/nightjar report --root %s --date %s", root(), demo.lastDate());
    console.line("  scripts/nightjar show push_schedule --root %s", root());
    console.line("  scripts/nightjar show ranked_items --root %s --user u1000007", root());
    console.line("Change a setting and re-run one stage:");
    console.line(
        "  scripts/nightjar run --conf %s --root %s --date %s --only intent --set intent.trees=50",
        conf, root(), demo.lastDate());
  }
}
