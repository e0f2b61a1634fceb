package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.Users;
import java.util.Collection;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Of several rows about the same item or user, each column takes its value from the newest row that
 * has one.
 */
final class NewestRows {
  /** When a row became known; items and users have the same column. */
  static final String UPDATED_AT = Users.UPDATED_AT;

  private static final String CREATED_AT = Users.CREATED_AT;
  private static final String ORDER = "_order";

  private NewestRows() {}

  /** True for a checked row that is kept and was known at the moment. */
  static Column isKnown(AsOf asOf) {
    return Checked.isKept().and(isKnown(UPDATED_AT, asOf)).and(isKnown(CREATED_AT, asOf));
  }

  private static Column isKnown(String time, AsOf asOf) {
    return col(time).isNull().or(asOf.knows(col(time)));
  }

  /**
   * Adds the order in which rows became known: undated ones first, else as their files have them.
   */
  static Dataset<Row> ordered(Dataset<Row> rows, AsOf asOf) {
    Column fileEnd =
        to_utc_timestamp(
            date_add(col(InputTable.SOURCE_DAY), 1).cast("timestamp"), asOf.zone().getId());
    return rows.withColumn(
        ORDER,
        struct(
            coalesce(col(UPDATED_AT), fileEnd).as("known_at"),
            col(InputTable.SOURCE_PATH),
            col(InputTable.ROW)));
  }

  /** One row per id: for each column the value of the newest of the ordered rows that has one. */
  static Dataset<Row> newest(Dataset<Row> ordered, String id, Collection<String> columns) {
    Column[] values =
        columns.stream()
            .filter(column -> !column.equals(id))
            .map(column -> lastGiven(column, col(ORDER)))
            .toArray(Column[]::new);
    return ordered
        .groupBy(id)
        .agg(values[0], java.util.Arrays.copyOfRange(values, 1, values.length));
  }

  /** The value of the last row by {@code order} that has one. */
  static Column lastGiven(String column, Column order) {
    return max_by(col(column), when(col(column).isNotNull(), order)).as(column);
  }
}
