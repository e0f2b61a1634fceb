package dev.nightjar.training.intent.model;

import static org.apache.spark.sql.functions.col;

import dev.nightjar.training.intent.Examples;
import dev.nightjar.training.intent.IntentFeatures;
import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.java.util.BigDenseMatrix;
import ml.dmlc.xgboost4j.scala.Booster;
import ml.dmlc.xgboost4j.scala.XGBoost;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import scala.Tuple2;

/**
 * Fits a booster in one task, from rows whose features are arrays. The library's own way makes an
 * object of each row and each value, which takes several times as long as the trees.
 *
 * <p>The task and XGBoost hold each value in 16 bytes until it is binned.
 *
 * @param order columns by which the rows are sorted, so that the same rows give the same trees
 * @param settings of the trees, by XGBoost's names
 * @param trees rounds of boosting
 */
record OneTaskTraining(List<String> order, Map<String, Object> settings, int trees)
    implements Serializable {
  private static final String FORMAT = "ubj";

  /** Places of a row's label, and of its weight or group. */
  private static final int LABEL = 0;

  private static final int FIGURE = 1;

  /** A booster of rows that each stand for {@link Examples#WEIGHT} others. */
  Booster weighted(Dataset<Row> matrix) {
    return fit(matrix, Examples.WEIGHT, (to, weights) -> to.setWeight(floats(weights)));
  }

  /** A booster of rows in groups, whose numbers are in a column. */
  Booster grouped(Dataset<Row> matrix, String group) {
    return fit(
        matrix,
        group,
        (to, groups) ->
            to.setQueryId(Arrays.stream(groups).mapToInt(number -> (int) number).toArray()));
  }

  /** Gives a matrix what its rows have besides features and labels. */
  private interface Figures extends Serializable {
    void set(DMatrix matrix, double[] figures) throws XGBoostError;
  }

  private Booster fit(Dataset<Row> matrix, String figure, Figures figures) {
    List<String> kept =
        Stream.concat(order.stream(), Stream.of(Examples.LABEL, figure)).distinct().toList();
    Column[] sorted = order.stream().map(functions::col).toArray(Column[]::new);
    Dataset<Row> rows =
        FeatureArrays.pack(matrix, kept)
            .repartition(1)
            .sortWithinPartitions(sorted)
            .select(
                col(Examples.LABEL).cast("double"),
                col(figure).cast("double"),
                col(FeatureArrays.FEATURES));
    MapPartitionsFunction<Tuple2<Row, float[]>, byte[]> train =
        all -> List.of(train(all, figures)).iterator();
    byte[] booster = FeatureArrays.objects(rows).mapPartitions(train, Encoders.BINARY()).head();
    try {
      return XGBoost.loadModel(new ByteArrayInputStream(booster));
    } catch (XGBoostError unreadable) {
      throw new IllegalStateException("the booster that was trained cannot be read", unreadable);
    }
  }

  private byte[] train(Iterator<Tuple2<Row, float[]>> rows, Figures figures) throws XGBoostError {
    List<float[]> features = new ArrayList<>();
    DoubleStream.Builder labels = DoubleStream.builder();
    DoubleStream.Builder others = DoubleStream.builder();
    while (rows.hasNext()) {
      Tuple2<Row, float[]> row = rows.next();
      features.add(row._2());
      labels.add(row._1().getDouble(LABEL));
      others.add(row._1().getDouble(FIGURE));
    }
    DMatrix matrix = matrix(features);
    features.clear();
    try {
      matrix.setLabel(floats(labels.build().toArray()));
      figures.set(matrix, others.build().toArray());
      ml.dmlc.xgboost4j.java.Booster booster =
          ml.dmlc.xgboost4j.java.XGBoost.train(matrix, settings, trees, Map.of(), null, null);
      try {
        return booster.toByteArray(FORMAT);
      } finally {
        booster.dispose();
      }
    } finally {
      matrix.dispose();
    }
  }

  private static DMatrix matrix(List<float[]> rows) throws XGBoostError {
    BigDenseMatrix dense = new BigDenseMatrix(rows.size(), IntentFeatures.NAMES.size());
    try {
      long at = 0;
      for (float[] row : rows) {
        for (float value : row) {
          dense.set(at++, value);
        }
      }
      return new DMatrix(dense, Float.NaN);
    } finally {
      dense.dispose();
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int number = 0; number < values.length; number++) {
      floats[number] = (float) values[number];
    }
    return floats;
  }
}
