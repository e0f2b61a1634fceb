package dev.nightjar.pipeline.cli;

import dev.nightjar.features.config.ConfigProblems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks where a root may be. */
final class Roots {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*");

  /** Schemes whose stores replace a small file atomically, as manifests need. */
  private static final Set<String> POSSIBLE =
      Set.of("file", "hdfs", "viewfs", "webhdfs", "swebhdfs", "s3a", "gs", "abfs", "abfss");

  private Roots() {}

  /**
   * Refuses a root with a scheme that cannot hold a warehouse.
   *
   * @throws ConfigProblems where it is one
   */
  static void requirePossible(String root) {
    if (!POSSIBLE.contains(scheme(root).orElse("file"))) {
      throw new ConfigProblems(
          List.of(
              "--root must be a local path, hdfs:// or s3a:// (or gs://, abfss:// with their jars), got '%s'"
                  .formatted(root)));
    }
  }

  /** Whether it is on a disk of this machine. */
  static boolean isLocal(String root) {
    return scheme(root).orElse("file").equals("file");
  }

  private static Optional<String> scheme(String root) {
    Matcher matcher = SCHEME.matcher(root);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
