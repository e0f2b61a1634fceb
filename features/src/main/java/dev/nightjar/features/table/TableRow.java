package dev.nightjar.features.table;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** One row of a table, its values given by column name; a column without a value is null. */
public final class TableRow {
  private final String table;
  private final StructType schema;
  private final Object[] values;

  TableRow(String table, StructType schema) {
    this.table = table;
    this.schema = schema;
    this.values = new Object[schema.length()];
  }

  /**
   * Gives a column its value.
   *
   * @throws IllegalArgumentException where the table declares no such column
   */
  public TableRow set(String column, Object value) {
    values[schema.fieldIndex(column)] = value;
    return this;
  }

  /**
   * The row.
   *
   * @throws IllegalStateException where a required column has no value
   */
  public Row build() {
    StructField[] fields = schema.fields();
    for (int i = 0; i < fields.length; i++) {
      if (values[i] == null && !fields[i].nullable()) {
        throw new IllegalStateException(
            "a row of " + table + " lacks its required column " + fields[i].name());
      }
    }
    return new GenericRowWithSchema(values, schema);
  }
}
