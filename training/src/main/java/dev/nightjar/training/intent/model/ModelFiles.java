package dev.nightjar.training.intent.model;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.nightjar.features.DataException;
import dev.nightjar.training.intent.IntentFeatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The files of one saved model, on any file system that Hadoop supports. */
final class ModelFiles {
  private static final String DESCRIPTION = "intent.json";

  private final SparkSession spark;
  private final Path directory;

  ModelFiles(SparkSession spark, String directory) {
    this.spark = spark;
    this.directory = new Path(directory);
  }

  /** Path of a file of the model. */
  String path(String name) {
    return new Path(directory, name).toString();
  }

  void write(String name, byte[] bytes) {
    Path file = new Path(directory, name);
    try (FSDataOutputStream out = fileSystem().create(file, true)) {
      out.write(bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + file, failed);
    }
  }

  boolean has(String name) {
    Path file = new Path(directory, name);
    try {
      return fileSystem().exists(file);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot look for " + file, failed);
    }
  }

  byte[] read(String name) {
    Path file = new Path(directory, name);
    try (FSDataInputStream in = fileSystem().open(file)) {
      return in.readAllBytes();
    } catch (IOException failed) {
      throw new DataException(
          "cannot read " + file + ": " + failed.getMessage() + "; train the model again", failed);
    }
  }

  void writeDescription(String kind, Map<String, ?> parameters) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("kind", kind);
    description.put("features", IntentFeatures.NAMES);
    description.putAll(parameters);
    String json =
        ConfigValueFactory.fromMap(description)
            .render(ConfigRenderOptions.concise().setFormatted(true));
    write(DESCRIPTION, json.getBytes(StandardCharsets.UTF_8));
  }

  Config readDescription() {
    try {
      return ConfigFactory.parseString(new String(read(DESCRIPTION), StandardCharsets.UTF_8));
    } catch (ConfigException wrong) {
      throw new DataException(
          "cannot read " + path(DESCRIPTION) + ": it is not JSON; train the model again", wrong);
    }
  }

  private FileSystem fileSystem() throws IOException {
    return directory.getFileSystem(spark.sparkContext().hadoopConfiguration());
  }
}
