package dev.nightjar.training.intent.model;

import dev.nightjar.training.intent.IntentFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import ml.dmlc.xgboost4j.java.Booster.PredictionType;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.Booster;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Predicts with boosters from blocks of rows, as dense matrices. A row at a time, as the library's
 * own models do it, costs several times as much.
 *
 * <p>The plan holds each {@link Booster}, never the Java one inside it: a booster that nothing
 * holds frees the inner one when it is collected, and a plan that is not yet run would find it
 * gone.
 *
 * @param boosters of equal features
 * @param margins names of the columns of their margins, in the same order
 */
record BatchPrediction(List<Booster> boosters, List<String> margins) {
  private static final int BLOCK_ROWS = 4096;

  /** Replaces {@link IntentFeatures#NAMES} by the margins; other columns are kept. */
  Dataset<Row> of(Dataset<Row> matrix) {
    StructType schema = new StructType();
    for (StructField field : matrix.schema().fields()) {
      if (!IntentFeatures.NAMES.contains(field.name())) {
        schema = schema.add(field);
      }
    }
    Dataset<Tuple2<Row, float[]>> rows =
        FeatureArrays.objects(FeatureArrays.pack(matrix, List.of(schema.fieldNames())));
    for (String name : margins) {
      schema = schema.add(name, DataTypes.DoubleType, false);
    }
    List<Booster> all = List.copyOf(boosters);
    MapPartitionsFunction<Tuple2<Row, float[]>, Row> predict = of -> new Blocks(of, all);
    return rows.mapPartitions(predict, Encoders.row(schema));
  }

  /** The rows of a partition with their margins, block by block. */
  private static final class Blocks implements Iterator<Row> {
    private final Iterator<Tuple2<Row, float[]>> rows;
    private final List<Booster> boosters;
    private final int width = IntentFeatures.NAMES.size();
    private final float[] features = new float[BLOCK_ROWS * width];
    private Iterator<Row> predicted = List.<Row>of().iterator();

    private Blocks(Iterator<Tuple2<Row, float[]>> rows, List<Booster> boosters)
        throws XGBoostError {
      this.rows = rows;
      this.boosters = boosters;
      for (Booster booster : boosters) {
        booster.booster().setParam("nthread", 1); // the other cores have tasks of their own
      }
    }

    @Override
    public boolean hasNext() {
      return predicted.hasNext() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (!predicted.hasNext()) {
        predicted = block();
      }
      return predicted.next();
    }

    private Iterator<Row> block() {
      List<Row> block = new ArrayList<>(BLOCK_ROWS);
      while (block.size() < BLOCK_ROWS && rows.hasNext()) {
        Tuple2<Row, float[]> row = rows.next();
        System.arraycopy(row._2(), 0, features, block.size() * width, width);
        block.add(row._1());
      }
      List<float[][]> predictions =
          boosters.stream().map(booster -> predictions(booster, block.size())).toList();
      List<Row> with = new ArrayList<>(block.size());
      for (int number = 0; number < block.size(); number++) {
        Row row = block.get(number);
        Object[] cells = new Object[row.length() + predictions.size()];
        for (int cell = 0; cell < row.length(); cell++) {
          cells[cell] = row.get(cell);
        }
        for (int booster = 0; booster < predictions.size(); booster++) {
          cells[row.length() + booster] = (double) predictions.get(booster)[number][0];
        }
        with.add(RowFactory.create(cells));
      }
      return with.iterator();
    }

    private float[][] predictions(Booster booster, int rowCount) {
      float[] filled = Arrays.copyOf(features, rowCount * width);
      try {
        return booster
            .booster()
            .inplace_predict(
                filled, rowCount, width, Float.NaN, new int[] {0, 0}, PredictionType.kMargin, null);
      } catch (XGBoostError failed) {
        throw new IllegalStateException("the booster cannot predict", failed);
      }
    }
  }
}
