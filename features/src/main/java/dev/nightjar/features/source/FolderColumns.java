package dev.nightjar.features.source;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Columns that are in the names of folders, {@code type=view}, as Hive and Spark write them. */
final class FolderColumns {
  private static final Pattern FOLDER = Pattern.compile("/([^/=]+)=([^/]*)(?=/)");
  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  private FolderColumns() {}

  /** Value by name; null where the folder says that there is none. */
  static Map<String, String> of(SourceFile file) {
    Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Matcher folder = FOLDER.matcher(file.path());
    while (folder.find()) {
      String value = folder.group(2);
      values.put(decoded(folder.group(1)), value.equals(NULL) ? null : decoded(value));
    }
    return values;
  }

  /** As Hive and Spark mean it; as it is where it is not of theirs, such as {@code 50%}. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  /** Names in any of the files, in order. */
  static List<String> names(List<SourceFile> files) {
    TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    files.forEach(file -> names.addAll(of(file).keySet()));
    return List.copyOf(names);
  }
}
