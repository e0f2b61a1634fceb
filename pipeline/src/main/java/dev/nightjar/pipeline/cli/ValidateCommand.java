package dev.nightjar.pipeline.cli;

import dev.nightjar.features.DataException;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourceFile;
import dev.nightjar.features.source.SourceReader;
import dev.nightjar.pipeline.cli.print.Console;
import dev.nightjar.pipeline.night.Pipeline;
import dev.nightjar.pipeline.settings.ConfigText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightjar validate}. */
@Command(
    name = "validate",
    description = {
      "Checks the config, the sources, their mappings and the root before a night is run."
    },
    footer = {
      "",
      "Examples:",
      "  nightjar validate --conf conf/online-retail.conf --set data=DIR --date 2011-10-31",
      "  nightjar validate --conf shop.conf --print-config"
    })
final class ValidateCommand extends NightCommand {
  @Option(
      names = "--date",
      paramLabel = "D",
      description = "The night whose files must exist; default: any file will do.")
  LocalDate date;

  @Option(
      names = "--print-config",
      description = "Prints the whole config in force, without secrets.")
  boolean printConfig;

  @Override
  int work() {
    try (Pipeline pipeline = open()) {
      if (printConfig) {
        console.line(ConfigText.render(pipeline.settings().raw()));
      }
      pipeline.warehouse().storage().requireWritable();
      List<List<String>> rows = new ArrayList<>();
      for (Map.Entry<InputTable, SourceConfig> input :
          pipeline.settings().sources().inputs().entrySet()) {
        rows.add(check(pipeline, input.getKey(), input.getValue()));
      }
      console.table(List.of("input", "files", "MB", "first", "last", "mapping"), rows);
      console.line("  root %s can be written", pipeline.warehouse().storage().display("."));
    }
    return Errors.DONE;
  }

  private List<String> check(Pipeline pipeline, InputTable table, SourceConfig source) {
    LocalDate from =
        date == null ? LocalDate.of(1970, 1, 1) : date.minusDays(source.lookbackDays());
    LocalDate to = date == null ? LocalDate.of(9999, 12, 31) : date;
    List<SourceFile> files = SourceReader.files(pipeline.spark(), source, from, to);
    if (files.isEmpty()) {
      throw new DataException(
          "sources.%s.path %s has no file from %s to %s; check the path, --set data=DIR and --date"
              .formatted(table.key(), source.path(), from, to));
    }
    SourceReader.check(pipeline.spark(), source, files);
    List<String> days =
        files.stream().flatMap(f -> f.day().stream()).map(LocalDate::toString).toList();
    return List.of(
        table.key(),
        Console.count(files.size()),
        "%.1f".formatted(files.stream().mapToLong(SourceFile::length).sum() / 1e6),
        days.stream().min(String::compareTo).orElse("undated"),
        days.stream().max(String::compareTo).orElse("undated"),
        "good");
  }
}
