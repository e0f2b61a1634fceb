package dev.nightjar.pipeline.stage;

import dev.nightjar.features.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a stage writes.
 *
 * @param name of the table or model
 * @param table the declaration of a table; nothing for a model
 */
public record Output(String name, Optional<Table> table) {
  /** A table. */
  public static Output of(Table table) {
    return new Output(table.name(), Optional.of(table));
  }

  /** Tables, in the order they are written. */
  public static List<Output> tables(Table... tables) {
    return Arrays.stream(tables).map(Output::of).toList();
  }

  /** A model. */
  public static Output model(String name) {
    return new Output(name, Optional.empty());
  }
}
