package dev.nightjar.features.source;

import dev.nightjar.features.config.Nearest;
import dev.nightjar.features.source.value.AutoTime;
import dev.nightjar.features.source.value.WordsForCalls;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.TableColumn;
import dev.nightjar.features.table.Users;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Columns that some of a source's files lack: a key that no row of a JSON file has, a column that
 * was added later. What is optional is null there; what is required, and consent, must be in every
 * file.
 */
final class AbsentColumns {
  private static final Pattern NAME = Pattern.compile("\\p{N}*[\\p{L}_][\\p{L}\\p{N}_]*");

  /** A name of any signs: a backquote in it is doubled. */
  private static final Pattern QUOTED = Pattern.compile("`((?:``|[^`])+)`");

  private static final Set<String> OUTCOMES = Set.of(Pushes.UNSUBSCRIBED_AT, Pushes.BOUNCED_AT);

  private AbsentColumns() {}

  /**
   * The mapping with null for the optional columns whose expression names a column that is absent.
   * A column that no file ever had is a fault of the mapping, except a key of JSON that is neither
   * consent nor misspelt.
   *
   * @param rows of some of the files
   * @param areNewest whether the newest day's files are among them: what they say of who left must
   *     not be lost with the name of a column
   * @param all rows of all of them, by their columns
   * @param earlier rows of files of the days before
   */
  static SourceConfig fit(
      SourceConfig config,
      Dataset<Row> rows,
      boolean areNewest,
      List<Dataset<Row>> all,
      Supplier<List<Dataset<Row>>> earlier) {
    boolean isJson = config.format().equals("json");
    Map<String, String> columns = new LinkedHashMap<>(config.columns());
    for (TableColumn column : config.table().inputs()) {
      String sql = columns.get(column.name());
      boolean isNeeded =
          column.input() == TableColumn.Input.REQUIRED
              || (column.name().equals(Users.CONSENT) && !isJson)
              || (OUTCOMES.contains(column.name()) && areNewest && !isJson);
      if (sql != null
          && !isNeeded
          && namesAnAbsentOne(rows, sql)
          && (mayLack(config, column, rows) || isKnown(all, sql) || isKnown(earlier.get(), sql))) {
        columns.put(column.name(), "CAST(NULL AS " + column.type().sql() + ")");
      }
    }
    return config.mapping(columns);
  }

  /** Whether a key is not given where there is nothing to say; one that is misspelt would be. */
  private static boolean mayLack(SourceConfig config, TableColumn column, Dataset<Row> rows) {
    if (!config.format().equals("json") || column.name().equals(Users.CONSENT)) {
      return false;
    }
    Set<String> mapped = mapped(config.columns());
    List<String> free = new ArrayList<>(LayoutReader.sourceColumns(rows));
    free.removeIf(mapped::contains);
    return names(config.columns().get(column.name())).stream()
        .noneMatch(name -> Nearest.isMisspelt(name, free));
  }

  /** What of an expression may be names of columns: its words, and what is in backquotes. */
  static List<String> names(String sql) {
    Stream<String> words = NAME.matcher(sql).results().map(MatchResult::group);
    Stream<String> quoted =
        QUOTED.matcher(sql).results().map(name -> name.group(1).replace("``", "`"));
    return Stream.concat(words, quoted).toList();
  }

  /** The first column that the mapping names and the source has twice. */
  static Optional<String> twice(Map<String, String> mapping, List<String> columns) {
    Set<String> mapped = mapped(mapping);
    Set<String> seen = new HashSet<>();
    return columns.stream().filter(name -> !seen.add(name) && mapped.contains(name)).findFirst();
  }

  /** {@link #names} of all expressions, in any case. */
  static Set<String> mapped(Map<String, String> mapping) {
    Set<String> mapped = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    mapping.values().forEach(sql -> mapped.addAll(names(sql)));
    return mapped;
  }

  private static boolean isKnown(List<Dataset<Row>> all, String sql) {
    return all.stream().anyMatch(rows -> !namesAnAbsentOne(rows, sql));
  }

  private static boolean namesAnAbsentOne(Dataset<Row> rows, String sql) {
    try {
      rows.select(AutoTime.expression(sql));
      return WordsForCalls.absent(sql, rows).isPresent();
    } catch (Exception failed) {
      // AnalysisException is a checked exception that no signature declares.
      if (!(failed instanceof AnalysisException analysis)) {
        throw failed;
      }
      String condition = String.valueOf(analysis.getCondition());
      return condition.startsWith("UNRESOLVED_COLUMN") || condition.equals("FIELD_NOT_FOUND");
    }
  }
}
