package dev.nightjar.features.catalog;

import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourceFile;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the files of the users say together.
 *
 * @param kind whether the newest file is the list of all users, or each holds changes
 * @param newest day of the newest file, whatever is in it; empty where no path names a day
 */
public record UserFiles(SourceConfig.Kind kind, Optional<LocalDate> newest) {
  /** Those of a shop that lists no users, or lists what changed. */
  public static final UserFiles CHANGES =
      new UserFiles(SourceConfig.Kind.CHANGES, Optional.empty());

  /** Those of a source. */
  public static UserFiles of(SourceConfig source, List<SourceFile> files) {
    return new UserFiles(
        source.whatFilesAre(),
        files.stream().flatMap(file -> file.day().stream()).max(Comparator.naturalOrder()));
  }

  /** Whether they are lists of all users. */
  boolean areLists() {
    return kind == SourceConfig.Kind.SNAPSHOT;
  }
}
