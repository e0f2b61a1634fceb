package dev.nightjar.pipeline.tune;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.DataException;
import dev.nightjar.features.FeatureConfig;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.pipeline.stage.History;
import dev.nightjar.pipeline.stage.Read;
import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.stage.StageInputs;
import dev.nightjar.pipeline.stage.StageOutputs;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.training.tune.TuneMatrices;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Labelled candidates of earlier moments, for {@code tune}; no part of a night. One directory of
 * Parquet an anchor, named by its date.
 *
 * @param most anchors at the most
 */
public record TuneMatrixStage(
    ShopConfig shop, CleanConfig clean, FeatureConfig features, TuneMatrices matrices, int most)
    implements Stage {
  private static final String MATRICES = "tune_matrices";
  private static final String ANCHOR = "anchor-";
  private static final int FEWEST = 3;

  @Override
  public String name() {
    return "matrices";
  }

  @Override
  public String title() {
    return "what was known and what came of it";
  }

  @Override
  public List<Output> writes() {
    return List.of(Output.model(MATRICES));
  }

  @Override
  public List<Read> reads() {
    return History.reads(clean);
  }

  @Override
  public List<String> configSections() {
    return List.of(
        "shop",
        "clean.history_days",
        "features",
        "als",
        "candidates",
        "intent.horizon_days",
        "intent.min_history_days",
        "intent.seed",
        "tune.max_users",
        "tune.seed");
  }

  @Override
  public boolean isDone(StageInputs in, StageOutputs out, LocalDate date) {
    return Stage.super.isDone(in, out, date)
        && anchors(out.files(MATRICES)).size() >= anchors(in, date).size();
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    List<AsOf> anchors = anchors(in, date);
    if (anchors.size() < FEWEST) {
      throw new DataException(
          "tune needs %d anchors of %d days and %d days of history before the oldest, the history up to %s holds %d; take a later --date or a shorter intent.horizon_days"
              .formatted(
                  FEWEST,
                  horizonDays(),
                  matrices.intent().getInt("min_history_days"),
                  date,
                  anchors.size()));
    }
    try (History history = History.read(in, date, shop, clean).kept()) {
      out.writeModel(
          MATRICES,
          directory ->
              anchors.forEach(
                  anchor ->
                      matrices.build(
                          history.snapshotAt(anchor, features),
                          history.events(),
                          rows -> rows.write().parquet(directory + "/" + ANCHOR + anchor.date()))));
    }
    return List.of();
  }

  private List<AsOf> anchors(StageInputs in, LocalDate date) {
    return matrices.anchors(
        new AsOf(date, shop.zone()), History.firstDayWithEvents(in, clean, date), most);
  }

  private int horizonDays() {
    return matrices.intent().getInt("horizon_days");
  }

  /**
   * Rows of one anchor.
   *
   * @param anchor its date
   * @param rows as {@link TuneMatrices#build} gives them
   */
  public record Anchor(LocalDate anchor, Dataset<Row> rows) {}

  /** What was written, newest first. */
  public List<Anchor> read(Warehouse warehouse, LocalDate date) {
    String directory = warehouse.modelDirectory(MATRICES, date);
    return anchors(warehouse.storage().list(directory)).stream()
        .map(
            anchor ->
                new Anchor(
                    anchor, warehouse.spark().read().parquet(directory + "/" + ANCHOR + anchor)))
        .toList();
  }

  private static List<LocalDate> anchors(List<String> files) {
    return files.stream()
        .filter(name -> name.startsWith(ANCHOR))
        .map(name -> LocalDate.parse(name.substring(ANCHOR.length())))
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** The run that counts: trials on other rows are no trials on these. */
  public String matrixRun(Warehouse warehouse, LocalDate date) {
    return warehouse.manifest(MATRICES, date).orElseThrow().run();
  }
}
