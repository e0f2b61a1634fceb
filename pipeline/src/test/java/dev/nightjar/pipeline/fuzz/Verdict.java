package dev.nightjar.pipeline.fuzz;

import dev.nightjar.features.source.InputTable;
import dev.nightjar.pipeline.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is wrong with a night that read a spoilt file. */
record Verdict(FuzzShop shop, FuzzNight night, FuzzShop.RawFile spoilt) {
  private static final int DONE = 0;
  private static final int CONFIG = 2;
  private static final int DATA = 3;
  private static final List<String> TRACES =
      List.of("Exception", "Error:", "at org.", "at dev.", "at java.", "Caused by");

  /**
   * The faults of a night; {@code good} are the files of the root as the last good night left them.
   */
  List<String> of(CommandLineRun run, String text, Map<String, String> good) throws IOException {
    List<String> faults = new ArrayList<>();
    switch (run.code()) {
      case DONE -> {
        if (!run.error().isEmpty()) {
          faults.add("exit 0 and " + run.error());
        }
        faults.addAll(miscounted(text));
      }
      case CONFIG, DATA -> {
        faults.addAll(badLines(run));
        faults.addAll(lost(good));
      }
      default -> faults.add(run.toString());
    }
    TRACES.stream()
        .filter(run.toString()::contains)
        .forEach(trace -> faults.add("'" + trace + "' on the console: " + run));
    if (RawText.marks(run.toString()) > 0) {
      faults.add("a row is shown: " + run);
    }
    return faults;
  }

  private List<String> miscounted(String text) throws IOException {
    boolean areEvents = spoilt.input() == InputTable.EVENTS;
    int found = areEvents ? night.events() : night.others(spoilt);
    int rows = 0;
    for (FuzzShop.RawFile file : shop.files()) {
      if (areEvents ? file.input() == InputTable.EVENTS : file.equals(spoilt)) {
        boolean isSpoilt = file.equals(spoilt);
        String whole = isSpoilt ? text : RawText.of(Files.readAllBytes(file.path()));
        rows += file.form().rows(whole, FuzzShop.ROWS);
      }
    }
    return rows == found
        ? List.of()
        : List.of("%d rows, of which %d are kept or refused".formatted(rows, found));
  }

  /** One line; where the mapping fits no file, one for each of its columns. */
  private static List<String> badLines(CommandLineRun run) {
    List<String> lines = run.error().lines().toList();
    boolean isOne = lines.size() == 1 || (run.code() == CONFIG && !lines.isEmpty());
    boolean areOurs = lines.stream().allMatch(line -> line.startsWith("nightjar: "));
    return isOne && areOurs ? List.of() : List.of("not one line: " + run);
  }

  /** Files of the last good night that are gone or changed. */
  private List<String> lost(Map<String, String> good) throws IOException {
    Map<String, String> now = night.files();
    List<String> lost = new ArrayList<>();
    good.forEach(
        (name, digest) -> {
          if (!digest.equals(now.get(name))) {
            lost.add(name + " of the last good night is gone or changed");
          }
        });
    return lost;
  }
}
