package dev.nightjar.pipeline;

import dev.nightjar.pipeline.cli.CommandLines;

/** Entry point of {@code scripts/nightjar} and of spark-submit. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(CommandLines.execute(arguments));
  }
}
