package dev.nightjar.training.intent.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.intent.Examples;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.intent.IntentFeatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Spark MLlib's gradient-boosted trees, for clusters without native code. */
final class GbtScorer implements RawScorer {
  static final String KIND = IntentConfig.GBT;

  /** Below every feature that can be missing, so that a split can set the missing ones apart. */
  private static final double MISSING = -1000.0;

  private static final String FOLDER = "gbt";

  private final GBTClassificationModel model;

  private GbtScorer(GBTClassificationModel model) {
    this.model = RawScorer.marginsOnly(model);
  }

  /** Fits the trees on sorted rows. */
  static GbtScorer fit(Dataset<Row> matrix, IntentConfig config) {
    Dataset<Row> rows =
        matrix
            .select(
                col(Candidates.USER_ID),
                col(Candidates.ITEM_ID),
                col(Examples.ANCHOR),
                col(Examples.LABEL),
                col(Examples.WEIGHT),
                RawScorer.vectorWithout(MISSING).as(VECTOR))
            .repartition(
                matrix.sparkSession().sparkContext().defaultParallelism(), col(Candidates.USER_ID))
            .sortWithinPartitions(Candidates.USER_ID, Candidates.ITEM_ID, Examples.ANCHOR);
    return new GbtScorer(
        new GBTClassifier()
            .setMaxIter(config.trees())
            .setMaxDepth(config.depth())
            .setStepSize(config.learningRate())
            .setMinInstancesPerNode(Math.max(1, (int) config.minChildWeight()))
            .setSeed(config.seed())
            .setFeaturesCol(VECTOR)
            .setLabelCol(Examples.LABEL)
            .setWeightCol(Examples.WEIGHT)
            .fit(rows));
  }

  static GbtScorer read(ModelFiles files) {
    return new GbtScorer(GBTClassificationModel.load(files.path(FOLDER)));
  }

  @Override
  public Dataset<Row> score(Dataset<Row> matrix) {
    Dataset<Row> vectors = matrix.withColumn(VECTOR, RawScorer.vectorWithout(MISSING));
    return RawScorer.withLogOdds(model.transform(vectors))
        .withColumn(PREFERENCE, lit(0.0))
        .drop(VECTOR)
        .drop(IntentFeatures.NAMES.toArray(String[]::new));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void save(ModelFiles files) {
    try {
      model.write().overwrite().save(files.path(FOLDER));
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + files.path(FOLDER), failed);
    }
  }
}
