package dev.nightjar.features.table;

import java.util.Locale;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table of the warehouse: what it is called and what one row holds.
 *
 * @param name folder under the warehouse root, {@code snake_case}
 * @param version raised whenever the schema or the meaning of a column changes
 * @param schema columns in the order they are written
 */
public record Table(String name, int version, StructType schema) {
  public Table {
    if (!name.equals(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("table name must be snake_case, got " + name);
    }
  }

  /** Column names in written order. */
  public String[] columns() {
    return schema.fieldNames();
  }

  /**
   * Compares names and types with this table's schema, in order; nullability is not compared, since
   * Parquet reads every column back as nullable.
   *
   * @return what differs, empty when nothing does
   */
  public String differenceTo(StructType other) {
    StringBuilder difference = new StringBuilder();
    for (StructField field : schema.fields()) {
      int position = java.util.Arrays.asList(other.fieldNames()).indexOf(field.name());
      if (position < 0) {
        difference.append("lacks ").append(field.name()).append("; ");
      } else if (!sameType(other.fields()[position], field)) {
        difference
            .append(field.name())
            .append(" is ")
            .append(other.fields()[position].dataType().simpleString())
            .append(" where ")
            .append(field.dataType().simpleString())
            .append(" is due; ");
      }
    }
    for (String column : other.fieldNames()) {
      if (!java.util.Arrays.asList(columns()).contains(column)) {
        difference.append("has an unknown column ").append(column).append("; ");
      }
    }
    return difference.toString();
  }

  private static boolean sameType(StructField left, StructField right) {
    return left.dataType().simpleString().equals(right.dataType().simpleString());
  }
}
