package dev.nightjar.training;

import dev.nightjar.features.config.Binder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a reader needs to know about a trained model before trusting it.
 *
 * @param model name of the model: {@code als}, {@code intent}, {@code timing}
 * @param dataFrom first day of data it saw, ISO
 * @param dataTo last day of data it saw, ISO
 * @param rows training rows by kind
 * @param settings settings it was trained with
 * @param seed seed of everything random
 * @param metrics held-out metrics by name
 * @param baselines the same metrics of each baseline, by its name
 * @param notes remarks for the reader, such as a fallback that was taken
 */
public record ModelCard(
    String model,
    String dataFrom,
    String dataTo,
    Map<String, Long> rows,
    Map<String, Object> settings,
    long seed,
    Map<String, Double> metrics,
    Map<String, Map<String, Double>> baselines,
    List<String> notes) {
  public ModelCard {
    Stream.of(model, rows, metrics, baselines, notes).forEach(Objects::requireNonNull);
  }

  /** The same card of a model that depends on other settings too. */
  public ModelCard withSettings(Map<String, Object> all) {
    return new ModelCard(model, dataFrom, dataTo, rows, all, seed, metrics, baselines, notes);
  }

  /** The same card with a first note. */
  public ModelCard withNote(String note) {
    return new ModelCard(
        model,
        dataFrom,
        dataTo,
        rows,
        settings,
        seed,
        metrics,
        baselines,
        Stream.concat(Stream.of(note), notes.stream()).toList());
  }

  /** Settings of a card by key, without the seed, which is a field of its own. */
  public static Map<String, Object> settings(Record config) {
    Map<String, Object> settings = Binder.settings(config);
    settings.remove("seed");
    return settings;
  }
}
