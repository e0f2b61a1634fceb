package dev.nightjar.features;

import dev.nightjar.features.table.Table;
import java.lang.reflect.Array;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A row of a table, built by column name. A name that the table does not have or a value of another
 * type fails at once; a column that is not set is null, or fails where the table requires a value.
 * A builder is immutable: {@code set} returns a new one, so that a row can be kept as the base of
 * many.
 */
public final class TestRow {
  private final StructType schema;
  private final Object[] values;

  private TestRow(StructType schema, Object[] values) {
    this.schema = schema;
    this.values = values;
  }

  public static TestRow of(Table table) {
    return of(table.schema());
  }

  public static TestRow of(StructType schema) {
    return new TestRow(schema, new Object[schema.size()]);
  }

  /**
   * The same row with one more value.
   *
   * @param value of the column's type, or null; an instant for a timestamp, a date for a date, a
   *     list or an array for an array, a map for a map, a row or a {@code TestRow} for a struct
   */
  public TestRow set(String column, Object value) {
    if (!schema.getFieldIndex(column).isDefined()) {
      throw new IllegalArgumentException(
          "no column " + column + ": there are " + List.of(schema.fieldNames()));
    }
    Object[] more = values.clone();
    more[schema.fieldIndex(column)] = value(column, schema.apply(column).dataType(), value);
    return new TestRow(schema, more);
  }

  /** Required columns that are not set yet get 0, false, an empty text, array or map. */
  public TestRow zeros() {
    Object[] more = values.clone();
    for (int column = 0; column < more.length; column++) {
      StructField field = schema.fields()[column];
      if (more[column] == null && !field.nullable()) {
        more[column] = value(field.name(), field.dataType(), zero(field));
      }
    }
    return new TestRow(schema, more);
  }

  public Row row() {
    for (int column = 0; column < values.length; column++) {
      StructField field = schema.fields()[column];
      if (values[column] == null && !field.nullable()) {
        throw new IllegalArgumentException(field.name() + " is required: set it, or take zeros()");
      }
    }
    return new GenericRowWithSchema(values, schema);
  }

  /** As Spark itself would give it. */
  private static Object value(String column, DataType type, Object value) {
    if (value == null) {
      return null;
    }
    if (type instanceof ArrayType array) {
      return elements(column, array.elementType(), value);
    }
    if (type instanceof MapType map && value instanceof Map<?, ?> given) {
      Map<Object, Object> entries = new HashMap<>();
      given.forEach(
          (key, of) ->
              entries.put(value(column, map.keyType(), key), value(column, map.valueType(), of)));
      return scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(entries));
    }
    if (type instanceof StructType struct) {
      Row row = value instanceof TestRow built ? built.row() : cast(column, type, Row.class, value);
      if (row.schema() == null || !List.of(struct.names()).equals(List.of(row.schema().names()))) {
        throw new IllegalArgumentException(column + " takes a row of " + struct.simpleString());
      }
      return row;
    }
    return switch (type.typeName()) {
      case "string" -> cast(column, type, String.class, value);
      case "integer" -> cast(column, type, Integer.class, value);
      case "long" -> cast(column, type, Long.class, value);
      case "float" -> cast(column, type, Float.class, value);
      case "double" -> cast(column, type, Double.class, value);
      case "boolean" -> cast(column, type, Boolean.class, value);
      case "timestamp" ->
          value instanceof Instant instant
              ? Timestamp.from(instant)
              : cast(column, type, Timestamp.class, value);
      case "date" ->
          value instanceof LocalDate date
              ? Date.valueOf(date)
              : cast(column, type, Date.class, value);
      default -> throw new IllegalArgumentException(column + " is of " + type.simpleString());
    };
  }

  private static Seq<Object> elements(String column, DataType type, Object value) {
    List<Object> elements = new ArrayList<>();
    if (value.getClass().isArray()) {
      for (int index = 0; index < Array.getLength(value); index++) {
        elements.add(value(column, type, Array.get(value, index)));
      }
    } else if (value instanceof Collection<?> collection) {
      collection.forEach(element -> elements.add(value(column, type, element)));
    } else {
      throw new IllegalArgumentException(
          "%s is of array<%s> and takes a list, got %s"
              .formatted(column, type.simpleString(), value));
    }
    return CollectionConverters.asScala(elements).toSeq();
  }

  private static <T> T cast(String column, DataType type, Class<T> as, Object value) {
    if (!as.isInstance(value)) {
      throw new IllegalArgumentException(
          "%s is of %s and takes a %s, got %s %s"
              .formatted(
                  column,
                  type.simpleString(),
                  as.getSimpleName(),
                  value.getClass().getSimpleName(),
                  value));
    }
    return as.cast(value);
  }

  private static Object zero(StructField field) {
    if (field.dataType() instanceof ArrayType) {
      return List.of();
    }
    if (field.dataType() instanceof MapType) {
      return Map.of();
    }
    return switch (field.dataType().typeName()) {
      case "string" -> "";
      case "integer" -> 0;
      case "long" -> 0L;
      case "float" -> 0f;
      case "double" -> 0.0;
      case "boolean" -> false;
      case "timestamp" -> Timestamp.from(Instant.EPOCH);
      default ->
          throw new IllegalArgumentException(
              field.name() + " has no zero: it is of " + field.dataType().simpleString());
    };
  }
}
