package dev.nightjar.pipeline.stage;

import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.clean.CleanedEvents;
import dev.nightjar.features.clean.EventLimits;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.refuse.RuleCounts;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourceReader;
import dev.nightjar.features.source.SourcesConfig;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reads the shop's events, keeps the valid rows and records why the others were refused.
 *
 * @param mayBeClosed whether the night's own day may be without events
 */
public record CleanStage(
    ShopConfig shop, SourcesConfig sources, CleanConfig clean, boolean mayBeClosed)
    implements Stage {
  private static final Table REJECTED = Checked.rejectedTable(InputTable.EVENTS);

  @Override
  public StageSpec spec() {
    return StageSpec.of("clean", "read, check and clean the events")
        .writing(CleanEvents.TABLE, REJECTED)
        .dependingOn("shop", "sources.events", "clean");
  }

  @Override
  public boolean isDone(StageInputs in, StageOutputs out, LocalDate date) {
    return DueDays.find(limits(), clean, out, date).events().isEmpty();
  }

  private EventLimits limits() {
    return new EventLimits(sources.events(), clean, mayBeClosed);
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    DueDays due = DueDays.find(limits(), clean, out, date);
    List<LocalDate> days = due.events().days();
    List<String> notes = new ArrayList<>();
    Dataset<Row> mapped =
        SourceReader.read(in.spark(), sources.events(), due.events().allFiles(), notes::add);
    try (CleanedEvents events = CleanedEvents.of(mapped, days, date, shop, clean)) {
      RuleCounts counts = events.count();
      limits().requireSound(counts, days, date, mapped::count);
      DueDays whole = due.withoutCut(counts, REJECTED);
      // What was kept comes last: its manifests say which days are done.
      whole.publish(REJECTED, events.rejected(), counts.refused());
      whole.publish(CleanEvents.TABLE, events.kept(), counts.kept());
      notes.addAll(whole.notes());
      notes.addAll(CleanedEvents.notes(counts));
      return notes;
    }
  }
}
