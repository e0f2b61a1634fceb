package dev.nightjar.training.intent.model;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import dev.nightjar.features.DataException;
import dev.nightjar.training.intent.IntentConfig;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.Booster;
import ml.dmlc.xgboost4j.scala.XGBoost;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassificationModel;
import ml.dmlc.xgboost4j.scala.spark.XGBoostModel;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRankerModel;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Column;
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
    List<Booster> boosters = new ArrayList<>(List.of(classifier));
    List<String> margins = new ArrayList<>(List.of(LOG_ODDS));
    if (ranker.isPresent()) {
      boosters.add(ranker.get());
      margins.add(PREFERENCE);
    }
    Dataset<Row> scored = new BatchPrediction(boosters, margins).of(matrix);
    Column preference = ranker.isPresent() ? round(col(PREFERENCE), DECIMALS) : lit(0.0);
    return scored
        .withColumn(LOG_ODDS, round(col(LOG_ODDS), DECIMALS))
        .withColumn(PREFERENCE, preference);
  }

  /**
   * Path-dependent SHAP values (Lundberg and others 2020), as XGBoost computes them; far slower
   * than scoring, for a few rows only.
   */
  @Override
  public Optional<Dataset<Row>> explain(Dataset<Row> matrix) {
    Dataset<Row> odds = withLogOdds(matrix.withColumn(VECTOR, RawScorer.vector()));
    return Optional.of(withPreference(odds).drop(VECTOR));
  }

  private Dataset<Row> withLogOdds(Dataset<Row> vectors) {
    XGBoostClassificationModel model =
        new XGBoostClassificationModel(KIND, CLASSES, classifier, Option.empty());
    Dataset<Row> scored = RawScorer.withLogOdds(explained(RawScorer.marginsOnly(model), vectors));
    return withArray(scored, LOG_ODDS_CONTRIBUTIONS);
  }

  private Dataset<Row> withPreference(Dataset<Row> vectors) {
    if (ranker.isEmpty()) {
      return vectors
          .withColumn(PREFERENCE, lit(0.0))
          .withColumn(PREFERENCE_CONTRIBUTIONS, lit(null).cast("array<double>"));
    }
    XGBoostRankerModel model = new XGBoostRankerModel(KIND, ranker.get(), Option.empty());
    model.setFeaturesCol(VECTOR);
    model.setPredictionCol(RAW_PREDICTION);
    Dataset<Row> scored =
        explained(model, vectors)
            .withColumn(PREFERENCE, round(col(RAW_PREDICTION), DECIMALS))
            .drop(RAW_PREDICTION);
    return withArray(scored, PREFERENCE_CONTRIBUTIONS);
  }

  private static <M extends Model<M> & XGBoostModel<M>> Dataset<Row> explained(
      M model, Dataset<Row> vectors) {
    model.setMissing(Float.NaN);
    model.setContribPredictionCol(CONTRIBUTIONS);
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
