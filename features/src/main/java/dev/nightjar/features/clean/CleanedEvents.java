package dev.nightjar.features.clean;

import dev.nightjar.features.Steps;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.refuse.RowCounter;
import dev.nightjar.features.refuse.RuleCounts;
import dev.nightjar.features.refuse.Rules;
import dev.nightjar.features.source.InputTable;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Events as {@link EventCleaner} checked them, computed once and kept until {@link #close()}. */
public final class CleanedEvents implements AutoCloseable {
  /** Of the other reasons the run report counts the rows; this one says that a file is broken. */
  private static final Rules NOTED = new Rules(InputTable.EVENTS, List.of(Rules.malformed()));

  private final Dataset<Row> checked;

  private CleanedEvents(Dataset<Row> checked) {
    this.checked = checked.persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** As {@link EventCleaner#check}. */
  public static CleanedEvents of(
      Dataset<Row> mapped,
      List<LocalDate> days,
      LocalDate night,
      ShopConfig shop,
      CleanConfig clean) {
    return new CleanedEvents(EventCleaner.check(mapped, days, night, shop, clean));
  }

  /** Counts them in one job, the first over them. */
  public RuleCounts count() {
    return Steps.step(
        checked.sparkSession().sparkContext(),
        "check and count",
        () -> RowCounter.counted(EventCleaner.summary(checked)));
  }

  /** {@link EventCleaner#kept}. */
  public Dataset<Row> kept() {
    return EventCleaner.kept(checked);
  }

  /** {@link EventCleaner#rejected}. */
  public Dataset<Row> rejected() {
    return EventCleaner.rejected(checked);
  }

  /** What a person should know of their counts: how many rows could not be split. */
  public static List<String> notes(RuleCounts counts) {
    return counts.notes(NOTED);
  }

  @Override
  public void close() {
    checked.unpersist();
  }
}
