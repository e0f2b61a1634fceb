package dev.nightjar.pipeline.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.features.source.InputTable;
import dev.nightjar.pipeline.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A good night of a shop, over which others are run with a spoilt file.
 *
 * @param root where the good night is
 * @param files the files of that root
 */
record GoodNight(FuzzShop shop, Path root, Map<String, String> files) {
  /** Where the files and logs of nights that failed are kept. */
  private static final Path FAILED = Path.of("target", "fuzz");

  /** How a night with a spoilt file ended. */
  record Outcome(int code, List<String> faults) {}

  static GoodNight of(FuzzShop shop) throws IOException {
    Path root = shop.directory().resolveSibling("root");
    FuzzNight night = new FuzzNight(shop, root);
    CommandLineRun run = night.run("catalog");
    assertEquals(0, run.code(), run.toString());
    return new GoodNight(shop, root, night.files());
  }

  /** Runs the night again in a copy of the root, with other bytes in one file. */
  Outcome spoilt(int seed, FuzzShop.RawFile file, String text) throws IOException {
    byte[] before = Files.readAllBytes(file.path());
    FileTime changed = Files.getLastModifiedTime(file.path());
    Path copy = root.resolveSibling("root-" + seed);
    copy(root, copy);
    try {
      Files.write(file.path(), RawText.bytes(text));
      FuzzNight night = new FuzzNight(shop, copy);
      CommandLineRun run = night.run(file.input() == InputTable.EVENTS ? "clean" : "catalog");
      List<String> faults = new Verdict(shop, night, file).of(run, text, files);
      if (!faults.isEmpty()) {
        keep(FAILED.resolve("seed-" + seed), file, copy, run);
      }
      return new Outcome(run.code(), faults);
    } finally {
      Files.write(file.path(), before);
      Files.setLastModifiedTime(file.path(), changed);
      delete(copy);
    }
  }

  private static void keep(Path kept, FuzzShop.RawFile file, Path root, CommandLineRun run)
      throws IOException {
    delete(kept);
    Files.createDirectories(kept);
    Files.copy(file.path(), kept.resolve(file.path().getFileName()));
    Files.writeString(kept.resolve("console.txt"), run.toString());
    if (Files.exists(root.resolve("_logs"))) {
      copy(root.resolve("_logs"), kept.resolve("_logs"));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
