package dev.nightjar.pipeline.stage;

import dev.nightjar.features.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a stage declares of itself.
 *
 * @param name what {@code --only} calls it
 * @param title what it does, in the words of the console
 * @param reads all that it reads of the warehouse
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

  /** A stage that reads and writes nothing yet. */
  public static StageSpec of(String name, String title) {
    return new StageSpec(name, title, List.of(), List.of(), List.of());
  }

  /** Reads these. */
  public StageSpec reading(List<Read> all) {
    return new StageSpec(name, title, all, writes, configSections);
  }

  /** Writes these tables, after what it writes already. */
  public StageSpec writing(Table... tables) {
    return writing(
        Arrays.stream(tables).map(table -> new Stage.Output(table.name(), Optional.of(table))));
  }

  /** Writes this model, after what it writes already. */
  public StageSpec writingModel(String model) {
    return writing(Stream.of(new Stage.Output(model, Optional.empty())));
  }

  private StageSpec writing(Stream<Stage.Output> more) {
    return new StageSpec(
        name, title, reads, Stream.concat(writes.stream(), more).toList(), configSections);
  }

  /** Depends on these config sections, beside those it depends on already. */
  public StageSpec dependingOn(String... sections) {
    return new StageSpec(
        name,
        title,
        reads,
        writes,
        Stream.concat(configSections.stream(), Arrays.stream(sections)).toList());
  }
}
