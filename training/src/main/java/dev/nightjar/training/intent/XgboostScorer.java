package dev.nightjar.training.intent;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;

import dev.nightjar.features.DataException;
import dev.nightjar.training.table.Candidates;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.Booster;
import ml.dmlc.xgboost4j.scala.XGBoost;
import ml.dmlc.xgboost4j.scala.spark.ColumnIndices;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassificationModel;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;

/** XGBoost (Chen and Guestrin 2016) with histograms; missing features go down a learned side. */
final class XgboostScorer implements RawScorer {
  static final String KIND = IntentConfig.XGBOOST;

  private static final int CLASSES = 2;
  private static final String FORMAT = "ubj";
  private static final String FILE = "booster.ubj";
  private static final String LOOPBACK = "127.0.0.1";
  private static final String RAW_PREDICTION = "intent_margins";
  private static final String CONTRIBUTIONS = "intent_contributions";

  private final XGBoostClassificationModel model;

  private XgboostScorer(XGBoostClassificationModel model) {
    this.model = model;
    model.setFeaturesCol(VECTOR);
    model.setRawPredictionCol(RAW_PREDICTION);
    model.setProbabilityCol("");
    model.setPredictionCol("");
    model.setMissing(Float.NaN);
  }

  /**
   * Fits the trees; each worker's rows are sorted, so that the same matrix gives the same trees.
   */
  static XgboostScorer fit(Dataset<Row> matrix, IntentConfig config) {
    int cores = matrix.sparkSession().sparkContext().defaultParallelism();
    int workers = Math.min(config.workers(), cores);
    XGBoostClassifier classifier = new XGBoostClassifier();
    classifier.setNumWorkers(workers);
    classifier.setNumRound(config.trees());
    classifier.setMaxDepth(config.depth());
    classifier.setEta(config.learningRate());
    classifier.setMinChildWeight(config.minChildWeight());
    classifier.setLambda(config.lambda());
    classifier.setTreeMethod("hist");
    classifier.setObjective("binary:logistic");
    classifier.setSeed(config.seed());
    classifier.setVerbosity(0);
    classifier.setMissing(Float.NaN);
    classifier.setFeaturesCol(VECTOR);
    classifier.setLabelCol(TrainingMatrix.LABEL);
    classifier.setWeightCol(TrainingMatrix.WEIGHT);
    if (matrix.sparkSession().sparkContext().isLocal()) {
      classifier.setRabitTrackerHostIp(LOOPBACK);
    }
    Dataset<Row> rows =
        matrix
            .select(
                col(Candidates.USER_ID),
                col(Candidates.ITEM_ID),
                col(TrainingMatrix.ANCHOR),
                col(TrainingMatrix.LABEL),
                col(TrainingMatrix.WEIGHT),
                RawScorer.vector().as(VECTOR))
            .repartition(workers, col(Candidates.USER_ID))
            .sortWithinPartitions(Candidates.USER_ID, Candidates.ITEM_ID, TrainingMatrix.ANCHOR);
    return of(train(classifier, rows));
  }

  /**
   * What {@code classifier.train} does, except that it does not print the loss of every round on
   * the console, which no setter turns off.
   */
  private static Booster train(XGBoostClassifier classifier, Dataset<Row> rows) {
    Tuple2<Dataset<?>, ColumnIndices> columns = classifier.preprocess(rows);
    // Scala's Map.updated has no type arguments for Java
    @SuppressWarnings("unchecked")
    Map<String, Object> settings = classifier.getXGBoostParams().updated("verbose_eval", "false");
    boolean isLocal = rows.sparkSession().sparkContext().isLocal();
    return ml.dmlc.xgboost4j.scala.spark.XGBoost.train(
            classifier.toRdd(columns._1(), columns._2()),
            classifier.getRuntimeParameters(isLocal, Map$.MODULE$.empty()),
            settings)
        ._1();
  }

  private static XgboostScorer of(Booster booster) {
    return new XgboostScorer(
        new XGBoostClassificationModel(KIND, CLASSES, booster, Option.empty()));
  }

  static XgboostScorer read(ModelFiles files) {
    try {
      Booster booster = XGBoost.loadModel(new ByteArrayInputStream(files.read(FILE)));
      return of(booster);
    } catch (XGBoostError wrong) {
      throw new DataException(
          "cannot read " + files.path(FILE) + ": not a booster; train the model again", wrong);
    }
  }

  /**
   * Path-dependent SHAP values (Lundberg and others 2020), as XGBoost computes them; slower than
   * scoring by far, for a few rows.
   */
  @Override
  public Optional<Dataset<Row>> explain(Dataset<Row> matrix) {
    XgboostScorer explaining = of(model.nativeBooster());
    explaining.model.setContribPredictionCol(CONTRIBUTIONS);
    return Optional.of(
        explaining
            .score(matrix)
            .withColumn(IntentModel.CONTRIBUTIONS, vector_to_array(col(CONTRIBUTIONS), "float64"))
            .drop(CONTRIBUTIONS));
  }

  @Override
  public Dataset<Row> score(Dataset<Row> matrix) {
    return model
        .transform(matrix.withColumn(VECTOR, RawScorer.vector()))
        .withColumn(IntentModel.RAW_SCORE, RawScorer.margin(RAW_PREDICTION))
        .drop(VECTOR, RAW_PREDICTION);
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** Writes the booster alone: the library's own writer calls a JSON method that Spark 4 lacks. */
  @Override
  public void save(ModelFiles files) {
    try {
      files.write(FILE, model.nativeBooster().toByteArray(FORMAT));
    } catch (XGBoostError wrong) {
      throw new IllegalStateException("cannot serialise the booster", wrong);
    }
  }
}
