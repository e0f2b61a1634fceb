package dev.nightjar.features.source;

import dev.nightjar.features.DataException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Lists the files of a source, with one glob for all its days. */
final class SourceFiles {
  private static final String DAY_GLOB = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]";
  private static final String DAY_GROUP = "(\\d{4}-\\d{2}-\\d{2})";

  private SourceFiles() {}

  static List<SourceFile> list(
      Configuration hadoop, SourceConfig config, LocalDate from, LocalDate to) {
    List<SourceFile> files = new ArrayList<>();
    try {
      Path pattern = new Path(config.path().replace(SourceConfig.DATE, DAY_GLOB));
      FileSystem system = pattern.getFileSystem(hadoop);
      requireParent(system, config);
      FileStatus[] found = system.globStatus(pattern);
      for (FileStatus status : found == null ? new FileStatus[0] : found) {
        Optional<LocalDate> day =
            config.isDated() ? day(config, status.getPath().toString()) : Optional.empty();
        boolean wanted =
            !config.isDated()
                || day.filter(date -> !date.isBefore(from) && !date.isAfter(to)).isPresent();
        if (wanted) {
          add(system, status, day, files);
        }
      }
    } catch (IOException | IllegalArgumentException unreachable) {
      throw new DataException(
          "sources."
              + config.table().key()
              + ".path "
              + config.path()
              + " cannot be listed ("
              + unreachable.getMessage()
              + "): check the path and the rights to it",
          unreachable);
    }
    if (!config.isDated() && files.isEmpty()) {
      throw missing(config, config.path());
    }
    files.sort(Comparator.comparing(SourceFile::path));
    return List.copyOf(files);
  }

  /** The part of the path before the first glob or {@code {date}} must exist. */
  private static void requireParent(FileSystem system, SourceConfig config) throws IOException {
    String path = config.path();
    Matcher wild = Pattern.compile("[*?{\\[]").matcher(path);
    if (!wild.find()) {
      return;
    }
    int slash = path.lastIndexOf('/', wild.start());
    String parent = slash > 0 ? path.substring(0, slash) : ".";
    if (slash != 0 && !parent.endsWith(":/") && !system.exists(new Path(parent))) {
      throw missing(config, parent);
    }
  }

  private static DataException missing(SourceConfig config, String path) {
    return new DataException(
        "sources."
            + config.table().key()
            + ".path: "
            + path
            + " does not exist or holds no file; a source must exist before the night: check"
            + " the path or --set data=DIR");
  }

  /** The day in a file's path; empty where it is no calendar day or differs between folders. */
  static Optional<LocalDate> day(SourceConfig config, String path) {
    List<String> wanted = components(config.path());
    List<String> found = components(path);
    Optional<LocalDate> day = Optional.empty();
    for (int back = 1; back <= wanted.size() && back <= found.size(); back++) {
      String template = wanted.get(wanted.size() - back);
      if (!template.contains(SourceConfig.DATE)) {
        continue;
      }
      Matcher matcher = regex(template).matcher(found.get(found.size() - back));
      if (!matcher.matches()) {
        return Optional.empty();
      }
      for (int group = 1; group <= matcher.groupCount(); group++) {
        Optional<LocalDate> here = parse(matcher.group(group));
        if (here.isEmpty() || (day.isPresent() && !day.equals(here))) {
          return Optional.empty();
        }
        day = here;
      }
    }
    return day;
  }

  private static Pattern regex(String template) {
    StringBuilder regex = new StringBuilder();
    int position = 0;
    Matcher token = Pattern.compile("\\{date}|\\*|\\?|\\[[^]]*]|\\{[^}]*}").matcher(template);
    while (token.find()) {
      regex.append(Pattern.quote(template.substring(position, token.start())));
      regex.append(
          switch (token.group()) {
            case SourceConfig.DATE -> DAY_GROUP;
            case "?" -> ".";
            default -> ".*?";
          });
      position = token.end();
    }
    return Pattern.compile(regex + Pattern.quote(template.substring(position)), Pattern.DOTALL);
  }

  private static Optional<LocalDate> parse(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException noDay) {
      return Optional.empty();
    }
  }

  private static List<String> components(String path) {
    return Pattern.compile("/").splitAsStream(path).filter(part -> !part.isEmpty()).toList();
  }

  /** Adds a file, or all files under a folder; like Spark, skips names that begin with _ or . */
  private static void add(
      FileSystem system, FileStatus status, Optional<LocalDate> day, List<SourceFile> files)
      throws IOException {
    String name = status.getPath().getName();
    if (name.startsWith("_") || name.startsWith(".")) {
      return;
    }
    if (status.isDirectory()) {
      for (FileStatus child : system.listStatus(status.getPath())) {
        add(system, child, day, files);
      }
    } else {
      files.add(
          new SourceFile(
              status.getPath().toString(), status.getLen(), status.getModificationTime(), day));
    }
  }
}
