package dev.nightjar.features.clean;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.features.config.Configs;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourceFile;
import dev.nightjar.features.source.SourcesConfig;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a day can be made again from the files of now. The night is 2026-03-10. */
class EventDaysTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 10);

  @ParameterizedTest
  @CsvSource({
    // its own file, one of its own files, that of the day before or of a late day is gone
    "2026-03-09, /a/2026-03-09.csv, /a/2026-03-10.csv, true",
    "2026-03-09, /a/2026-03-09.csv /b/2026-03-09.csv, /a/2026-03-09.csv, true",
    "2026-03-09, /a/2026-03-08.csv /a/2026-03-09.csv, /a/2026-03-09.csv, true",
    "2026-03-09, /a/2026-03-09.csv /a/2026-03-10.csv, /a/2026-03-09.csv, true",
    // nothing is, or it was packed, moved or has others beside it
    "2026-03-09, /a/2026-03-09.csv, /a/2026-03-09.csv, false",
    "2026-03-09, /a/2026-03-09.csv, /a/2026-03-09.csv.gz, false",
    "2026-03-09, /a/2026-03-09.csv, /new/2026-03-09.csv /new/2026-03-10.csv, false",
    // a night that is run again does not read the files of later days
    "2026-03-10, /a/2026-03-10.csv /a/2026-03-11.csv, /a/2026-03-10.csv, false",
    "2026-03-10, /a/2026-03-10.csv /a/2026-03-11.csv, /a/2026-03-09.csv, true",
    // files of another pattern are taken for its own
    "2026-03-09, /a/of-yesterday.csv /a/of-today.csv, /a/2026-03-09.csv, true"
  })
  void aDayHasLostAFileWhereThereAreFewerOfOneOfItsDays(
      LocalDate day, String cleaned, String now, boolean hasLost) {
    SourceConfig source = source("{date}.csv*");
    EventDays days =
        EventDays.of(
            source,
            Arrays.stream(now.split(" "))
                .map(path -> new SourceFile(path, 1, 1, Optional.of(day(path))))
                .toList(),
            NIGHT,
            Configs.of(CleanConfig.class, "clean"));
    assertEquals(hasLost, days.hasLost(day, Set.of(cleaned.split(" ")), source, NIGHT));
  }

  private static LocalDate day(String path) {
    return LocalDate.parse(path.replaceAll(".*(\\d{4}-\\d{2}-\\d{2}).*", "$1"));
  }

  private static SourceConfig source(String file) {
    SourcesConfig sources =
        SourcesConfig.from(
            Configs.section(
                "sources",
                "events { path = \"/a/"
                    + file
                    + "\", columns { user_id = u, event_type = t, event_time = at } }"));
    return sources.of(InputTable.EVENTS).orElseThrow();
  }
}
