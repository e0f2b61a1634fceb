package dev.nightjar.pipeline.stage;

import dev.nightjar.features.table.Table;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a night: reads tables, writes tables, keeps nothing in between. It gets only what it
 * declares, takes the date as an argument and never asks the clock.
 */
public interface Stage {
  /** What {@code --only} calls it. */
  String name();

  /** What it does, in the words of the console. */
  String title();

  /** Tables and models it writes for the date, in the order it writes them. */
  List<Output> writes();

  /** All that it reads of the warehouse. */
  List<Read> reads();

  /** Paths of the config sections that its rows depend on. */
  List<String> configSections();

  /** Stamps of the source files that its rows depend on, by path. */
  default Map<String, String> sourceStamps(LocalDate date) {
    return Map.of();
  }

  /** Whether what was written under the fingerprint of {@code out} is still valid. */
  default boolean isDone(StageInputs in, StageOutputs out, LocalDate date) {
    return writes().stream().allMatch(output -> out.isCurrent(output.name(), date));
  }

  /**
   * Computes and writes.
   *
   * @param in what {@link #reads} declares
   * @param out takes what {@link #writes} declares
   * @return what a person should know: warnings, one line each
   */
  List<String> run(StageInputs in, StageOutputs out, LocalDate date);

  /** Whether it writes a table or model of that name. */
  default boolean writes(String name) {
    return writes().stream().anyMatch(output -> output.name().equals(name));
  }

  /**
   * What a stage writes.
   *
   * @param name of the table or model
   * @param table the declaration of a table; nothing for a model
   */
  record Output(String name, Optional<Table> table) {
    /** Tables, in the order they are written. */
    public static List<Output> tables(Table... tables) {
      return Arrays.stream(tables)
          .map(table -> new Output(table.name(), Optional.of(table)))
          .toList();
    }

    /** A model. */
    public static Output model(String name) {
      return new Output(name, Optional.empty());
    }
  }
}
