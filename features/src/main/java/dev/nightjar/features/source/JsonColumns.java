package dev.nightjar.features.source;

import static dev.nightjar.features.source.JsonTexts.VALUE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.not;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Finds the columns of JSON rows. A key that a row has twice is one column. Where the mapping looks
 * into a key, as {@code user.id} does, the column is an object, so that a row with another shape
 * costs that row and not the night; it is none where every row has nothing there.
 */
record JsonColumns(SparkSession spark, SourceConfig config) {
  private static final Pattern PATH = Pattern.compile("[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)+");

  /** A text in an expression, which names no key. */
  private static final Pattern TEXT =
      Pattern.compile("'(?:\\\\.|[^'\\\\])*+'|\"(?:\\\\.|[^\"\\\\])*+\"");

  /** What Spark takes a list for that is empty in every row. */
  private static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType);

  /** What PHP writes for an object without keys, and what others do. */
  private static final Object[] NOTHING = {"[]", "{}"};

  /** Columns that hold what the texts do, which are rows of {@link JsonTexts}. */
  StructType of(Dataset<Row> texts) {
    StructType columns = found(texts);
    for (String sql : config.columns().values()) {
      for (String path :
          PATH.matcher(TEXT.matcher(sql).replaceAll("''"))
              .results()
              .map(match -> match.group())
              .toList()) {
        columns = withObject(columns, List.of(path.split("\\.")), texts);
      }
    }
    return columns;
  }

  private StructType found(Dataset<Row> texts) {
    return once(
        spark
            .read()
            .options(JsonRows.options(config))
            .json(texts.select(VALUE).as(Encoders.STRING()))
            .schema());
  }

  private static StructType once(StructType schema) {
    Map<String, DataType> columns = new LinkedHashMap<>();
    for (StructField field : schema.fields()) {
      columns.putIfAbsent(field.name(), once(field.dataType()));
    }
    columns.remove(LayoutReader.CORRUPT);
    return struct(columns);
  }

  private static DataType once(DataType type) {
    if (type instanceof StructType object) {
      return once(object);
    }
    return type instanceof ArrayType list ? new ArrayType(once(list.elementType()), true) : type;
  }

  /** The schema with an object for each key of a path but the last. */
  private StructType withObject(StructType schema, List<String> path, Dataset<Row> texts) {
    Map<String, DataType> columns = new LinkedHashMap<>();
    for (StructField field : schema.fields()) {
      boolean isInPath = path.size() > 1 && field.name().equalsIgnoreCase(path.get(0));
      Optional<DataType> type =
          isInPath
              ? object(field, path.subList(1, path.size()), texts)
              : Optional.of(field.dataType());
      type.ifPresent(of -> columns.put(field.name(), of));
    }
    return struct(columns);
  }

  /** The type of a key that the mapping looks into; empty where no row has anything there. */
  private Optional<DataType> object(StructField field, List<String> path, Dataset<Row> texts) {
    Dataset<Row> values =
        texts
            .select(get_json_object(col(VALUE), "$['" + field.name() + "']").as(VALUE))
            .where(col(VALUE).isNotNull());
    Dataset<Row> objects = values.where(col(VALUE).startsWith("{"));
    DataType given = field.dataType();
    DataType type = given instanceof StringType ? found(objects) : given;
    if (type instanceof StructType object && object.length() > 0) {
      return Optional.of(withObject(object, path, objects));
    }
    boolean mayBeNothing = given instanceof StringType || given.equals(TEXTS);
    if (mayBeNothing && values.where(not(col(VALUE).isin(NOTHING))).isEmpty()) {
      return Optional.empty();
    }
    // An object without keys: what the mapping names is absent, and whatever is there is no object.
    return Optional.of(given instanceof StringType ? new StructType() : given);
  }

  private static StructType struct(Map<String, DataType> columns) {
    StructType struct = new StructType();
    for (Map.Entry<String, DataType> column : columns.entrySet()) {
      struct = struct.add(column.getKey(), column.getValue());
    }
    return struct;
  }
}
