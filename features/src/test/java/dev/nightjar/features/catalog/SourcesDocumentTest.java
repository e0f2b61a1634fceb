package dev.nightjar.features.catalog;

import dev.nightjar.features.source.SourcesPage;
import dev.nightjar.features.source.SourcesPage.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.junit.jupiter.api.io.TempDir;

/** Every line of the table in docs/sources.md, shown by raw files. */
class SourcesDocumentTest {
  /** Lines that need more than the files: the pipeline's own test has them. */
  private static final String RUN = "The run";

  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicTest> everyLineOfTheTableIsTrue() {
    Examples examples = new Examples(folder);
    FileExamples.add(examples);
    RowExamples.add(examples);
    NightExamples.add(examples);
    return SourcesPage.tests(group -> !group.equals(RUN), examples.byLine);
  }

  /** Examples of lines, each with a folder of its own. */
  static final class Examples {
    private final Path folder;
    private final Map<String, List<ThrowingSupplier<Outcome>>> byLine = new LinkedHashMap<>();

    Examples(Path folder) {
      this.folder = folder;
    }

    /**
     * Adds the examples of a line.
     *
     * @param comes its first cell, without backquotes
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // Stream.of only reads them
    final Examples line(String comes, Function<RawFiles, Outcome>... examples) {
      byLine.put(
          comes,
          Stream.of(examples)
              .map(
                  example -> (ThrowingSupplier<Outcome>) () -> example.apply(new RawFiles(empty())))
              .toList());
      return this;
    }

    private Path empty() {
      try {
        return Files.createTempDirectory(folder, "shop");
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
