package dev.nightjar.pipeline.stage;

import dev.nightjar.features.catalog.CheckedInputs;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourcesConfig;
import dev.nightjar.pipeline.settings.Digests;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a night reads its inputs, apart from where they are. What a file refuses depends on it, so a
 * file that the ledger has by another mapping is one that it does not have.
 *
 * @param digest of the mappings, their formats and the words that are no user
 */
record ReadWith(String digest) {
  private static final int LENGTH = 12;

  static ReadWith of(SourcesConfig sources, CleanConfig clean) {
    String text =
        CheckedInputs.INPUTS.stream()
            .flatMap(table -> sources.of(table).stream())
            .map(ReadWith::text)
            .collect(Collectors.joining("\n", clean.notAUser() + "\n", ""));
    return new ReadWith(Digests.sha256(text, LENGTH));
  }

  private static String text(SourceConfig source) {
    return String.join(
        " ",
        source.table().key(),
        source.format(),
        source.sourceColumns().toString(),
        new TreeMap<>(source.options()).toString(),
        new TreeMap<>(source.columns()).toString());
  }

  /** The stamps with how their files are read. */
  Map<String, String> mark(Map<String, String> stamps) {
    Map<String, String> marked = new TreeMap<>();
    stamps.forEach((path, stamp) -> marked.put(path, marked(stamp)));
    return marked;
  }

  /** Of marked stamps those of files that were read in the same way, without the mark. */
  Map<String, String> same(Map<String, String> marked) {
    Map<String, String> same = new TreeMap<>();
    marked.forEach(
        (path, stamp) -> {
          String bare = stamp.split(" ", 2)[0];
          if (stamp.equals(marked(bare))) {
            same.put(path, bare);
          }
        });
    return same;
  }

  private String marked(String stamp) {
    return stamp + " " + digest;
  }
}
