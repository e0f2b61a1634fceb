package dev.nightjar.pipeline.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Largest resident size of this process, where the system reports it (Linux, proc(5)). */
public final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  /** Linux's code for: reset the largest resident size. */
  private static final String FORGET = "5";

  private PeakMemory() {}

  /**
   * In MB, since the process began or {@link #forget()}; empty where the system does not report it.
   */
  public static OptionalLong megabytes() {
    if (!Files.isReadable(STATUS)) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .findFirst();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Resets the peak; where the system refuses, it stays that of the process so far. */
  public static void forget() {
    try {
      if (Files.isWritable(CLEAR)) {
        Files.writeString(CLEAR, FORGET);
      }
    } catch (IOException notAllowed) {
      // a container may forbid it; the larger figure is then the best there is
      return;
    }
  }
}
