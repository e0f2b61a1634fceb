package dev.nightjar.pipeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is thrown becomes a line and an exit code. */
class ErrorsTest {
  @Test
  void tooLittleMemoryIsToldThoughItIsNoException() {
    PrintStream error = System.err;
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    int code;
    try {
      System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
      code =
          CommandLines.guarded(
              () -> {
                throw new OutOfMemoryError("Java heap space");
              });
    } finally {
      System.setErr(error);
    }
    String text = told.toString(StandardCharsets.UTF_8);
    assertEquals(Errors.DATA, code, text);
    assertEquals(1, text.lines().count(), text);
    assertTrue(text.contains("is too small (Java heap space)"), text);
    assertTrue(text.contains("NIGHTJAR_HEAP"), text);
  }

  @Test
  void aFullDiskIsToldWhateverItWasTakenFor() {
    IOException full = new IOException("No space left on device");
    Errors.Told told =
        Errors.tell(
            new DataException("the root cannot be written", new UncheckedIOException(full)), "log");
    assertEquals(Errors.DATA, told.code());
    assertTrue(told.lines().get(0).contains("the disk is full"), told.toString());
  }

  @Test
  void whatNoOneForesawIsABugWithItsLog() {
    Errors.Told told = Errors.tell(new IllegalStateException("odd\nthing"), "night.log");
    assertEquals(Errors.BUG, told.code());
    assertEquals(1, told.lines().size());
    assertTrue(told.lines().get(0).contains("odd thing"), told.toString());
    assertTrue(told.lines().get(0).contains("night.log"), told.toString());
  }
}
