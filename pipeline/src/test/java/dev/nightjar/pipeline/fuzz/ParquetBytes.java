package dev.nightjar.pipeline.fuzz;

import dev.nightjar.features.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The bytes of a Parquet file, whose times and numbers have their types. */
final class ParquetBytes {
  private static final Set<String> TIMES =
      Set.of("time", "updated", "sent", "opened", "left", "since", "released");

  private ParquetBytes() {}

  static byte[] of(List<String> header, List<List<String>> rows) throws IOException {
    StructType schema = new StructType();
    for (String name : header) {
      schema = schema.add(name, DataTypes.StringType);
    }
    List<Row> cells = rows.stream().map(row -> RowFactory.create(row.toArray())).toList();
    Path folder = Files.createTempDirectory("fuzz").resolve("parquet");
    TestSpark.session()
        .createDataFrame(cells, schema)
        .select(header.stream().map(ParquetBytes::typed).toArray(Column[]::new))
        .coalesce(1)
        .write()
        .parquet(folder.toString());
    try (Stream<Path> files = Files.list(folder)) {
      Path part = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      return Files.readAllBytes(part);
    }
  }

  private static Column typed(String name) {
    Column text = functions.nullif(functions.col(name), functions.lit(""));
    String type =
        TIMES.contains(name)
            ? "timestamp"
            : name.equals("price") ? "double" : name.equals("quantity") ? "int" : "string";
    return text.cast(type).as(name);
  }
}
