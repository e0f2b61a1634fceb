package dev.nightjar.features.source;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.spark_partition_id;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.SparkMessage;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Nearest;
import dev.nightjar.features.config.Problems;
import dev.nightjar.features.source.value.AutoTime;
import dev.nightjar.features.source.value.CellQuote;
import dev.nightjar.features.source.value.Conversion;
import dev.nightjar.features.source.value.WordsForCalls;
import dev.nightjar.features.table.TableColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** Evaluates the expressions of a mapping and says which of them cannot be. */
final class Mapping {
  private static final String VALUE = "_value_";
  private static final String HIDDEN = "_metadata";
  private static final int REASON_LENGTH = 160;

  private Mapping() {}

  /** Refuses files with a column that would hide Spark's own. */
  static void requireNoHidden(SourceConfig config, Dataset<Row> rows) {
    if (Arrays.stream(rows.columns()).anyMatch(HIDDEN::equalsIgnoreCase)) {
      throw new ConfigProblems(
          List.of(
              "sources."
                  + config.table().key()
                  + ": its files have a column "
                  + HIDDEN
                  + ", which is the name of a hidden column of Spark: rename it in the files"));
    }
  }

  /**
   * Analyses each expression over the columns of {@code rows}; runs no job.
   *
   * @param visible the source's own columns, for the message
   * @return one message for each expression that does not compile, names an absent column or gives
   *     what the column cannot be
   */
  static List<String> problems(SourceConfig config, Dataset<Row> rows, List<String> visible) {
    List<String> problems = new ArrayList<>();
    List<String> shown = mayBeRow(config, visible) ? List.of() : visible;
    for (Map.Entry<String, String> column : config.columns().entrySet()) {
      try {
        Dataset<Row> alone =
            rows.select(AutoTime.expression(column.getValue()).as(column.getKey()));
        String plan = alone.queryExecution().analyzed().getClass().getSimpleName();
        if (!plan.equals("Project")) {
          problems.add(
              name(config.table(), column.getKey(), column.getValue())
                  + " must give one value per row, without aggregates or generators");
        }
        WordsForCalls.absent(column.getValue(), rows)
            .ifPresent(
                word ->
                    problems.add(
                        name(config.table(), column.getKey(), column.getValue())
                            + lacks(word, shown)));
        shape(config.table(), column.getKey(), alone)
            .ifPresent(
                words ->
                    problems.add(name(config.table(), column.getKey(), column.getValue()) + words));
      } catch (Exception failed) {
        // AnalysisException is a checked exception that no signature declares.
        if (!(failed instanceof AnalysisException analysis)) {
          throw failed;
        }
        problems.add(
            name(config.table(), column.getKey(), column.getValue()) + reason(analysis, shown));
      }
    }
    return problems;
  }

  /** Whether what should be a header may be a row, which no message shows. */
  private static boolean mayBeRow(SourceConfig config, List<String> visible) {
    Set<String> mapped = AbsentColumns.mapped(config.columns());
    return config.format().equals("csv")
        && config.hasHeader()
        && visible.stream().noneMatch(mapped::contains);
  }

  /**
   * Why a value of this type cannot be one of the column's; an id may be an object's only field.
   */
  private static Optional<String> shape(InputTable table, String target, Dataset<Row> alone) {
    DataType to =
        table.inputs().stream()
            .filter(column -> column.name().equals(target))
            .findFirst()
            .map(TableColumn::type)
            .orElseThrow();
    DataType from = alone.schema().apply(0).dataType();
    boolean isText = to instanceof StringType;
    if (to instanceof MapType || (isText && !target.endsWith("_id"))) {
      return Optional.empty();
    }
    if (from instanceof StructType object && !(isText && object.length() == 1)) {
      String field = object.length() == 0 ? "?" : object.fieldNames()[0];
      return Optional.of(
          " is an object with the fields %s: name one of them, such as `%s`"
              .formatted(String.join(", ", object.fieldNames()), field));
    }
    if (from instanceof ArrayType || from instanceof MapType) {
      return Optional.of(" is a list or a map, and must be one value: take one of its values");
    }
    return isConvertible(alone, from, target, table)
        ? Optional.empty()
        : Optional.of(
            " is of the type %s, which cannot be made a %s: write an expression that gives one"
                .formatted(from.sql(), to.sql()));
  }

  private static boolean isConvertible(
      Dataset<Row> alone, DataType type, String target, InputTable table) {
    TableColumn column =
        table.inputs().stream().filter(of -> of.name().equals(target)).findFirst().orElseThrow();
    try {
      Column value = value("`" + target + "`", type, column, Optional.empty());
      alone.select(Conversion.convert(value, Conversion.decoded(type), column)).schema();
      return true;
    } catch (Exception failed) {
      // AnalysisException is a checked exception that no signature declares.
      if (failed instanceof AnalysisException) {
        return false;
      }
      throw failed;
    }
  }

  /** Notes an expression that is not valid SQL, whatever the source's columns are. */
  static void checkSyntax(InputTable table, String target, String sql, Problems problems) {
    try {
      if (!sql.isBlank()) {
        new CatalystSqlParser().parseExpression(sql);
      }
    } catch (Exception failed) {
      // ParseException is a checked exception that no signature declares.
      if (!(failed instanceof AnalysisException analysis)) {
        throw failed;
      }
      problems.add(name(table, target, sql) + doesNotCompile(analysis));
    }
  }

  private static String name(InputTable table, String target, String sql) {
    return "sources." + table.key() + ".columns." + target + " = \"" + sql + "\"";
  }

  private static String reason(AnalysisException failed, List<String> shown) {
    String condition = String.valueOf(failed.getCondition());
    if (condition.startsWith("UNRESOLVED_COLUMN")) {
      String absent =
          failed.getMessageParameters().getOrDefault("objectName", "?").replace("`", "");
      return lacks(absent, shown);
    }
    return doesNotCompile(failed);
  }

  private static String lacks(String absent, List<String> shown) {
    return " names column "
        + absent
        + ", which the source lacks: "
        + (shown.isEmpty()
            ? "its first line has no name that the mapping uses; is it a header?"
            : "its columns are " + String.join(", ", shown) + Nearest.hint(absent, shown));
  }

  private static String doesNotCompile(AnalysisException failed) {
    String text = SparkMessage.of(failed);
    String cut = text.length() > REASON_LENGTH ? text.substring(0, REASON_LENGTH) + "..." : text;
    return " does not compile: "
        + cut
        + (cut.endsWith(".") ? "" : ".")
        + " Write a Spark SQL expression over the source's columns";
  }

  /**
   * Replaces the source's columns by those of the input.
   *
   * @param rows the source's columns and the helpers {@link InputTable#RAW}, {@link
   *     InputTable#SOURCE_PATH}, {@link InputTable#SOURCE_DAY}, {@link InputTable#MALFORMED},
   *     {@link InputTable#REORDERED}
   * @return the columns of {@link InputTable#mappedSchema}
   */
  static Dataset<Row> apply(SourceConfig config, Dataset<Row> rows) {
    List<Column> values = new ArrayList<>();
    config
        .columns()
        .forEach((target, sql) -> values.add(AutoTime.expression(sql).as(VALUE + target)));
    for (String helper : helpers()) {
      values.add(col(helper));
    }
    Dataset<Row> evaluated = rows.select(values.toArray(Column[]::new));
    return converted(config, cleaned(config, evaluated), evaluated.schema());
  }

  /** The values as text that can be compared. */
  private static Dataset<Row> cleaned(SourceConfig config, Dataset<Row> evaluated) {
    StructType types = evaluated.schema();
    Optional<CellQuote> quote = LayoutReader.quote(config);
    List<Column> values = new ArrayList<>();
    for (TableColumn field : config.table().inputs()) {
      String name = VALUE + field.name();
      if (config.columns().containsKey(field.name())) {
        DataType type = types.apply(name).dataType();
        values.add(madeOnce(value(name, type, field, quote)).as(name));
      }
    }
    helpers().forEach(helper -> values.add(col(helper)));
    return evaluated.select(values.toArray(Column[]::new));
  }

  private static Dataset<Row> converted(
      SourceConfig config, Dataset<Row> cleaned, StructType types) {
    List<Column> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    List<Column> unreadable = new ArrayList<>();
    for (TableColumn field : config.table().inputs()) {
      if (!config.columns().containsKey(field.name())) {
        columns.add(lit(null).cast(field.type()).as(field.name()));
        continue;
      }
      Column value = col(VALUE + field.name());
      DataType from = Conversion.decoded(types.apply(VALUE + field.name()).dataType());
      columns.add(madeOnce(Conversion.convert(value, from, field)).as(field.name()));
      if (!(field.type() instanceof StringType)) {
        values.add(VALUE + field.name());
        Column isLost =
            value
                .isNotNull()
                .and(col(field.name()).isNull())
                .and(not(Conversion.isNoTime(value, from, field)));
        unreadable.add(when(col(InputTable.MALFORMED).or(isLost), lit(field.name())));
      }
    }
    helpers().forEach(helper -> columns.add(col(helper)));
    unreadable.add(lit(null).cast("string"));
    Column names = array_compact(array(unreadable.toArray(Column[]::new)));
    return cleaned
        .select(
            Stream.concat(columns.stream(), values.stream().map(name -> col(name)))
                .toArray(Column[]::new))
        .withColumn(InputTable.UNREADABLE, names)
        .drop(values.toArray(String[]::new));
  }

  /**
   * The column, which Spark makes where it stands and nowhere else: each later use of a plain
   * expression, such as a filter of the local day, would make it anew, trimming and all.
   */
  private static Column madeOnce(Column column) {
    return when(spark_partition_id().geq(0), column);
  }

  private static Column value(
      String name, DataType type, TableColumn field, Optional<CellQuote> quote) {
    Column decoded = Conversion.decoded(col(name), type);
    return Conversion.clean(decoded, Conversion.decoded(type), field, quote);
  }

  private static List<String> helpers() {
    return Arrays.asList(
        InputTable.RAW,
        InputTable.SOURCE_PATH,
        InputTable.ROW,
        InputTable.SOURCE_DAY,
        InputTable.MALFORMED,
        InputTable.REORDERED);
  }
}
