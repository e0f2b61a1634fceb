package dev.nightjar.training.intent;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Boosted trees that order candidates; {@link CalibratedModel} makes probabilities of it. */
interface RawScorer {
  String VECTOR = "intent_features";

  /** Adds {@link IntentModel#RAW_SCORE}, the larger the more likely. */
  Dataset<Row> score(Dataset<Row> matrix);

  /** {@link #score} with {@link IntentModel#CONTRIBUTIONS}; nothing where there are none. */
  default Optional<Dataset<Row>> explain(Dataset<Row> matrix) {
    return Optional.empty();
  }

  String kind();

  void save(ModelFiles files);

  /**
   * The features as a dense vector: XGBoost takes the zeros that a sparse one leaves out for
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

  /** The second margin of a column of Spark ML's raw predictions. */
  static Column margin(String rawPrediction) {
    return round(vector_to_array(col(rawPrediction), "float64").getItem(1), 6);
  }
}
