package dev.nightjar.pipeline.tune;

import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.training.tune.TuneMatrices;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Labelled candidates of one anchor, as {@link TuneMatrixStage} writes them: one directory of
 * Parquet per anchor, named by its date.
 *
 * @param anchor its date
 * @param rows as {@link TuneMatrices#build} gives them
 */
public record AnchorRows(LocalDate anchor, Dataset<Row> rows) {
  /** Name of the model whose directory holds them. */
  static final String MODEL = "tune_matrices";

  private static final String ANCHOR = "anchor-";

  /** Those of a night, newest first. */
  public static List<AnchorRows> read(Warehouse warehouse, LocalDate night) {
    String directory = warehouse.modelDirectory(MODEL, night);
    return anchors(warehouse.storage().list(directory)).stream()
        .map(
            anchor ->
                new AnchorRows(anchor, warehouse.spark().read().parquet(path(directory, anchor))))
        .toList();
  }

  /** Id of the current run: trials on other rows cannot be compared with trials on these. */
  public static String run(Warehouse warehouse, LocalDate night) {
    return warehouse.manifest(MODEL, night).orElseThrow().run();
  }

  static void write(Dataset<Row> rows, String directory, LocalDate anchor) {
    rows.write().parquet(path(directory, anchor));
  }

  /** Dates of the anchors among the files of a directory, newest first. */
  static List<LocalDate> anchors(List<String> files) {
    return files.stream()
        .filter(name -> name.startsWith(ANCHOR))
        .map(name -> LocalDate.parse(name.substring(ANCHOR.length())))
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private static String path(String directory, LocalDate anchor) {
    return directory + "/" + ANCHOR + anchor;
  }
}
