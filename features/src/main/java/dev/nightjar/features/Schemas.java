package dev.nightjar.features;

import dev.nightjar.features.table.Table;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructField;

/** Gives computed columns the names and types of a table. */
final class Schemas {
  private Schemas() {}

  /**
   * Casts and names each column.
   *
   * @param columns one for each column of {@code table}, in its order
   */
  static Column[] typed(Table table, Column... columns) {
    StructField[] fields = table.schema().fields();
    if (fields.length != columns.length) {
      throw new IllegalArgumentException(
          table.name() + " must get " + fields.length + " columns, got " + columns.length);
    }
    Column[] typed = new Column[columns.length];
    Arrays.setAll(typed, i -> columns[i].cast(fields[i].dataType()).as(fields[i].name()));
    return typed;
  }
}
