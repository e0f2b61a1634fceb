package dev.nightjar.pipeline.stage;

import dev.nightjar.features.DataException;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.clean.EventCleaner;
import dev.nightjar.features.clean.RejectReason;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourceReader;
import dev.nightjar.features.source.SourcesConfig;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.RejectedEvents;
import dev.nightjar.features.table.Table;
import dev.nightjar.pipeline.warehouse.Manifest;
import dev.nightjar.pipeline.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Reads the shop's events, keeps the sound rows and tells why the others were refused.
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
    return Output.tables(CleanEvents.TABLE, RejectedEvents.TABLE);
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
      CleanCounts counts = CleanCounts.of(checked);
      if (due.days().contains(date)) {
        requireEvents(counts, date);
        requireFewRejects(counts.on(date), "of " + date);
      }
      requireFewRejects(counts, "of the " + due.days().size() + " days read");
      Publication publication = new Publication(out, due, counts);
      // What was kept comes last: its manifests say which days are done.
      publication.publish(RejectedEvents.TABLE, EventCleaner.rejected(checked), false);
      publication.publish(CleanEvents.TABLE, EventCleaner.kept(checked), true);
      return warnings(counts);
    } finally {
      checked.unpersist();
    }
  }

  private void requireEvents(CleanCounts counts, LocalDate date) {
    if (counts.on(date).total() == 0 && !mayBeClosed) {
      throw new DataException(
          "there are no events for %s: the source %s has no row of that day; a night needs the events of its day: check the source, give another date, or --set run.allow_closed_day=true if the shop was closed"
              .formatted(date, sources.events().path()));
    }
  }

  private void requireFewRejects(CleanCounts counts, String which) {
    double share = counts.total() == 0 ? 0 : (double) counts.refused() / counts.total();
    if (share > clean.maxRejectShare()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%,d of %,d rows %s are refused, a share of %.3f; clean.max_reject_share is %s: %s; mend the source, or raise the limit if this shop's log is like that",
              counts.refused(),
              counts.total(),
              which,
              share,
              clean.maxRejectShare(),
              counts.reasons().stream()
                  .limit(3)
                  .map(reason -> reasonWithExample(counts, reason))
                  .collect(Collectors.joining("; "))));
    }
  }

  private static String reasonWithExample(CleanCounts counts, Map.Entry<String, Long> reason) {
    return String.format(
        Locale.ROOT,
        "%s %,d, such as %s",
        reason.getKey(),
        reason.getValue(),
        counts.example(reason.getKey()).example());
  }

  private static List<String> warnings(CleanCounts counts) {
    String malformed = RejectReason.MALFORMED_ROW.code();
    return counts.reasons().stream()
        .filter(reason -> reason.getKey().equals(malformed))
        .map(
            reason ->
                String.format(
                    Locale.ROOT,
                    "%,d rows cannot be split into their columns, such as one of %s: is the file cut short? They are in rejected_events",
                    reason.getValue(),
                    counts.example(malformed).source()))
        .toList();
  }

  /** Writes the days whose rows differ from what stands, and lets the others stand. */
  private record Publication(StageOutputs out, CleanDays due, CleanCounts counts) {

    void publish(Table table, Dataset<Row> rows, boolean isKept) {
      List<Warehouse.DayRows> changed = new ArrayList<>();
      for (LocalDate day : due.days()) {
        CleanCounts.Cell sum = counts.sum(day, isKept);
        String digest = Long.toHexString(sum.digest());
        Optional<Manifest> standing =
            out.current(table.name(), day)
                .filter(known -> known.schemaVersion() == table.version())
                .filter(known -> known.contentDigest().equals(digest))
                .filter(known -> known.rows() == sum.rows());
        if (standing.isPresent()) {
          out.keep(standing.get(), due.stamps(day));
        } else {
          changed.add(new Warehouse.DayRows(day, sum.rows(), digest, due.stamps(day)));
        }
      }
      out.writeDays(table, EventCleaner.DAY, rows, changed);
    }
  }
}
