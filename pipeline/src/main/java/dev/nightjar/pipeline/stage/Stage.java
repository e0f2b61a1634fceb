package dev.nightjar.pipeline.stage;

import dev.nightjar.features.table.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a night: reads tables, writes tables, keeps no state. It can access only what it
 * declares, takes the date as an argument and never reads the clock.
 */
public interface Stage {
  /** Its name, inputs, outputs and settings. */
  StageSpec spec();

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

  /** {@link StageSpec#name}. */
  default String name() {
    return spec().name();
  }

  /** {@link StageSpec#reads}. */
  default List<Read> reads() {
    return spec().reads();
  }

  /** {@link StageSpec#writes}. */
  default List<Output> writes() {
    return spec().writes();
  }

  /** True where it writes a table or model of that name. */
  default boolean writes(String name) {
    return writes().stream().anyMatch(output -> output.name().equals(name));
  }

  /**
   * What a stage writes.
   *
   * @param name of the table or model
   * @param table the declaration of a table; nothing for a model
   */
  record Output(String name, Optional<Table> table) {}
}
