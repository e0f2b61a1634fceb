package dev.nightjar.pipeline.cli;

import dev.nightjar.pipeline.cli.print.Console;
import dev.nightjar.pipeline.night.Pipeline;
import dev.nightjar.pipeline.warehouse.Manifest;
import dev.nightjar.pipeline.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code nightjar status}. */
@Command(
    name = "status",
    description = "Lists the tables of a warehouse: days written, rows and age of the last one.",
    footer = {"", "Example:", "  nightjar status --root demo"})
final class StatusCommand extends NightCommand {
  @Override
  int work() {
    try (Pipeline pipeline = open()) {
      Warehouse warehouse = pipeline.warehouse();
      List<List<String>> rows = new ArrayList<>();
      for (String table : pipeline.tables()) {
        List<LocalDate> dates = warehouse.dates(table);
        List<Manifest> last =
            dates.isEmpty() ? List.of() : warehouse.manifests(table, dates.get(dates.size() - 1));
        rows.add(
            List.of(
                table,
                Console.count(dates.size()),
                dates.isEmpty() ? "-" : dates.get(0).toString(),
                last.isEmpty() ? "-" : last.get(0).date(),
                last.isEmpty() ? "" : Console.count(rows(last)),
                last.isEmpty() ? "" : Console.seconds(seconds(last))));
      }
      console.line("Warehouse %s", warehouse.storage().display("."));
      if (rows.stream().allMatch(row -> row.get(1).equals("0"))) {
        console.line("  nothing is written here; run a night first, or pass the right --root");
        return Errors.DONE;
      }
      console.table(List.of("table", "days", "first", "last", "rows of last", "stage s"), rows);
    }
    return Errors.DONE;
  }

  private static long rows(List<Manifest> parts) {
    return parts.stream().mapToLong(Manifest::rows).sum();
  }

  /** For a table in parts, the longest stage: several parts may be written by one stage. */
  private static double seconds(List<Manifest> parts) {
    return parts.stream().mapToDouble(Manifest::seconds).max().orElse(0);
  }
}
