package dev.nightjar.features.source;

import dev.nightjar.features.config.Problems;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.csv.CSVExprUtils;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.execution.datasources.parquet.ParquetOptions;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Checks the options of Spark's readers that would otherwise fail only when a job runs. Their names
 * are case-insensitive.
 */
final class ReaderOptions {
  private static final Set<String> BOOLEANS =
      Set.of(
          "header",
          "multiline",
          "inferschema",
          "enforceschema",
          "preferdate",
          "ignoreleadingwhitespace",
          "ignoretrailingwhitespace",
          "primitivesasstring",
          "prefersdecimal",
          "dropfieldifallnull",
          "allowcomments",
          "allowunquotedfieldnames",
          "allowsinglequotes",
          "allownumericleadingzeros",
          "allownonnumericnumbers",
          "allowbackslashescapinganycharacter",
          "allowunquotedcontrolchars",
          "ignorecorruptfiles",
          "ignoremissingfiles",
          "recursivefilelookup",
          "mergeschema");
  private static final Set<String> CHARSETS = Set.of("encoding", "charset");
  private static final Set<String> SEPARATORS = Set.of("sep", "delimiter");
  private static final Set<String> CHARACTERS =
      Set.of("quote", "escape", "comment", "chartoescapequoteescaping");
  private static final Set<String> REBASES = Set.of("datetimerebasemode", "int96rebasemode");
  private static final List<String> REBASE = List.of("CORRECTED", "EXCEPTION", "LEGACY");

  /** With these Spark reads other files than Nightjar lists and counts. */
  private static final Set<String> LOSING =
      Set.of(
          "path",
          "paths",
          "basepath",
          "pathglobfilter",
          "modifiedbefore",
          "modifiedafter",
          "ignorecorruptfiles",
          "ignoremissingfiles");

  /** A row beyond them would end the reading of its file. */
  private static final Set<String> LIMITS = Set.of("maxcharspercolumn", "maxcolumns");

  private static final String POSITIVE = "[1-9]\\d{0,8}";
  private static final List<String> TRUE_OR_FALSE = List.of("true", "false");

  private ReaderOptions() {}

  /** The value of the first of these names that is set. */
  static Optional<String> get(Map<String, String> options, String... names) {
    return Arrays.stream(names)
        .flatMap(
            name ->
                options.entrySet().stream()
                    .filter(option -> option.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue))
        .findFirst();
  }

  /** Notes the options whose value Spark could not take. */
  static void check(String format, Map<String, String> options, Problems problems) {
    new TreeMap<>(options)
        .forEach(
            (name, value) -> {
              String rule = rule(format, name.toLowerCase(Locale.ROOT), value);
              problems.require(
                  rule.isEmpty(), "options." + name, "must be " + rule, "\"" + value + "\"");
            });
  }

  private static String rule(String format, String option, String value) {
    if (BOOLEANS.contains(option) && !TRUE_OR_FALSE.contains(value.toLowerCase(Locale.ROOT))) {
      return "true or false";
    }
    boolean isOff = BOOLEANS.contains(option) && value.equalsIgnoreCase("false");
    if (LOSING.contains(option) && !isOff) {
      return "left out: files that it leaves out would be lost without a word";
    }
    if (CHARSETS.contains(option)) {
      return isCharset(value) ? "" : "a charset such as UTF-8";
    }
    if (LIMITS.contains(option)) {
      return "left out: rows of any length are read";
    }
    if (REBASES.contains(option) && !REBASE.contains(value)) {
      return "one of " + String.join(", ", REBASE);
    }
    String rule = format.equals("csv") ? csvRule(option, value) : "";
    return rule.isEmpty() && !isTaken(format, option, value)
        ? "a value that Spark's reader takes"
        : rule;
  }

  /** Whether Spark's reader takes an option: it reads all of them when a job runs. */
  private static boolean isTaken(String format, String option, String value) {
    scala.collection.immutable.Map<String, String> alone =
        new scala.collection.immutable.Map.Map1<>(option, value);
    try {
      switch (format) {
        case "csv" -> new CSVOptions(alone, false, "UTC").asParserSettings();
        case "json" -> new JSONOptions(alone, "UTC", "").buildJsonFactory();
        case "parquet" -> new ParquetOptions(alone, SQLConf.get()).mergeSchema();
        default -> {} // a format at fault is a problem of its own
      }
      return true;
    } catch (Exception wrong) { // Scala declares none
      return false;
    }
  }

  private static String csvRule(String option, String value) {
    if (SEPARATORS.contains(option) && !isSeparator(value)) {
      return "the text between two columns, such as \";\" or \"\\t\"";
    }
    if (CHARACTERS.contains(option) && value.length() > 1) {
      return "one character, or nothing";
    }
    if (option.equals("linesep") && (value.isEmpty() || value.length() > 2)) {
      return "the one or two characters between two lines, such as \"\\n\"";
    }
    if (option.equals("inputbuffersize") && !value.matches(POSITIVE)) {
      return "a positive whole number";
    }
    return "";
  }

  private static boolean isCharset(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalCharsetNameException wrong) {
      return false;
    }
  }

  private static boolean isSeparator(String text) {
    try {
      return !CSVExprUtils.toDelimiterStr(text).isEmpty();
    } catch (RuntimeException wrong) {
      return false;
    }
  }
}
