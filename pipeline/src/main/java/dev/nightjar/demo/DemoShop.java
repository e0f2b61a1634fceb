package dev.nightjar.demo;

import dev.nightjar.features.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A generated shop with known behaviour: people with tastes, hours and habits, their events, the
 * pushes they got and the broken rows that every log has. The same settings give the same bytes.
 *
 * <pre>
 * events/{date}.csv    one event; the file of a shop-local day, a few rows coming a day late
 * pushes/{date}.csv    one push sent on that shop-local day, with its propensity
 * items.csv, users.csv, suppressions.csv    as of the last day
 * shop.conf            the shop's zone and the day it opened, to be included in a config
 * truth/               never read by a night; see {@link TruthFiles}
 * </pre>
 */
public final class DemoShop {
  private DemoShop() {}

  /**
   * Writes the shop into {@code directory}, whole or not at all. An existing shop of the same
   * settings is kept; one of other settings is replaced.
   *
   * @return what was written
   * @throws DataException when the directory holds something that is not a generated shop, or
   *     cannot be written
   */
  public static DemoSummary generate(DemoConfig config, Path directory) {
    try {
      Path settings = directory.resolve(TruthFiles.SETTINGS);
      if (Files.exists(settings)
          && Files.readString(settings).equals(TruthFiles.settings(config))) {
        return DemoSummary.read(directory);
      }
      if (Files.exists(directory) && !Files.exists(settings) && !isEmpty(directory)) {
        throw new DataException(
            "demo directory " + directory + " holds other files; name an empty or a new one");
      }
      Path fresh = directory.resolveSibling(directory.getFileName() + ".partial");
      delete(fresh);
      Files.createDirectories(fresh);
      new DemoRun(config, fresh).write();
      delete(directory);
      Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
      return DemoSummary.read(directory);
    } catch (IOException | UncheckedIOException failed) {
      throw new DataException(
          "demo directory "
              + directory
              + " cannot be written ("
              + failed.getMessage()
              + "); free some space or choose another --root",
          failed);
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walked = Files.walk(directory)) {
      all = walked.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
