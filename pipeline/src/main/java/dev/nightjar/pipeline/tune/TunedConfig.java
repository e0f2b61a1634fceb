package dev.nightjar.pipeline.tune;

import com.typesafe.config.ConfigFactory;
import dev.nightjar.features.config.ConfigProblems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The config file that holds the chosen settings. */
public final class TunedConfig {
  private final Path file;

  private TunedConfig(Path file) {
    this.file = file;
  }

  /**
   * Checks the path of the file to write.
   *
   * @throws ConfigProblems where it cannot be written
   */
  public static TunedConfig at(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
      throw new ConfigProblems(
          List.of(
              "--out must be a file in a directory that exists and may be written, got '%s'"
                  .formatted(file)));
    }
    return new TunedConfig(file);
  }

  public Path file() {
    return file;
  }

  /**
   * Replaces the file as a whole.
   *
   * @param words comment on the settings and their figures, one line each
   */
  public void write(List<String> words, Map<String, Number> settings) {
    StringBuilder text = new StringBuilder();
    words.forEach(line -> text.append("# ").append(line).append('\n'));
    text.append("intent {\n");
    settings.forEach(
        (key, value) -> text.append(String.format(Locale.ROOT, "  %s = %s%n", key, value)));
    text.append("}\n");
    ConfigFactory.parseString(text.toString());
    try {
      Path aside = Files.createTempFile(file.toAbsolutePath().getParent(), ".tuned", ".conf");
      Files.writeString(aside, text);
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
