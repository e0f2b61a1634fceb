package dev.nightjar.features.table;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A table of the warehouse: its name and what one row holds. */
public final class Table {
  /** Partition of a table that each night writes as a whole. */
  public static final String KNOWN =
      "what was known at the end of the day; each night writes all of it";

  /** Partition of a table that a night writes for the day after. */
  public static final String PLAN = "the plan for the day after";

  private final String name;
  private final int version;
  private final String row;
  private final String partition;
  private final List<TableColumn> declared;
  private final StructType schema;
  private final Map<String, String> folders;
  private final Optional<Table> whole;

  /**
   * Declares a table; {@link TableColumns#table} is the way to one.
   *
   * @param name folder under the warehouse root, {@code snake_case}
   * @param version raised whenever the schema or the meaning of a column changes
   * @param row what one row is, in words
   * @param partition what the rows of one date are, in words
   * @param declared columns in the order they are written
   */
  Table(String name, int version, String row, String partition, List<TableColumn> declared) {
    this(name, version, row, partition, declared, Map.of(), Optional.empty());
  }

  private Table(
      String name,
      int version,
      String row,
      String partition,
      List<TableColumn> declared,
      Map<String, String> folders,
      Optional<Table> whole) {
    if (!name.equals(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("table name must be snake_case, got " + name);
    }
    this.name = name;
    this.version = version;
    this.row = row;
    this.partition = partition;
    this.declared = List.copyOf(declared);
    Set<String> names = new HashSet<>();
    StructType columns = new StructType();
    for (TableColumn column : declared) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(
            "table " + name + " declares column " + column.name() + " twice");
      }
      columns = columns.add(column.name(), column.type(), column.isNullable());
    }
    this.schema = columns;
    this.folders = folders;
    this.whole = whole;
  }

  /**
   * The same table, its rows stored separately: each part has a folder, days and manifests of its
   * own, so that stages write theirs at different times.
   *
   * @param folders folder of a part by the value whose rows are in it
   */
  Table inParts(Map<String, String> folders) {
    return new Table(name, version, row, partition, declared, folders, Optional.empty());
  }

  /** The tables in which the rows are kept: its parts, else itself. */
  public List<Table> parts() {
    return folders.isEmpty()
        ? List.of(this)
        : folders.values().stream().distinct().sorted().map(this::in).toList();
  }

  /** The part with the rows of one value. */
  public Table part(String value) {
    return Optional.ofNullable(folders.get(value))
        .map(this::in)
        .orElseThrow(() -> new IllegalArgumentException("table " + name + " has no part " + value));
  }

  private Table in(String folder) {
    return new Table(folder, version, row, partition, declared, Map.of(), Optional.of(this));
  }

  /** The table that this is a part of; this one where it is no part. */
  public Table whole() {
    return whole.orElse(this);
  }

  /** Folder under the warehouse root. */
  public String name() {
    return name;
  }

  /** Raised whenever the schema or the meaning of a column changes. */
  public int version() {
    return version;
  }

  /** Columns in the order they are written. */
  public List<TableColumn> declared() {
    return declared;
  }

  /** Spark's schema, in written order. */
  public StructType schema() {
    return schema;
  }

  /** Column names in written order. */
  public String[] columns() {
    return schema.fieldNames();
  }

  /** This table's columns of rows that have them, found by name, each cast to its type. */
  public Dataset<Row> select(Dataset<Row> rows) {
    return values().select(rows);
  }

  /** Starts a select whose values are given by column name. */
  public TableValues values() {
    return new TableValues(this);
  }

  /** Starts a row whose values are given by column name. */
  public TableRow row() {
    return new TableRow(name, schema);
  }

  /**
   * Compares names and types with this table's schema; nullability is not compared, since Parquet
   * reads every column back as nullable.
   *
   * @return what differs, empty when nothing does
   */
  public String differenceTo(StructType other) {
    List<String> others = Arrays.asList(other.fieldNames());
    StringBuilder difference = new StringBuilder();
    for (TableColumn column : declared) {
      int position = others.indexOf(column.name());
      if (position < 0) {
        difference.append("lacks ").append(column.name()).append("; ");
      } else if (!isOfType(other.fields()[position], column)) {
        difference
            .append(column.name())
            .append(" is ")
            .append(other.fields()[position].dataType().simpleString())
            .append(" where ")
            .append(column.type().simpleString())
            .append(" is expected; ");
      }
    }
    List<String> own = List.of(columns());
    for (String column : others) {
      if (!own.contains(column)) {
        difference.append("has an unknown column ").append(column).append("; ");
      }
    }
    return difference.toString();
  }

  private static boolean isOfType(StructField field, TableColumn column) {
    return field.dataType().simpleString().equals(column.type().simpleString());
  }

  /** The section of the tables page. */
  public String markdown() {
    StringBuilder section = new StringBuilder("## " + name + "\n\n**One row:** " + row + ".\n\n");
    section.append("**Partition:** ").append(partition).append(".\n\n");
    section.append("| column | type | unit, range | missing | normalisation |\n");
    section.append("|---|---|---|---|---|\n");
    declared.forEach(column -> section.append(column.markdown()).append('\n'));
    return section.toString();
  }

  /** The table without a row. */
  public Dataset<Row> empty(SparkSession spark) {
    return spark.createDataFrame(List.of(), schema());
  }
}
