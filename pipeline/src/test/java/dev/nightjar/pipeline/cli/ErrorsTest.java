package dev.nightjar.pipeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.DataException;
import dev.nightjar.features.config.ConfigProblems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A failure becomes a line and an exit code. */
class ErrorsTest {
  @Test
  void tooLittleMemoryIsReportedThoughItIsNoException() {
    PrintStream error = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int code;
    try {
      System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
      code =
          CommandLines.guarded(
              () -> {
                throw new OutOfMemoryError("Java heap space");
              });
    } finally {
      System.setErr(error);
    }
    String text = printed.toString(StandardCharsets.UTF_8);
    assertEquals(Errors.DATA, code, text);
    assertEquals(1, text.lines().count(), text);
    assertTrue(text.contains("is too small (Java heap space)"), text);
    assertTrue(text.contains("NIGHTJAR_HEAP"), text);
  }

  @Test
  void aFullDiskIsReportedHoweverItIsWrapped() {
    IOException full = new IOException("No space left on device");
    Errors.Report report =
        Errors.report(
            new DataException("the root cannot be written", new UncheckedIOException(full)), "log");
    assertEquals(Errors.DATA, report.code());
    assertTrue(report.lines().get(0).contains("the disk is full"), report.toString());
  }

  @Test
  void aConfigAtFaultIsExit2AndDataAtFaultAreExit3() {
    assertEquals(2, Errors.report(new ConfigProblems(List.of("no such key")), "log").code());
    assertEquals(3, Errors.report(new DataException("no such file"), "log").code());
  }

  @Test
  void anExpressionThatFailsOnARowIsDataAtFaultAndTheRowIsNotShown() {
    StackTraceElement frame =
        new StackTraceElement(
            "org.apache.spark.sql.catalyst.expressions.ToNumber", "eval", "numbers.scala", 1);
    IllegalArgumentException value = new IllegalArgumentException("secret is no number");
    value.setStackTrace(new StackTraceElement[] {frame});
    Errors.Report report = Errors.report(new IllegalStateException("a job failed", value), "log");
    assertEquals(Errors.DATA, report.code(), report.toString());
    assertTrue(report.lines().get(0).contains("(IllegalArgumentException)"), report.toString());
    assertFalse(report.toString().contains("secret"), report.toString());

    StackTraceElement own = new StackTraceElement("dev.nightjar.X", "call", "X.java", 1);
    value.setStackTrace(new StackTraceElement[] {own, frame});
    assertEquals(Errors.BUG, Errors.report(value, "log").code());
  }

  @Test
  void anythingElseIsABugWithItsLog() {
    Errors.Report report = Errors.report(new IllegalStateException("odd\nthing"), "night.log");
    assertEquals(Errors.BUG, report.code());
    assertEquals(1, report.lines().size());
    assertTrue(report.lines().get(0).contains("odd thing"), report.toString());
    assertTrue(report.lines().get(0).contains("night.log"), report.toString());
  }
}
