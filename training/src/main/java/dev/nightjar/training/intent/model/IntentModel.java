package dev.nightjar.training.intent.model;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.nightjar.features.DataException;
import dev.nightjar.training.intent.IntentFeatures;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The chance that a user buys a candidate within the horizon. */
public interface IntentModel {
  /** The model's name in the warehouse. */
  String NAME = "intent_model";

  /** From 0 to 1, calibrated. */
  String PURCHASE_PROBABILITY = "purchase_probability";

  /**
   * What a user's list is ordered by, the larger the better: log odds before calibration, plus the
   * preference where trees learned the order of lists.
   */
  String RAW_SCORE = "raw_score";

  /**
   * The raw score on the scale of a probability, from 0 to 1: equals {@link #PURCHASE_PROBABILITY}
   * except where trees learned the order of lists.
   */
  String ORDER_SCORE = "order_score";

  /**
   * What each of {@link IntentFeatures#NAMES}, in that order, adds to the raw score, and last the
   * start of every candidate; they sum to {@link #RAW_SCORE}.
   */
  String CONTRIBUTIONS = "contributions";

  /**
   * Replaces {@link IntentFeatures#NAMES} by {@link #PURCHASE_PROBABILITY}, {@link #RAW_SCORE} and
   * {@link #ORDER_SCORE}.
   *
   * @param matrix the columns of {@link IntentFeatures}, and others, which are kept
   */
  Dataset<Row> score(Dataset<Row> matrix);

  /**
   * {@link #score} with {@link #CONTRIBUTIONS}, and the features kept; empty where this kind of
   * model has none.
   *
   * @param matrix as for {@link #score}
   */
  default Optional<Dataset<Row>> explain(Dataset<Row> matrix) {
    return Optional.empty();
  }

  /** {@code xgboost}, {@code gbt} or {@code rate}. */
  String kind();

  /**
   * Writes the model.
   *
   * @param directory local path or any that Hadoop supports; a model in it is overwritten
   */
  void save(String directory);

  /**
   * Reads a model that {@link #save} wrote.
   *
   * @throws DataException when the directory holds no model, or one with other features
   */
  static IntentModel load(SparkSession spark, String directory) {
    ModelFiles files = new ModelFiles(spark, directory);
    Config description = files.readDescription();
    try {
      List<String> features = description.getStringList("features");
      if (!features.equals(IntentFeatures.NAMES)) {
        throw new DataException(
            "intent model in "
                + directory
                + " was trained on features that differ from those of this version; train it again");
      }
      return switch (description.getString("kind")) {
        case RateModel.KIND -> RateModel.read(description);
        case XgboostScorer.KIND -> CalibratedModel.read(XgboostScorer.read(files), description);
        case GbtScorer.KIND -> CalibratedModel.read(GbtScorer.read(files), description);
        default ->
            throw new DataException(
                "intent model in "
                    + directory
                    + " is of unknown kind "
                    + description.getString("kind")
                    + "; train it again");
      };
    } catch (ConfigException wrong) {
      throw new DataException(
          "intent model in " + directory + " is damaged: " + wrong.getMessage(), wrong);
    }
  }
}
