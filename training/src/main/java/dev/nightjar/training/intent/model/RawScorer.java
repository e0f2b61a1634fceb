package dev.nightjar.training.intent.model;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.intent.IntentFeatures;
import dev.nightjar.training.intent.train.TrainingMatrix;
import java.util.Optional;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Boosted trees that score candidates; {@link CalibratedModel} makes probabilities and an order
 * from their scores.
 */
public interface RawScorer {
  String VECTOR = "intent_features";
  String RAW_PREDICTION = "intent_margins";
  int DECIMALS = 6;

  /** Log odds that the candidate is bought, before calibration. */
  String LOG_ODDS = "log_odds";

  /**
   * Place of the candidate among those of its user, the larger the better; says nothing across
   * users. 0 where no trees learned the order.
   */
  String PREFERENCE = "preference";

  /** What each feature adds to {@link #LOG_ODDS}, and last the start of every candidate. */
  String LOG_ODDS_CONTRIBUTIONS = "log_odds_contributions";

  /** The same for {@link #PREFERENCE}; null where no trees learned the order. */
  String PREFERENCE_CONTRIBUTIONS = "preference_contributions";

  /**
   * Replaces {@link IntentFeatures#NAMES} by {@link #LOG_ODDS} and {@link #PREFERENCE}; other
   * columns are kept.
   */
  Dataset<Row> score(Dataset<Row> matrix);

  /** The same with contributions, and the features kept; empty where there are none. */
  default Optional<Dataset<Row>> explain(Dataset<Row> matrix) {
    return Optional.empty();
  }

  /** Fits the kind of trees that {@code intent.model} names to rows of {@link TrainingMatrix}. */
  static RawScorer fit(Dataset<Row> matrix, IntentConfig config) {
    return IntentConfig.GBT.equals(config.model())
        ? GbtScorer.fit(matrix, config)
        : XgboostScorer.fit(matrix, config);
  }

  String kind();

  void save(ModelFiles files);

  /**
   * The features as a dense vector: XGBoost would treat the zeros that a sparse vector omits as
   * missing values.
   */
  static Column vector() {
    return array_to_vector(
        array(IntentFeatures.NAMES.stream().map(name -> col(name)).toArray(Column[]::new)));
  }

  /** {@link #vector()} with {@code value} where a feature does not exist. */
  static Column vectorWithout(double value) {
    return array_to_vector(
        array(
            IntentFeatures.NAMES.stream()
                .map(name -> when(isnan(col(name)), lit(value)).otherwise(col(name)))
                .toArray(Column[]::new)));
  }

  /** A classifier that adds its margins and nothing else. */
  static <M extends ProbabilisticClassificationModel<Vector, M>> M marginsOnly(M classifier) {
    classifier.setFeaturesCol(VECTOR);
    classifier.setRawPredictionCol(RAW_PREDICTION);
    classifier.setProbabilityCol("");
    classifier.setPredictionCol("");
    return classifier;
  }

  /** Replaces the margins by {@link #LOG_ODDS}, which are the second of them. */
  static Dataset<Row> withLogOdds(Dataset<Row> scored) {
    Column odds = vector_to_array(col(RAW_PREDICTION), "float64").getItem(1);
    return scored.withColumn(LOG_ODDS, round(odds, DECIMALS)).drop(RAW_PREDICTION);
  }
}
