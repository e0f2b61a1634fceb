package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.Users;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
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

  /**
   * Checked rows that are kept and were known at the moment, in the order in which they became
   * known. Of a row of a list without a day that was edited since, some columns are the oldest that
   * is known: whose sleep or sale they tell of would else be taken for one without any.
   */
  static Dataset<Row> known(Dataset<Row> checked, List<String> ofEdited, AsOf asOf) {
    Column isKnown = Checked.isKept().and(isKnown(UPDATED_AT, asOf)).and(isKnown(CREATED_AT, asOf));
    List<String> helpers = List.of(InputTable.SOURCE_PATH, InputTable.ROW);
    Column[] columns =
        Arrays.stream(checked.columns())
            .map(
                name ->
                    ofEdited.contains(name) || helpers.contains(name)
                        ? col(name)
                        : lit(null).cast(checked.schema().apply(name).dataType()).as(name))
            .toArray(Column[]::new);
    Dataset<Row> edited = checked.where(isEditedSince(asOf)).select(columns);
    return ordered(checked.where(isKnown).unionByName(edited), asOf);
  }

  /**
   * True for a checked row of a list without a day whose last change came after the moment, and
   * before the list was written: what it said before that is in no file.
   */
  static Column isEditedSince(AsOf asOf) {
    Column changed = col(UPDATED_AT);
    return coalesce(
        Checked.isKept()
            .and(isKnown(CREATED_AT, asOf))
            .and(col(InputTable.SOURCE_DAY).isNull())
            .and(not(asOf.knows(changed)))
            .and(asOf.minusDays(-1).knows(changed)),
        lit(false));
  }

  private static Column isKnown(String time, AsOf asOf) {
    return col(time).isNull().or(asOf.knows(col(time)));
  }

  /**
   * Adds the order in which rows became known: undated ones first, else as their files have them.
   */
  private static Dataset<Row> ordered(Dataset<Row> rows, AsOf asOf) {
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
    return ordered.groupBy(id).agg(values[0], Arrays.copyOfRange(values, 1, values.length));
  }

  /** The value of the last row by {@code order} that has one. */
  static Column lastGiven(String column, Column order) {
    return max_by(col(column), when(col(column).isNotNull(), order)).as(column);
  }
}
