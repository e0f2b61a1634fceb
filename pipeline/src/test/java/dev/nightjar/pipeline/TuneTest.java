package dev.nightjar.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.demo.DemoConfig;
import dev.nightjar.demo.DemoShop;
import dev.nightjar.features.Soak;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.config.Configs;
import dev.nightjar.pipeline.settings.ConfigLoader;
import dev.nightjar.pipeline.settings.Settings;
import dev.nightjar.pipeline.tune.TunedConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search on a small generated shop, by the command line. */
class TuneTest {
  @TempDir static Path directory;
  private static Path conf;
  private static Path root;

  @BeforeAll
  static void closeOneDay() throws IOException {
    TestSpark.session();
    Path shop = directory.resolve("shop");
    DemoConfig demo = Configs.of(DemoConfig.class, "demo", "users = 100, items = 60, days = 35");
    DemoShop.generate(demo, shop);
    conf = shop.resolve("shop.conf");
    root = directory.resolve("root");
    String mapping;
    try (InputStream in = TuneTest.class.getResourceAsStream("/conf/nightjar.conf")) {
      mapping = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Files.writeString(
        conf,
        mapping
            + """

            data = "%s"
            shop.zone = "%s"
            shop.opened = "%s"
            als { rank = 4, iterations = 2 }
            intent { horizon_days = 7, anchor_step_days = 7, anchors = 2, min_positives = 5, trees = 10 }
            """
                .formatted(shop, demo.zone(), demo.opened()));
    CommandLineRun closed = call("run", "--until", "catalog");
    assertEquals(0, closed.code(), closed.toString());
  }

  private static CommandLineRun call(String command, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--root",
                root.toString(),
                "--conf",
                conf.toString(),
                "--date",
                "2026-03-28"));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private static CommandLineRun tune(int trials, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--trials",
                String.valueOf(trials),
                "--folds",
                "1",
                "--out",
                directory.resolve("tuned.conf").toString()));
    arguments.addAll(List.of(more));
    return call("tune", arguments.toArray(String[]::new));
  }

  private static Path trials() {
    return root.resolve("_tune").resolve("date=2026-03-28").resolve("trials.jsonl");
  }

  private static List<String> withoutSeconds(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll("\"seconds\":[^,}]*", "")).toList();
  }

  @Soak
  @Test
  void goesOnWhereItWasKilledAndFindsTheSameAgain() throws IOException {
    CommandLineRun first = tune(2);
    assertEquals(0, first.code(), first.toString());
    List<String> two = Files.readAllLines(trials());
    assertEquals(2, two.size());
    assertTrue(two.get(0).contains("\"trees\":10,"), "trial 0 are the present settings");

    // A recorded trial is not computed again; a line that a kill cut short is.
    String marked = two.get(1).replaceAll("\"ndcg\":[0-9.E-]+", "\"ndcg\":0.0123");
    Files.writeString(trials(), two.get(0) + "\n" + marked + "\n{\"trial\":2,\"matr");
    CommandLineRun more = tune(3);
    assertEquals(0, more.code(), more.toString());
    assertTrue(more.out().contains("skipped"), more.out());
    List<String> three = Files.readAllLines(trials());
    assertEquals(3, three.size());
    assertEquals(List.of(two.get(0), marked), three.subList(0, 2));
    assertTrue(more.out().contains("0.0123"), more.out());
    assertEquals(Files.exists(directory.resolve("tuned.conf")), more.out().contains("Written to"));

    CommandLineRun other = tune(1, "--set", "intent.min_positives=6");
    assertEquals(0, other.code(), other.toString());
    List<String> four = Files.readAllLines(trials());
    assertEquals(three, four.subList(0, 3), "trials under other settings stay");
    assertTrue(four.get(3).contains("\"trial\":0"), "and are no trials under these");

    Files.delete(trials());
    CommandLineRun again = tune(3);
    assertEquals(0, again.code(), again.toString());
    List<String> found = withoutSeconds(Files.readAllLines(trials()));
    assertEquals(withoutSeconds(two), found.subList(0, 2));
    assertEquals(withoutSeconds(three).get(2), found.get(2));
  }

  @Test
  void aDayThatWasNotClosedAndAPlaceThatCannotBeWrittenAreToldInOneLine() {
    CommandLineRun unknown =
        CommandLineRun.of(
            "tune",
            "--root",
            root.toString(),
            "--conf",
            conf.toString(),
            "--date",
            "2026-01-01",
            "--out",
            directory.resolve("x.conf").toString());
    assertEquals(3, unknown.code(), unknown.toString());
    assertTrue(unknown.error().contains("up to catalog"), unknown.error());
    CommandLineRun nowhere = call("tune", "--out", directory.resolve("no/x.conf").toString());
    assertEquals(2, nowhere.code(), nowhere.toString());
    assertTrue(nowhere.error().contains("--out must be a file"), nowhere.error());
    CommandLineRun none = call("tune", "--trials", "0");
    assertEquals(2, none.code(), none.toString());
  }

  @Test
  void theWrittenFileIsAConfigThatAShopsOwnEndsWith() throws IOException {
    Path file = directory.resolve("written.conf");
    TunedConfig.at(file).write(List.of("Found by a test."), Map.of("trees", 77, "lambda", 2.5));
    Path shop = Files.createDirectories(directory.resolve("elsewhere")).resolve("shop.conf");
    Files.writeString(shop, "intent.trees = 5%ninclude required(file(\"%s\"))%n".formatted(file));
    Settings settings = Settings.from(ConfigLoader.load(List.of(shop), List.of()));
    assertEquals(77, settings.intent().trees());
    assertEquals(2.5, settings.intent().lambda());
    assertFalse(Files.exists(directory.resolve("no")));
  }
}
