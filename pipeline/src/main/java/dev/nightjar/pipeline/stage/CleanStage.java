package dev.nightjar.pipeline.stage;

import dev.nightjar.features.DataException;
import dev.nightjar.features.Plural;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.clean.EventCleaner;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.refuse.RuleCounts;
import dev.nightjar.features.refuse.Rules;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourceReader;
import dev.nightjar.features.source.SourcesConfig;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.RejectedRows;
import dev.nightjar.features.table.Table;
import dev.nightjar.pipeline.warehouse.DayRows;
import dev.nightjar.pipeline.warehouse.Manifest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Reads the shop's events, keeps the sound rows and says why the others were refused.
 *
 * @param mayBeClosed whether the night's own day may be without events
 */
public record CleanStage(
    SparkSession spark,
    ShopConfig shop,
    SourcesConfig sources,
    CleanConfig clean,
    boolean mayBeClosed)
    implements Stage {
  private static final Table REJECTED = RejectedRows.TABLE.part(InputTable.EVENTS.key());

  /** Of the other reasons the run report counts the rows; this one says that a file is broken. */
  private static final Rules NOTED = new Rules(InputTable.EVENTS, List.of(Rules.malformed()));

  @Override
  public String name() {
    return "clean";
  }

  @Override
  public String title() {
    return "read, check and clean the events";
  }

  @Override
  public List<Output> writes() {
    return Output.tables(CleanEvents.TABLE, REJECTED);
  }

  @Override
  public List<Read> reads() {
    return List.of();
  }

  @Override
  public List<String> configSections() {
    return List.of("shop", "sources.events", "clean");
  }

  @Override
  public boolean isDone(StageInputs in, StageOutputs out, LocalDate date) {
    return due(out, date).isEmpty();
  }

  private CleanDays due(StageOutputs out, LocalDate date) {
    SourceConfig events = sources.events();
    return CleanDays.due(
        events,
        SourceReader.files(spark, events, History.firstDay(clean, date), date),
        date,
        clean,
        mayBeClosed,
        new CleanDays.Written(out, CleanEvents.TABLE.name()),
        out.isForced());
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    CleanDays due = due(out, date);
    Dataset<Row> mapped =
        due.allFiles().isEmpty()
            ? SourceReader.none(spark, InputTable.EVENTS)
            : SourceReader.read(spark, sources.events(), due.allFiles());
    Dataset<Row> checked =
        EventCleaner.check(mapped, due.days(), date, shop, clean)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      RuleCounts counts = RuleCounts.of(EventCleaner.summary(checked));
      requireFewRefused(counts, due.days(), date);
      Publication publication = new Publication(out, due);
      // What was kept comes last: its manifests say which days are done.
      publication.publish(REJECTED, EventCleaner.rejected(checked), counts.refused());
      publication.publish(CleanEvents.TABLE, EventCleaner.kept(checked), counts.kept());
      return counts.notes(NOTED);
    } finally {
      checked.unpersist();
    }
  }

  private void requireFewRefused(RuleCounts counts, List<LocalDate> days, LocalDate date) {
    if (days.contains(date)) {
      requireEvents(counts, date);
      counts.on(date).requireFewRefused("sources.events of " + date, clean.maxRejectShare());
    }
    counts.requireFewRefused(
        "sources.events of the " + Plural.of(days.size(), "day") + " read", clean.maxRejectShare());
  }

  private void requireEvents(RuleCounts counts, LocalDate date) {
    if (counts.on(date).rows() == 0 && !mayBeClosed) {
      throw new DataException(
          "there are no events for %s: the source %s has no row of that day; a night needs the events of its day: check the source, give another date, or --set run.allow_closed_day=true if the shop was closed"
              .formatted(date, sources.events().path()));
    }
  }

  /** Writes the days whose rows differ from those in place, and leaves the others. */
  private record Publication(StageOutputs out, CleanDays due) {

    void publish(Table table, Dataset<Row> rows, RuleCounts counts) {
      List<DayRows> changed = new ArrayList<>();
      for (LocalDate day : due.days()) {
        RuleCounts ofDay = counts.on(day);
        Optional<Manifest> same =
            out.current(table.name(), day)
                .filter(known -> known.schemaVersion() == table.version())
                .filter(known -> known.contentDigest().equals(ofDay.digest()))
                .filter(known -> known.rows() == ofDay.rows());
        if (same.isPresent()) {
          out.keep(same.get(), due.stamps(day));
        } else {
          changed.add(new DayRows(day, ofDay.rows(), ofDay.digest(), due.stamps(day)));
        }
      }
      out.writeDays(table, Checked.DAY, rows, changed);
    }
  }
}
