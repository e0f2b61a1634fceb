package dev.nightjar.features.source;

import static dev.nightjar.features.source.JsonTexts.VALUE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get_json_object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Finds the columns of JSON rows. A key that a row has twice is one column. Where the mapping looks
 * into a key, as {@code user.id} does, and some rows have an object there, the column is an object,
 * so that a row with another shape costs that row and not the night.
 */
record JsonColumns(SparkSession spark, SourceConfig config) {
  private static final Pattern PATH = Pattern.compile("[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)+");

  /** Columns that hold what the texts do, which are rows of {@link JsonTexts}. */
  StructType of(Dataset<Row> texts) {
    StructType columns = found(texts);
    for (String sql : config.columns().values()) {
      for (String path : PATH.matcher(sql).results().map(match -> match.group()).toList()) {
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

  /** The schema with an object for each key of a path but the last, where a row has one there. */
  private StructType withObject(StructType schema, List<String> path, Dataset<Row> texts) {
    Map<String, DataType> columns = new LinkedHashMap<>();
    for (StructField field : schema.fields()) {
      boolean isInPath = path.size() > 1 && field.name().equalsIgnoreCase(path.get(0));
      columns.put(
          field.name(),
          isInPath ? object(field, path.subList(1, path.size()), texts) : field.dataType());
    }
    return struct(columns);
  }

  private DataType object(StructField field, List<String> path, Dataset<Row> texts) {
    Dataset<Row> objects =
        texts
            .select(get_json_object(col(VALUE), "$['" + field.name() + "']").as(VALUE))
            .where(col(VALUE).startsWith("{"));
    DataType type = field.dataType() instanceof StringType ? found(objects) : field.dataType();
    return type instanceof StructType object && object.length() > 0
        ? withObject(object, path, objects)
        : field.dataType();
  }

  private static StructType struct(Map<String, DataType> columns) {
    StructType struct = new StructType();
    for (Map.Entry<String, DataType> column : columns.entrySet()) {
      struct = struct.add(column.getKey(), column.getValue());
    }
    return struct;
  }
}
