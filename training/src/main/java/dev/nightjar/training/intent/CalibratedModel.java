package dev.nightjar.training.intent;

import static org.apache.spark.sql.functions.col;

import com.typesafe.config.Config;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Boosted trees followed by a calibration.
 *
 * @param trees orders candidates
 * @param calibration makes a probability of a raw score
 */
record CalibratedModel(RawScorer trees, Calibration calibration) implements IntentModel {
  private static final String SLOPE = "slope";
  private static final String INTERCEPT = "intercept";

  static CalibratedModel read(RawScorer trees, Config description) {
    return new CalibratedModel(
        trees, new Calibration(description.getDouble(SLOPE), description.getDouble(INTERCEPT)));
  }

  @Override
  public Dataset<Row> score(Dataset<Row> matrix) {
    return calibrated(trees.score(matrix));
  }

  @Override
  public Optional<Dataset<Row>> explain(Dataset<Row> matrix) {
    return trees.explain(matrix).map(this::calibrated);
  }

  private Dataset<Row> calibrated(Dataset<Row> scored) {
    return scored.withColumn(PURCHASE_PROBABILITY, calibration.apply(col(RAW_SCORE)));
  }

  @Override
  public String kind() {
    return trees.kind();
  }

  @Override
  public void save(String directory) {
    ModelFiles files = new ModelFiles(SparkSession.active(), directory);
    trees.save(files);
    files.writeDescription(
        kind(), Map.of(SLOPE, calibration.slope(), INTERCEPT, calibration.intercept()));
  }
}
