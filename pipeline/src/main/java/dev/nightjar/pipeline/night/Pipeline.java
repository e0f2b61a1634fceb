package dev.nightjar.pipeline.night;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourceReader;
import dev.nightjar.features.table.RejectedRows;
import dev.nightjar.features.table.Table;
import dev.nightjar.pipeline.settings.Settings;
import dev.nightjar.pipeline.settings.SparkSessions;
import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.warehouse.Layout;
import dev.nightjar.pipeline.warehouse.Storage;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.table.SendHours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** An open warehouse with the stages that fill it. */
public final class Pipeline implements AutoCloseable {
  private final Settings settings;
  private final SparkSession spark;
  private final boolean ownsSession;
  private final Warehouse warehouse;
  private final List<Stage> stages;
  private final String checkpoints = Layout.CHECKPOINTS + "/" + Layout.newRun();

  private Pipeline(Settings settings, boolean ownsSession, Warehouse warehouse) {
    this.settings = settings;
    this.spark = warehouse.spark();
    this.ownsSession = ownsSession;
    this.warehouse = warehouse;
    this.stages = Nightly.stages(settings, spark);
  }

  /** Opens a root with a Spark session: the process's own where there is one, else a new one. */
  public static Pipeline open(Settings settings, String root) {
    boolean ownsSession = SparkSession.getDefaultSession().isEmpty();
    SparkSession spark = SparkSessions.open(settings.raw().getConfig("spark.conf"));
    Storage storage = Storage.open(root, spark.sparkContext().hadoopConfiguration());
    return new Pipeline(settings, ownsSession, new Warehouse(spark, storage));
  }

  /**
   * The same nights under other settings, in a separate root: what they do not write themselves
   * they read from this one.
   */
  public Pipeline below(Settings other, String root) {
    Storage storage = Storage.open(root, spark.sparkContext().hadoopConfiguration());
    return new Pipeline(other, false, warehouse.below(storage));
  }

  public Settings settings() {
    return settings;
  }

  public Warehouse warehouse() {
    return warehouse;
  }

  public SparkSession spark() {
    return spark;
  }

  /** Every stage, in order. */
  public List<Stage> stages() {
    return stages;
  }

  /** Names of all tables and models, in the order they are written. */
  public List<String> tables() {
    return stages.stream()
        .flatMap(stage -> stage.writes().stream())
        .map(output -> output.table().map(table -> table.whole().name()).orElse(output.name()))
        .distinct()
        .toList();
  }

  /** The schema of a table; nothing for a model or an unknown name. */
  public Optional<Table> table(String name) {
    return Nightly.tables(stages).stream().filter(table -> table.name().equals(name)).findFirst();
  }

  /**
   * Whether there may be events for a day: a source with one file per day must have the file of
   * that day; any other source may hold any day.
   */
  public boolean hasEvents(LocalDate date) {
    SourceConfig events = settings.sources().events();
    return !events.isDated() || !SourceReader.files(spark, events, date, date).isEmpty();
  }

  /**
   * Runs some of the stages, in order.
   *
   * @throws dev.nightjar.features.DataException where another night is running in the root
   */
  public List<StageOutcome> run(
      LocalDate date, List<Stage> chosen, boolean force, StageRunner.Listener listener) {
    warehouse.storage().requireWritable();
    String configured = settings.spark().checkpointDir();
    spark
        .sparkContext()
        .setCheckpointDir(
            configured.isEmpty() ? warehouse.storage().path(checkpoints) : configured);
    StageRunner runner = new StageRunner(warehouse, settings.raw(), listener);
    return warehouse.storage().alone(() -> runner.run(chosen, date, force));
  }

  /**
   * Removes superseded runs, refused rows that are too old, and lists that are long before the last
   * ones, which stay however old they are.
   *
   * @return paths removed, relative to the root
   * @throws dev.nightjar.features.DataException where a night is running in the root
   */
  public List<String> vacuum(boolean dryRun) {
    Instant before = Instant.now().minus(Duration.ofDays(settings.vacuum().keepDays()));
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    Map<Table, LocalDate> keptFrom = new HashMap<>();
    keptFrom.put(RejectedRows.TABLE, today.minusDays(settings.vacuum().rejectedDays()));
    for (Table list : List.of(Candidates.TABLE, RankedItems.TABLE, SendHours.TABLE)) {
      warehouse.dates(list.name()).stream()
          .max(Comparator.naturalOrder())
          .ifPresent(last -> keptFrom.put(list, last.minusDays(settings.vacuum().listDays())));
    }
    return warehouse
        .storage()
        .alone(
            () -> {
              if (!dryRun) {
                warehouse.finishCommits();
              }
              return warehouse.vacuum(before, keptFrom, dryRun);
            });
  }

  @Override
  public void close() {
    if (ownsSession) {
      spark.stop();
    }
    warehouse.storage().delete(checkpoints);
  }
}
