package dev.nightjar.pipeline.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.spark.sql.SparkSession;

/** Sends Spark's log, and every stack trace, to a file. */
final class LogFile {
  private static final String PROPERTY = "nightjar.log";

  private LogFile() {}

  /**
   * Points all logging at {@code <root>/_logs/<day>.log} where the root is local, else at a file in
   * the temporary directory.
   *
   * @param mayCreateRoot whether a root that does not exist may be made for it
   * @return the file
   */
  static Path open(String root, boolean mayCreateRoot) {
    Path file =
        directory(root, mayCreateRoot)
            .resolve("nightjar-" + LocalDate.now(ZoneOffset.UTC) + ".log");
    System.setProperty(PROPERTY, file.toString());
    // Spark's own context: under spark-submit Spark and this class have different class loaders.
    LoggerContext context =
        (LoggerContext) LogManager.getContext(SparkSession.class.getClassLoader(), false);
    context.setConfigLocation(
        URI.create(LogFile.class.getResource("/nightjar-log4j2.xml").toString()));
    return file;
  }

  private static Path directory(String root, boolean mayCreateRoot) {
    Path local = Path.of(root.replaceFirst("^file:", "")).toAbsolutePath();
    if (Roots.isLocal(root) && (mayCreateRoot || Files.isDirectory(local))) {
      Path inRoot = local.resolve("_logs");
      try {
        Files.createDirectories(inRoot);
        if (Files.isWritable(inRoot)) {
          return inRoot;
        }
      } catch (IOException unwritable) {
        // The root itself is refused later, with its own message; its log goes elsewhere.
        return temporary();
      }
    }
    return temporary();
  }

  private static Path temporary() {
    return Path.of(
        System.getProperty("java.io.tmpdir"), "nightjar-" + System.getProperty("user.name"));
  }
}
