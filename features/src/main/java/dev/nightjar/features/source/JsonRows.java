package dev.nightjar.features.source;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads the JSON files of one layout: objects in lines, or elements of arrays over many lines. */
record JsonRows(SparkSession spark, SourceConfig config, SourceLayout layout) {
  private static final String PARSED = "_parsed";
  private static final String CASE = "spark.sql.caseSensitive";

  Dataset<Row> read() {
    String before = spark.conf().get(CASE);
    spark.conf().set(CASE, "true"); // keys that differ only in case are two keys of JSON
    try {
      Dataset<Row> texts = texts();
      Dataset<Row> whole = texts.where(not(col(JsonTexts.IS_BROKEN)));
      StructType columns = new JsonColumns(spark, config).of(whole);
      StructType schema = columns.add(LayoutReader.CORRUPT, DataTypes.StringType);
      Column row =
          from_json(
              coalesce(col(JsonTexts.READABLE), col(JsonTexts.VALUE)), schema, options(config));
      return columnsOf(texts.withColumn(PARSED, row), columns);
    } finally {
      spark.conf().set(CASE, before);
    }
  }

  /** Options of Spark's reader for values that are texts already. */
  static Map<String, String> options(SourceConfig config) {
    Map<String, String> options = new LinkedHashMap<>(Map.of("primitivesAsString", "true"));
    options.putAll(config.options());
    options
        .keySet()
        .removeIf(
            name -> name.toLowerCase(Locale.ROOT).matches("encoding|charset|linesep|multiline"));
    options.put("mode", "PERMISSIVE");
    options.put("columnNameOfCorruptRecord", LayoutReader.CORRUPT);
    return options;
  }

  /** Column {@code value}: each row as text. */
  private Dataset<Row> texts() {
    String charset = ReaderOptions.get(config.options(), "encoding", "charset").orElse("UTF-8");
    boolean isWhole =
        layout.shape() == SourceLayout.Shape.ARRAY
            || LayoutReader.isMultiLine(config)
            || LayoutReader.isWide(config);
    UDF1<byte[], List<Row>> cut = bytes -> JsonTexts.in(bytes, charset);
    Column rows =
        udf(cut, DataTypes.createArrayType(JsonTexts.SCHEMA)).apply(col("value").cast("binary"));
    return spark
        .read()
        .options(config.options())
        .option(LayoutReader.GLOB, "false")
        .option("wholetext", String.valueOf(isWhole))
        .text(layout.paths())
        .select(inline(rows));
  }

  /**
   * Keys that differ only in case are one column. A row that has two of them with two values is
   * broken: nobody knows which one holds.
   */
  private static Dataset<Row> columnsOf(Dataset<Row> parsed, StructType schema) {
    Map<String, List<String>> spellings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : schema.fieldNames()) {
      spellings.computeIfAbsent(name, none -> new ArrayList<>()).add(name);
    }
    List<Column> columns = new ArrayList<>();
    Column isBroken = col(JsonTexts.IS_BROKEN);
    for (List<String> names : spellings.values()) {
      Column value = col(PARSED).getField(names.get(0));
      if (names.size() > 1) {
        Column given = array_distinct(array_compact(values(names, schema)));
        value = get(given, lit(0));
        isBroken = isBroken.or(size(given).gt(1));
      }
      columns.add(value.as(names.get(0)));
    }
    Column corrupt =
        when(isBroken, col(JsonTexts.VALUE)).otherwise(col(PARSED).getField(LayoutReader.CORRUPT));
    columns.add(corrupt.as(LayoutReader.CORRUPT));
    return parsed.select(columns.toArray(Column[]::new));
  }

  private static Column values(List<String> names, StructType schema) {
    boolean isOneType =
        names.stream().map(name -> schema.apply(name).dataType()).distinct().count() == 1;
    return array(
        names.stream()
            .map(name -> col(PARSED).getField(name))
            .map(value -> isOneType ? value : value.cast("string"))
            .toArray(Column[]::new));
  }
}
