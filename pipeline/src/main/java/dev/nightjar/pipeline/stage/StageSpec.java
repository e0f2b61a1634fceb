package dev.nightjar.pipeline.stage;

import dev.nightjar.features.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The declaration of a stage.
 *
 * @param name as in {@code --only}
 * @param title what it does, as printed on the console
 * @param reads everything that it reads from the warehouse
 * @param writes tables and models that it writes for the date, in the order it writes them
 * @param configSections paths of the config sections that its rows depend on
 */
public record StageSpec(
    String name,
    String title,
    List<Read> reads,
    List<Stage.Output> writes,
    List<String> configSections) {
  public StageSpec {
    reads = List.copyOf(reads);
    writes = List.copyOf(writes);
    configSections = List.copyOf(configSections);
  }

  /** Starts a declaration, without inputs and outputs. */
  public static StageSpec of(String name, String title) {
    return new StageSpec(name, title, List.of(), List.of(), List.of());
  }

  /** Sets the inputs. */
  public StageSpec reading(List<Read> all) {
    return new StageSpec(name, title, all, writes, configSections);
  }

  /** Adds tables to the outputs. */
  public StageSpec writing(Table... tables) {
    return writing(
        Arrays.stream(tables).map(table -> new Stage.Output(table.name(), Optional.of(table))));
  }

  /** Adds a model to the outputs. */
  public StageSpec writingModel(String model) {
    return writing(Stream.of(new Stage.Output(model, Optional.empty())));
  }

  private StageSpec writing(Stream<Stage.Output> more) {
    return new StageSpec(
        name, title, reads, Stream.concat(writes.stream(), more).toList(), configSections);
  }

  /** Adds config sections that its rows depend on. */
  public StageSpec dependingOn(String... sections) {
    return new StageSpec(
        name,
        title,
        reads,
        writes,
        Stream.concat(configSections.stream(), Arrays.stream(sections)).toList());
  }
}
