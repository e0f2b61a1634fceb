package dev.nightjar.pipeline;

import dev.nightjar.pipeline.cli.CommandLines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * One call of the command line, as the user sees it.
 *
 * @param code exit code
 * @param out what was printed
 * @param error what was printed to standard error
 */
public record CommandLineRun(int code, String out, String error) {
  public static CommandLineRun of(String... arguments) {
    PrintStream out = System.out;
    PrintStream error = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errorBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errorBytes, true, StandardCharsets.UTF_8));
      int code = CommandLines.execute(arguments);
      return new CommandLineRun(
          code,
          outBytes.toString(StandardCharsets.UTF_8),
          errorBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(error);
    }
  }

  @Override
  public String toString() {
    return "exit " + code + "\n" + out + "\n" + error;
  }
}
