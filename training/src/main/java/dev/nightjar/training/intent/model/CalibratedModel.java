package dev.nightjar.training.intent.model;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.zip_with;

import com.typesafe.config.Config;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Boosted trees with a calibration and an order. The probability comes from the calibrated log
 * odds; the raw score, which orders a user's list, is the log odds plus the weighted preference.
 *
 * @param trees scores candidates
 * @param calibration converts log odds to a probability
 * @param preferenceWeight what one unit of {@link RawScorer#PREFERENCE} is worth in log odds
 */
public record CalibratedModel(RawScorer trees, Calibration calibration, double preferenceWeight)
    implements IntentModel {
  private static final String SLOPE = "slope";
  private static final String INTERCEPT = "intercept";
  private static final String PREFERENCE_WEIGHT = "preference_weight";

  static CalibratedModel read(RawScorer trees, Config description) {
    return new CalibratedModel(
        trees,
        new Calibration(description.getDouble(SLOPE), description.getDouble(INTERCEPT)),
        description.getDouble(PREFERENCE_WEIGHT));
  }

  @Override
  public Dataset<Row> score(Dataset<Row> matrix) {
    return judged(trees.score(matrix));
  }

  @Override
  public Optional<Dataset<Row>> explain(Dataset<Row> matrix) {
    return trees
        .explain(matrix)
        .map(
            scored ->
                judged(
                    scored
                        .withColumn(CONTRIBUTIONS, contributions())
                        .drop(
                            RawScorer.LOG_ODDS_CONTRIBUTIONS, RawScorer.PREFERENCE_CONTRIBUTIONS)));
  }

  /** Additive like those of the trees, since the raw score is the sum of the two. */
  private Column contributions() {
    Column odds = col(RawScorer.LOG_ODDS_CONTRIBUTIONS);
    Column both =
        zip_with(
            odds,
            col(RawScorer.PREFERENCE_CONTRIBUTIONS),
            (odd, preference) -> odd.plus(preference.multiply(preferenceWeight)));
    return coalesce(both, odds, array());
  }

  private Dataset<Row> judged(Dataset<Row> scored) {
    Column odds = col(RawScorer.LOG_ODDS);
    return scored
        .withColumn(RAW_SCORE, odds.plus(col(RawScorer.PREFERENCE).multiply(preferenceWeight)))
        .withColumn(PURCHASE_PROBABILITY, calibration.apply(odds))
        .withColumn(ORDER_SCORE, calibration.apply(col(RAW_SCORE)))
        .drop(RawScorer.LOG_ODDS, RawScorer.PREFERENCE);
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
        kind(),
        Map.of(
            SLOPE,
            calibration.slope(),
            INTERCEPT,
            calibration.intercept(),
            PREFERENCE_WEIGHT,
            preferenceWeight));
  }
}
