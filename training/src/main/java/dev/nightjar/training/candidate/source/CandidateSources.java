package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.learning.CandidateConfig;
import dev.nightjar.training.candidate.learning.CandidateSource;
import java.util.Comparator;
import java.util.List;

/** The registry of sources: a new one is a class and a line here. */
public final class CandidateSources {
  /** Every source, in the order of the score columns. */
  public static final List<CandidateSource> ALL =
      List.of(
          new RepeatSource(),
          new AbandonedSource(),
          new AlsSource(),
          new ItemItemSource(),
          new UserUserSource(),
          new ComplementSource(),
          new RulesSource(),
          new ContentSource(),
          new PopularSource(),
          new TrendingSource());

  /** Version of the table of candidates: raised when a source is added or removed. */
  public static final int VERSION = 2;

  private CandidateSources() {}

  /** Names of all sources, in the order of the score columns. */
  public static List<String> names() {
    return ALL.stream().map(CandidateSource::name).toList();
  }

  /** The sources that are on, in the order of the score columns. */
  public static List<CandidateSource> on(CandidateConfig config) {
    return ALL.stream().filter(source -> config.items(source.name()) > 0).toList();
  }

  /** Names of the sources that are on, in the order of the score columns. */
  public static List<String> namesOn(CandidateConfig config) {
    return on(config).stream().map(CandidateSource::name).toList();
  }

  /** The sources that name an item of the user, the most direct evidence first. */
  public static List<CandidateSource> byLink() {
    return ALL.stream()
        .filter(source -> source.link().isPresent())
        .sorted(Comparator.comparing(source -> source.link().orElseThrow().kind()))
        .toList();
  }

  /** The sources that have words of their own, the strongest basis first. */
  public static List<CandidateSource> byWords() {
    return ALL.stream()
        .filter(source -> source.words().isPresent())
        .sorted(Comparator.comparing(source -> source.words().orElseThrow().basis()))
        .toList();
  }
}
