package dev.nightjar.features.catalog;

import dev.nightjar.features.DataException;
import dev.nightjar.features.source.SourceConfig;
import java.util.List;

/**
 * Something about an input that its {@code expect} says is unusual.
 *
 * @param source the input
 * @param words what, the value and the rule
 */
public record Unusual(SourceConfig source, String words) {
  /**
   * Stops a night one of whose inputs may not be unusual.
   *
   * @return the others, as a person should know of them
   */
  public static List<String> require(List<Unusual> found) {
    List<Unusual> stopping = found.stream().filter(unusual -> unusual.source().stops()).toList();
    if (!stopping.isEmpty()) {
      throw new DataException(
          String.join("; ", stopping.stream().map(Unusual::words).toList())
              + "; deliver a good file, or where this one is right run the night once with --set sources."
              + stopping.get(0).source().table().key()
              + ".expect.otherwise=warn");
    }
    return found.stream().map(unusual -> "unusual: " + unusual.words()).toList();
  }
}
