package dev.nightjar.features.table;

import static org.apache.spark.sql.functions.col;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The values of a table's columns, given by name, so that no two columns can be mistaken for each
 * other by their position. A column without a value is the column of the same name of the rows.
 */
public final class TableValues {
  private final Table table;
  private final Map<String, Column> values = new HashMap<>();

  TableValues(Table table) {
    this.table = table;
  }

  /**
   * Gives a column its value.
   *
   * @throws IllegalArgumentException where the table declares no such column, or it has its value
   */
  public TableValues set(String column, Column value) {
    if (!List.of(table.columns()).contains(column)) {
      throw new IllegalArgumentException("table " + table.name() + " declares no column " + column);
    }
    if (values.put(column, value) != null) {
      throw new IllegalArgumentException(
          "column " + column + " of table " + table.name() + " is given two values");
    }
    return this;
  }

  /** The table's columns over {@code rows}, each cast to its type, in written order. */
  public Dataset<Row> select(Dataset<Row> rows) {
    return rows.select(
        table.declared().stream()
            .map(
                column -> {
                  Column value = values.getOrDefault(column.name(), col(column.name()));
                  return value.cast(column.type()).as(column.name());
                })
            .toArray(Column[]::new));
  }
}
