package dev.nightjar.training.intent.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.intent.Examples;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.intent.train.TrainingMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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

/**
 * Fits boosters. Each worker's rows are sorted, so that the same matrix gives the same trees.
 *
 * @param matrix rows of {@link TrainingMatrix}
 * @param config settings of the trees
 */
record XgboostTraining(Dataset<Row> matrix, IntentConfig config) {
  private static final String LOOPBACK = "127.0.0.1";

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
    Dataset<Row> rows =
        vectors(matrix, List.of(col(Examples.WEIGHT)))
            .repartition(tasks(), col(Candidates.USER_ID))
            .sortWithinPartitions(Candidates.USER_ID, Candidates.ITEM_ID, Examples.ANCHOR);
    return train(classifier, rows, "binary:logistic");
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
    String[] group = {Candidates.USER_ID, Examples.ANCHOR};
    Column[] order = {col(Candidates.USER_ID), col(Examples.ANCHOR)};
    Dataset<Row> groups =
        matrix
            .where(col(Examples.LABEL).gt(0))
            .select(order)
            .distinct()
            .withColumn(GROUP, row_number().over(Window.orderBy(order)));
    Dataset<Row> rows =
        vectors(matrix.join(groups, group, "inner"), List.of(col(GROUP)))
            .repartition(tasks(), col(GROUP))
            .sortWithinPartitions(GROUP, Candidates.ITEM_ID);
    return train(ranker, rows, "rank:ndcg");
  }

  private static Dataset<Row> vectors(Dataset<Row> rows, List<Column> kept) {
    return rows.select(
        Stream.concat(
                Stream.of(
                    col(Candidates.USER_ID),
                    col(Candidates.ITEM_ID),
                    col(Examples.ANCHOR),
                    col(Examples.LABEL),
                    RawScorer.vector().as(RawScorer.VECTOR)),
                kept.stream())
            .toArray(Column[]::new));
  }

  private int workers() {
    return Math.min(config.workers(), matrix.sparkSession().sparkContext().defaultParallelism());
  }

  /**
   * On one machine one task trains, with a thread for each worker: several would add up their
   * histograms over the network, for each level of each tree.
   */
  private int tasks() {
    return isLocal() ? 1 : workers();
  }

  private boolean isLocal() {
    return matrix.sparkSession().sparkContext().isLocal();
  }

  private <E extends XGBoostEstimator<E, M>, M extends XGBoostModel<M>> Booster train(
      E estimator, Dataset<Row> rows, String objective) {
    estimator.setObjective(objective);
    estimator.setNumWorkers(tasks());
    estimator.setNthread(workers() / tasks());
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
    if (isLocal()) {
      estimator.setRabitTrackerHostIp(LOOPBACK);
    }
    return boost(estimator, rows, isLocal());
  }

  /**
   * Does the same as {@code estimator.train}, without printing the loss of every round to the
   * console, which no setter turns off, and without moving rows: a ranker's own preprocessing
   * shuffles them and sorts by group alone, so the order within a group, and with it the trees,
   * would differ each time.
   */
  private static Booster boost(
      XGBoostEstimator<?, ?> estimator, Dataset<Row> rows, boolean isLocal) {
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
            estimator.getRuntimeParameters(isLocal, Map$.MODULE$.empty()),
            settings)
        ._1();
  }
}
