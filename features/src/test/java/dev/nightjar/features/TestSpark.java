package dev.nightjar.features;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The one Spark session that all tests of a JVM share: local[2], UTC, no UI. Plans are interpreted,
 * in one partition: where each of many plans has a few rows, compiling its code and handing it to
 * tasks takes most of the time. Tests with {@link Compiled} run plans as a night does, and so does
 * the demo of {@code .ci/run}.
 */
public final class TestSpark {
  private static final Map<String, String> COMPILED =
      Map.of(
          "spark.sql.codegen.wholeStage", "true",
          "spark.sql.codegen.factoryMode", "FALLBACK",
          "spark.sql.adaptive.enabled", "true",
          "spark.sql.shuffle.partitions", "2",
          "spark.sql.files.minPartitionNum", "2",
          "spark.sql.leafNodeDefaultParallelism", "2");

  private static final Map<String, String> INTERPRETED =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.adaptive.enabled", "false",
          "spark.sql.shuffle.partitions", "1",
          "spark.sql.files.minPartitionNum", "1",
          "spark.sql.leafNodeDefaultParallelism", "1");

  private static final SparkSession SESSION =
      SparkSession.builder()
          .master("local[2]")
          .appName("nightjar-tests")
          .config("spark.ui.enabled", "false")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.sql.session.timeZone", "UTC")
          .config("spark.sql.ansi.enabled", "false")
          .config("spark.sql.legacy.parquet.nanosAsLong", "true")
          .config("spark.sql.legacy.javaCharsets", "true")
          .config("spark.hadoop.fs.file.impl", LocalFiles.class.getName())
          .config("spark.sql.codegen.hugeMethodLimit", "8000")
          .config("spark.sql.ui.explainMode", "simple")
          .config("spark.sql.lightweightPlanChangeValidation", "false")
          .config("spark.default.parallelism", "2")
          .config("spark.sql.warehouse.dir", "target/spark-warehouse")
          .getOrCreate();

  static {
    interpretPlans();
    // as the steps of a night: Spark does not search the stack for the line of each dataset
    List.of("callSite.short", "callSite.long")
        .forEach(site -> SESSION.sparkContext().setLocalProperty(site, "a test"));
  }

  private TestSpark() {}

  public static SparkSession session() {
    return SESSION;
  }

  static void interpretPlans() {
    apply(INTERPRETED);
  }

  /** Plans as in a night, until the end of the process or {@link Compiled} ends. */
  public static void compilePlans() {
    apply(COMPILED);
  }

  /** Tasks of a dataset's RDD have the settings of the thread, not those of the session. */
  private static void apply(Map<String, String> settings) {
    settings.forEach(SESSION.conf()::set);
    settings.forEach(SESSION.sparkContext()::setLocalProperty);
  }

  /** Rows as a dataset; those that know their columns must be of this schema. */
  public static Dataset<Row> dataset(StructType schema, List<Row> rows) {
    for (Row row : rows) {
      if (row.schema() != null && !Arrays.equals(row.schema().names(), schema.names())) {
        throw new IllegalArgumentException(
            "a row of "
                + row.schema().simpleString()
                + " in a dataset of "
                + schema.simpleString());
      }
    }
    return SESSION.createDataFrame(rows, schema);
  }
}
