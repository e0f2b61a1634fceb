package dev.nightjar.demo;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts of a generated shop's rows, by the generator.
 *
 * @param rows lines of the event files, headers left out
 * @param events events that a night keeps, late ones included
 * @param purchases kept events that are purchases
 * @param lateRows kept events that are in the file of the next day
 * @param pushes lines of the push files
 * @param opens pushes opened before the end of the last day
 * @param rejected lines of the event files that a night refuses, by reason
 */
public record DemoSummary(
    long rows,
    long events,
    long purchases,
    long lateRows,
    long pushes,
    long opens,
    SortedMap<String, Long> rejected) {

  /** Reads the counts of the shop in {@code directory}. */
  public static DemoSummary read(Path directory) {
    Config counts = ConfigFactory.parseFile(directory.resolve(TruthFiles.COUNTS).toFile());
    SortedMap<String, Long> rejected = new TreeMap<>();
    Config reasons = counts.getConfig("rejected");
    for (String reason : reasons.root().keySet()) {
      rejected.put(reason, reasons.getLong(reason));
    }
    return new DemoSummary(
        counts.getLong("rows"),
        counts.getLong("events"),
        counts.getLong("purchases"),
        counts.getLong("late_rows"),
        counts.getLong("pushes"),
        counts.getLong("opens"),
        rejected);
  }
}
