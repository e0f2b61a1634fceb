package dev.nightjar.features.catalog;

import dev.nightjar.features.Plural;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourceFile;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How old the newest file of an input is: a list that nobody delivers any more is not today's. */
public final class InputAge {
  private InputAge() {}

  /**
   * What is unusual about the age of an input.
   *
   * @param files of the input; one is as old as the day of its path, else as its last change
   * @param shop zone of the night's day
   */
  public static Optional<Unusual> of(
      SourceConfig source, List<SourceFile> files, LocalDate night, ZoneId shop) {
    return files.stream()
        .max(Comparator.comparing(file -> day(file, shop)))
        .filter(newest -> age(newest, night, shop) > source.maxAgeDays())
        .map(
            newest ->
                new Unusual(
                    source,
                    "the newest file of sources.%s, %s, is of %s, %s before the night; sources.%1$s.expect.max_age_days is %d"
                        .formatted(
                            source.table().key(),
                            newest.path(),
                            day(newest, shop),
                            Plural.of(age(newest, night, shop), "day"),
                            source.maxAgeDays())));
  }

  private static LocalDate day(SourceFile file, ZoneId shop) {
    return file.day()
        .orElseGet(() -> Instant.ofEpochMilli(file.modifiedMillis()).atZone(shop).toLocalDate());
  }

  private static long age(SourceFile file, LocalDate night, ZoneId shop) {
    return ChronoUnit.DAYS.between(day(file, shop), night);
  }
}
