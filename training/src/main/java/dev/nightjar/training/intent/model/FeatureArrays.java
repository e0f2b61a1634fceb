package dev.nightjar.training.intent.model;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import dev.nightjar.training.intent.IntentFeatures;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Rows whose features are one array of floats. Spark copies such an array as a whole, where it
 * would make an object of each of {@link IntentFeatures#NAMES}, which takes longer than the trees.
 */
final class FeatureArrays {
  /** Column of the features of packed rows. */
  static final String FEATURES = "feature_array";

  private FeatureArrays() {}

  /** Some columns of a matrix, and its features in one column; NaN where one is missing. */
  static Dataset<Row> pack(Dataset<Row> matrix, List<String> kept) {
    Column[] features =
        IntentFeatures.NAMES.stream()
            .map(name -> coalesce(col(name).cast("float"), lit(Float.NaN)))
            .toArray(Column[]::new);
    return matrix.select(
        Stream.concat(kept.stream().map(functions::col), Stream.of(array(features).as(FEATURES)))
            .toArray(Column[]::new));
  }

  /** Packed rows as objects: the kept columns, and the features. */
  static Dataset<Tuple2<Row, float[]>> objects(Dataset<Row> packed) {
    StructType kept = packed.drop(FEATURES).schema();
    Column[] columns = Arrays.stream(kept.fieldNames()).map(functions::col).toArray(Column[]::new);
    return packed
        .select(struct(columns).as("_1"), col(FEATURES).as("_2"))
        .as(Encoders.tuple(Encoders.row(kept), floats()));
  }

  // Scala's element type Float is Object to Java
  @SuppressWarnings("unchecked")
  private static Encoder<float[]> floats() {
    Encoder<?> floats =
        new AgnosticEncoders.ArrayEncoder<>(AgnosticEncoders.PrimitiveFloatEncoder$.MODULE$, false);
    return (Encoder<float[]>) floats;
  }
}
