package dev.nightjar.features.source;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A file of a source.
 *
 * @param path full path, with its scheme
 * @param length bytes
 * @param modifiedMillis time of its last change, milliseconds since 1970 UTC
 * @param day the {@code {date}} of its path; empty for a source without one
 */
public record SourceFile(String path, long length, long modifiedMillis, Optional<LocalDate> day) {
  /** What changes when the file does: its size and time. */
  public String stamp() {
    return length + "@" + modifiedMillis;
  }

  /** What changes when one of the files does: size and time of each, by path. */
  public static Map<String, String> stamps(List<SourceFile> files) {
    Map<String, String> stamps = new TreeMap<>();
    files.forEach(file -> stamps.put(file.path(), file.stamp()));
    return stamps;
  }
}
