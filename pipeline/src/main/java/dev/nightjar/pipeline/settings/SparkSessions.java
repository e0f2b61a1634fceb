package dev.nightjar.pipeline.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.nightjar.features.LocalFiles;
import dev.nightjar.features.SparkMessage;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Problems;
import dev.nightjar.features.config.Secrets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;

/** Opens the single Spark session of the process. */
public final class SparkSessions {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "spark.sql.session.timeZone", "UTC",
          // a cast that fails gives null, for which the row is refused, instead of ending the night
          "spark.sql.ansi.enabled", "false",
          "spark.sql.legacy.parquet.nanosAsLong", "true",
          // windows-1252 and the like, which shops write
          "spark.sql.legacy.javaCharsets", "true",
          "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS",
          "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");

  private static final Map<String, String> UNLESS_SET =
      Map.of(
          "spark.ui.enabled", "false",
          "spark.ui.showConsoleProgress", "false",
          // a night has about 1,000 pieces of generated code and reuses them for snapshots of
          // several moments; with Spark's default of 100 each would be compiled again
          "spark.sql.codegen.cache.maxEntries", "3000",
          // the JVM does not compile a method of more bytes well, or at all: Spark then generates
          // several
          "spark.sql.codegen.hugeMethodLimit", "8000",
          // nobody reads the long form of plans, which takes longer to write than to plan
          "spark.sql.ui.explainMode", "simple",
          "spark.sql.lightweightPlanChangeValidation", "false",
          "spark.sql.adaptive.coalescePartitions.parallelismFirst", "false",
          "spark.sql.adaptive.advisoryPartitionSizeInBytes", "32m");

  private SparkSessions() {}

  /**
   * Embedded, on all cores of this machine, unless spark-submit named a master.
   *
   * @param sparkConf the section {@code spark.conf}
   */
  public static SparkSession open(Config sparkConf) {
    Map<String, String> own = flat(sparkConf);
    SparkConf conf = new SparkConf(true);
    own.forEach(
        (key, value) -> {
          if (!conf.contains(key)) {
            conf.set(key, value);
          }
        });
    UNLESS_SET.forEach(conf::setIfMissing);
    conf.setIfMissing("spark.master", "local[*]");
    if (conf.get("spark.master").startsWith("local")) {
      fitToThisMachine(conf);
    }
    ALWAYS.forEach(conf::set);
    conf.setIfMissing("spark.app.name", "nightjar");
    try {
      return SparkSession.builder().config(conf).getOrCreate();
    } catch (Exception refused) {
      own.keySet().stream()
          .filter(key -> isAtFault(key, refused))
          .findFirst()
          .ifPresent(key -> refuse(key, refused));
      throw refused;
    }
  }

  /** A heap that is too small is not the fault of the setting that Spark names. */
  private static boolean isAtFault(String key, Exception refused) {
    String message = String.valueOf(refused.getMessage());
    boolean isHeap = message.contains("INVALID_DRIVER_MEMORY");
    boolean isMaster = key.equals("spark.master") && message.contains("Master URL");
    return !isHeap && (isMaster || message.contains(key));
  }

  /**
   * Notes each setting of {@code spark.conf} whose value Spark SQL does not accept.
   *
   * @param sparkConf the section {@code spark.conf}
   */
  static void check(Config sparkConf, Problems problems) {
    SQLConf conf = new SQLConf();
    flat(sparkConf)
        .forEach(
            (key, value) -> {
              try {
                conf.setConfString(key, value);
              } catch (IllegalArgumentException refused) {
                problems.collect(() -> refuse(key, refused));
              }
            });
  }

  private static void refuse(String key, Exception refused) {
    String reason = Secrets.isSecret(key) ? Secrets.REDACTED : SparkMessage.of(refused);
    throw new ConfigProblems(List.of("spark.conf: Spark refuses %s: %s".formatted(key, reason)));
  }

  private static void fitToThisMachine(SparkConf conf) {
    int cores = Runtime.getRuntime().availableProcessors();
    conf.setIfMissing("spark.sql.shuffle.partitions", String.valueOf(2 * cores));
    conf.setIfMissing("spark.default.parallelism", String.valueOf(cores));
    // a job to list a year of daily files costs more than listing them on the driver
    conf.setIfMissing("spark.sql.sources.parallelPartitionDiscovery.threshold", "10000");
    // a task that runs out of memory fails its job, which is reported, instead of ending the
    // process
    conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
    conf.setIfMissing("spark.hadoop.fs.file.impl", LocalFiles.class.getName());
    conf.setIfMissing("spark.driver.host", "127.0.0.1");
    conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
  }

  private static Map<String, String> flat(Config sparkConf) {
    Map<String, String> own = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : sparkConf.root().entrySet()) {
      flatten(entry.getKey(), entry.getValue(), own);
    }
    return own;
  }

  private static void flatten(String key, ConfigValue value, Map<String, String> into) {
    if (value instanceof ConfigObject object) {
      object.forEach((inner, innerValue) -> flatten(key + "." + inner, innerValue, into));
    } else {
      into.put(key, String.valueOf(value.unwrapped()));
    }
  }
}
