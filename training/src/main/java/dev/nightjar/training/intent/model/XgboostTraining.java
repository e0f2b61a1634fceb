package dev.nightjar.training.intent.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.intent.Examples;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.intent.train.TrainingMatrix;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import ml.dmlc.xgboost4j.scala.Booster;
import ml.dmlc.xgboost4j.scala.spark.ColumnIndices;
import ml.dmlc.xgboost4j.scala.spark.XGBoost;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import ml.dmlc.xgboost4j.scala.spark.XGBoostEstimator;
import ml.dmlc.xgboost4j.scala.spark.XGBoostModel;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRanker;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import scala.Tuple2;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Fits boosters: on one machine in one task, on a cluster in a task a worker. Each task's rows are
 * sorted, so that the same matrix gives the same trees.
 *
 * @param matrix rows of {@link TrainingMatrix}
 * @param config settings of the trees
 */
record XgboostTraining(Dataset<Row> matrix, IntentConfig config) {
  /** Number of cuts of a feature that a tree may choose from. */
  private static final int MAX_BINS = 64;

  private static final String GROUP = "intent_group";

  /** Trees for the log odds of a purchase. */
  Booster classifier() {
    XGBoostClassifier classifier = new XGBoostClassifier();
    classifier.setWeightCol(Examples.WEIGHT);
    classifier.setFeaturesCol(RawScorer.VECTOR);
    classifier.setLabelCol(Examples.LABEL);
    classifier.setMinChildWeight(config.minChildWeight());
    configure(classifier, "binary:logistic");
    return isLocal()
        ? inOneTask(classifier, Candidates.USER_ID, Candidates.ITEM_ID, Examples.ANCHOR)
            .weighted(matrix)
        : train(
            classifier,
            vectors(matrix, Examples.WEIGHT)
                .repartition(workers(), col(Candidates.USER_ID))
                .sortWithinPartitions(Candidates.USER_ID, Candidates.ITEM_ID, Examples.ANCHOR));
  }

  /**
   * Trees for the order of a user's candidates at an anchor: LambdaMART for nDCG (Burges 2010).
   * Users who bought nothing are left out, since they define no order; the weights of the sample
   * are not used.
   */
  Booster ranker() {
    XGBoostRanker ranker = new XGBoostRanker();
    ranker.setFeaturesCol(RawScorer.VECTOR);
    ranker.setLabelCol(Examples.LABEL);
    ranker.setGroupCol(GROUP);
    configure(ranker, "rank:ndcg");
    String[] group = {Candidates.USER_ID, Examples.ANCHOR};
    Column[] order = {col(Candidates.USER_ID), col(Examples.ANCHOR)};
    Dataset<Row> groups =
        matrix
            .where(col(Examples.LABEL).gt(0))
            .select(order)
            .distinct()
            .withColumn(GROUP, row_number().over(Window.orderBy(order)));
    Dataset<Row> grouped = matrix.join(groups, group, "inner");
    return isLocal()
        ? inOneTask(ranker, GROUP, Candidates.ITEM_ID).grouped(grouped, GROUP)
        : train(
            ranker,
            vectors(grouped, GROUP)
                .repartition(workers(), col(GROUP))
                .sortWithinPartitions(GROUP, Candidates.ITEM_ID));
  }

  private static Dataset<Row> vectors(Dataset<Row> rows, String kept) {
    return rows.select(
        col(Candidates.USER_ID),
        col(Candidates.ITEM_ID),
        col(Examples.ANCHOR),
        col(Examples.LABEL),
        col(kept),
        RawScorer.vector().as(RawScorer.VECTOR));
  }

  private int workers() {
    return Math.min(config.workers(), matrix.sparkSession().sparkContext().defaultParallelism());
  }

  /**
   * On one machine one task trains, with a thread for each worker: several would add up their
   * histograms over the network, for each level of each tree.
   */
  private boolean isLocal() {
    return matrix.sparkSession().sparkContext().isLocal();
  }

  private <E extends XGBoostEstimator<E, M>, M extends XGBoostModel<M>> void configure(
      E estimator, String objective) {
    estimator.setObjective(objective);
    estimator.setNumWorkers(workers());
    estimator.setNthread(isLocal() ? workers() : 1);
    estimator.setNumRound(config.trees());
    estimator.setMaxDepth(config.depth());
    estimator.setEta(config.learningRate());
    estimator.setLambda(config.lambda());
    estimator.setSubsample(config.rowSample());
    estimator.setColsampleBytree(config.columnSample());
    estimator.setTreeMethod("hist");
    estimator.setMaxBins(MAX_BINS);
    estimator.setSeed(config.seed());
    estimator.setVerbosity(0);
    estimator.setMissing(Float.NaN);
  }

  private OneTaskTraining inOneTask(XGBoostEstimator<?, ?> estimator, String... order) {
    Map<String, Object> settings = estimator.getXGBoostParams();
    return new OneTaskTraining(
        List.of(order), new HashMap<>(CollectionConverters.asJava(settings)), config.trees());
  }

  /**
   * Does the same as {@code estimator.train}, without printing the loss of every round to the
   * console, which no setter turns off, and without moving rows: a ranker's own preprocessing
   * shuffles them and sorts by group alone, so the order within a group, and with it the trees,
   * would differ each time.
   */
  private static Booster train(XGBoostEstimator<?, ?> estimator, Dataset<Row> rows) {
    Tuple2<Dataset<?>, ColumnIndices> columns = estimator.preprocess(rows);
    Column[] prepared =
        Arrays.stream(columns._1().schema().fields())
            .map(field -> col(field.name()).cast(field.dataType()))
            .toArray(Column[]::new);
    // Scala's Map.updated has no type arguments for Java
    @SuppressWarnings("unchecked")
    Map<String, Object> settings = estimator.getXGBoostParams().updated("verbose_eval", "false");
    return XGBoost.train(
            estimator.toRdd(rows.select(prepared), columns._2()),
            estimator.getRuntimeParameters(false, Map$.MODULE$.empty()),
            settings)
        ._1();
  }
}
