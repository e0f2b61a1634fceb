package dev.nightjar.pipeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is terminated says so during a night, and only then. */
class StopNoticeTest {
  private static final int SIGTERM = 143;

  @TempDir Path directory;

  /** A stand-in for a night without Spark; with an argument, for a command after its night. */
  static final class Sleeper {
    public static void main(String[] arguments) throws InterruptedException {
      StopNotice notice = StopNotice.arm();
      if (arguments.length > 0) {
        notice.disarm();
      }
      System.out.println("ready");
      Thread.sleep(60_000);
    }
  }

  @Test
  void aSignalDuringANightIsReportedOnce() throws Exception {
    String error = errorOfStopped();
    assertEquals(
        1, error.lines().filter(line -> line.startsWith("nightjar: stopped by")).count(), error);
    assertTrue(error.contains("run again to continue"), error);
  }

  @Test
  void aSignalAfterANightIsNot() throws Exception {
    assertEquals("", errorOfStopped("over"));
  }

  private String errorOfStopped(String... arguments) throws IOException, InterruptedException {
    Path error = directory.resolve("error");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            Sleeper.class.getName());
    builder.command().addAll(List.of(arguments));
    Process process = builder.redirectError(error.toFile()).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("ready", out.readLine());
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(SIGTERM, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(error);
  }
}
