package dev.nightjar.pipeline;

import dev.nightjar.features.table.Table;
import dev.nightjar.pipeline.warehouse.Warehouse;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** Rows of a table as sorted text, fractions rounded: equal rows give equal text in any order. */
final class RowsAsText {
  private static final MathContext DOUBLES = new MathContext(9);
  private static final MathContext FLOATS = new MathContext(5);

  private RowsAsText() {}

  static List<String> of(Warehouse warehouse, Table table, LocalDate date) {
    return warehouse.read(table, date).collectAsList().stream()
        .map(RowsAsText::text)
        .sorted()
        .toList();
  }

  private static String text(Object value) {
    if (value instanceof Double number) {
      return number.isNaN()
          ? "NaN"
          : new BigDecimal(number).round(DOUBLES).stripTrailingZeros().toString();
    }
    if (value instanceof Float number) {
      return number.isNaN()
          ? "NaN"
          : new BigDecimal(number).round(FLOATS).stripTrailingZeros().toString();
    }
    if (value instanceof Row row) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(text(row.get(i)));
      }
      return cells.toString();
    }
    if (value instanceof scala.collection.Seq<?> many) {
      return CollectionConverters.asJava(many).stream().map(RowsAsText::text).toList().toString();
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      return CollectionConverters.asJava(map).entrySet().stream()
          .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
          .sorted()
          .toList()
          .toString();
    }
    return String.valueOf(value);
  }
}
