package dev.nightjar.training.intent.model;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import dev.nightjar.features.DataException;
import dev.nightjar.training.intent.IntentConfig;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.Booster;
import ml.dmlc.xgboost4j.scala.XGBoost;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassificationModel;
import ml.dmlc.xgboost4j.scala.spark.XGBoostModel;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRankerModel;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Option;

/**
 * XGBoost (Chen and Guestrin 2016) with histograms; missing features follow a learned default
 * direction.
 *
 * @param classifier trees for the log odds of a purchase
 * @param ranker trees for the order of a user's candidates, where they were trained
 */
record XgboostScorer(Booster classifier, Optional<Booster> ranker) implements RawScorer {
  static final String KIND = IntentConfig.XGBOOST;

  private static final int CLASSES = 2;
  private static final String FORMAT = "ubj";
  private static final String CLASSIFIER_FILE = "booster.ubj";
  private static final String RANKER_FILE = "ranker.ubj";
  private static final String CONTRIBUTIONS = "intent_contributions";

  /** Fits the trees. */
  static XgboostScorer fit(Dataset<Row> matrix, IntentConfig config) {
    XgboostTraining training = new XgboostTraining(matrix, config);
    return new XgboostScorer(
        training.classifier(),
        config.rankerWeight() > 0 ? Optional.of(training.ranker()) : Optional.empty());
  }

  static XgboostScorer read(ModelFiles files) {
    return new XgboostScorer(
        booster(files, CLASSIFIER_FILE),
        files.has(RANKER_FILE) ? Optional.of(booster(files, RANKER_FILE)) : Optional.empty());
  }

  private static Booster booster(ModelFiles files, String file) {
    try {
      return XGBoost.loadModel(new ByteArrayInputStream(files.read(file)));
    } catch (XGBoostError wrong) {
      throw new DataException(
          "cannot read " + files.path(file) + ": not a booster; train the model again", wrong);
    }
  }

  @Override
  public Dataset<Row> score(Dataset<Row> matrix) {
    return predict(matrix, false);
  }

  /**
   * Path-dependent SHAP values (Lundberg and others 2020), as XGBoost computes them; far slower
   * than scoring, for a few rows only.
   */
  @Override
  public Optional<Dataset<Row>> explain(Dataset<Row> matrix) {
    return Optional.of(predict(matrix, true));
  }

  private Dataset<Row> predict(Dataset<Row> matrix, boolean isExplained) {
    Dataset<Row> odds = withLogOdds(matrix.withColumn(VECTOR, RawScorer.vector()), isExplained);
    return withPreference(odds, isExplained).drop(VECTOR);
  }

  private Dataset<Row> withLogOdds(Dataset<Row> vectors, boolean isExplained) {
    XGBoostClassificationModel model =
        new XGBoostClassificationModel(KIND, CLASSES, classifier, Option.empty());
    Dataset<Row> scored =
        RawScorer.withLogOdds(transform(RawScorer.marginsOnly(model), vectors, isExplained));
    return isExplained ? withArray(scored, LOG_ODDS_CONTRIBUTIONS) : scored;
  }

  private Dataset<Row> withPreference(Dataset<Row> vectors, boolean isExplained) {
    if (ranker.isEmpty()) {
      Dataset<Row> level = vectors.withColumn(PREFERENCE, lit(0.0));
      return isExplained
          ? level.withColumn(PREFERENCE_CONTRIBUTIONS, lit(null).cast("array<double>"))
          : level;
    }
    XGBoostRankerModel model = new XGBoostRankerModel(KIND, ranker.get(), Option.empty());
    model.setFeaturesCol(VECTOR);
    model.setPredictionCol(RAW_PREDICTION);
    Dataset<Row> scored =
        transform(model, vectors, isExplained)
            .withColumn(PREFERENCE, round(col(RAW_PREDICTION), DECIMALS))
            .drop(RAW_PREDICTION);
    return isExplained ? withArray(scored, PREFERENCE_CONTRIBUTIONS) : scored;
  }

  private static <M extends Model<M> & XGBoostModel<M>> Dataset<Row> transform(
      M model, Dataset<Row> vectors, boolean isExplained) {
    model.setMissing(Float.NaN);
    if (isExplained) {
      model.setContribPredictionCol(CONTRIBUTIONS);
    }
    return model.transform(vectors);
  }

  private static Dataset<Row> withArray(Dataset<Row> scored, String name) {
    return scored
        .withColumn(name, vector_to_array(col(CONTRIBUTIONS), "float64"))
        .drop(CONTRIBUTIONS);
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** Writes the boosters alone: the library's own writer calls a JSON method that Spark 4 lacks. */
  @Override
  public void save(ModelFiles files) {
    try {
      files.write(CLASSIFIER_FILE, classifier.toByteArray(FORMAT));
      if (ranker.isPresent()) {
        files.write(RANKER_FILE, ranker.get().toByteArray(FORMAT));
      }
    } catch (XGBoostError wrong) {
      throw new IllegalStateException("cannot serialise the booster", wrong);
    }
  }
}
