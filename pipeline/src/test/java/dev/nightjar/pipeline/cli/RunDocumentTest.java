package dev.nightjar.pipeline.cli;

import dev.nightjar.export.policy.PastPushes;
import dev.nightjar.export.policy.PushHistory;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.features.DataException;
import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.Configs;
import dev.nightjar.features.source.SourcesConfig;
import dev.nightjar.features.source.SourcesPage;
import dev.nightjar.features.source.SourcesPage.Outcome;
import dev.nightjar.features.table.PushLog;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.pipeline.stage.CatalogStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the table in docs/sources.md that need more than raw files. */
class RunDocumentTest {
  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicTest> everyLineOfTheTableThatIsAboutTheRunIsTrue() {
    return SourcesPage.tests(
        group -> group.equals("The run"),
        Map.of(
            "another input without a file from lookback_days before the night to the night",
            List.of(told(RunDocumentTest::readAnInputWithoutAFile)),
            "fewer than policy.min_logged_share of the last week's planned pushes in the push log",
            List.of(told(RunDocumentTest::readAPushLogOfOtherIds)),
            "a full disk",
            List.of(told(RunDocumentTest::fillTheDisk)),
            "a heap that is too small for the data",
            List.of(
                told(
                    () -> {
                      throw new OutOfMemoryError("Java heap space");
                    }))));
  }

  /** What the command line says of a failure. */
  private static ThrowingSupplier<Outcome> told(Executable night) {
    return () -> {
      try {
        night.execute();
        return new Outcome("read", List.of());
      } catch (Throwable thrown) {
        Errors.Report report = Errors.report(thrown, "night.log");
        return new Outcome("stops, exit " + report.code(), report.lines());
      }
    };
  }

  private static void readAnInputWithoutAFile() throws IOException {
    Files.createDirectories(folder.resolve("lists"));
    Files.writeString(folder.resolve("lists/2020-01-01.csv"), "u\nann\n");
    SourcesConfig sources =
        SourcesConfig.from(
            Configs.section(
                "sources",
                "suppressions { path = \"%s/lists/{date}.csv\", columns { user_id = u } }"
                    .formatted(folder)));
    new CatalogStage(
            TestSpark.session(), Configs.shop(), sources, Configs.of(CleanConfig.class, "clean"))
        .sourceStamps(LocalDate.of(2026, 3, 10));
  }

  private static void readAPushLogOfOtherIds() {
    Instant at = Instant.parse("2026-03-09T10:00:00Z");
    List<Row> planned = new ArrayList<>();
    for (int push = 0; push < 20; push++) {
      planned.add(
          TestRow.of(PushSchedule.TABLE)
              .set(PushSchedule.PUSH_ID, "p" + push)
              .set(PushSchedule.USER_ID, "ann")
              .set(PushSchedule.SEND_AT, at)
              .set(PushSchedule.VALID_UNTIL, at.plusSeconds(3600))
              .zeros()
              .row());
    }
    Row logged =
        TestRow.of(Pushes.TABLE)
            .set(Pushes.PUSH_ID, "of the mailer's own")
            .set(Pushes.USER_ID, "ann")
            .set(Pushes.SENT_AT, at.plusSeconds(7200))
            .row();
    PastPushes.requireLogged(
        new PushHistory(
            TestSpark.dataset(Pushes.SCHEMA, List.of(logged)),
            TestSpark.dataset(PushLog.SCHEMA, List.of()),
            TestSpark.dataset(PushSchedule.SCHEMA, planned)),
        0.2);
  }

  private static void fillTheDisk() {
    IOException full = new IOException("No space left on device");
    throw new DataException("the root cannot be written", new UncheckedIOException(full));
  }
}
