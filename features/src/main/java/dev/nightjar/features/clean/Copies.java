package dev.nightjar.features.clean;

import static dev.nightjar.features.table.CleanEvents.EVENT_ID;
import static dev.nightjar.features.table.CleanEvents.EVENT_TIME;
import static dev.nightjar.features.table.CleanEvents.QUANTITY;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.source.InputTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Finds the rows of a day that are the same event, and gives an id to each event without one. */
final class Copies {
  /** True for all but one of the rows of an event. */
  static final String IS_COPY = "_is_copy";

  /** Key that the rows of one event share; a refused row has a key of its own. */
  static final String KEY = "_key";

  /** Second of the event, since 1970 UTC. */
  static final String SECOND = "_second";

  private static final String COPY = "_copy";

  private Copies() {}

  /**
   * Adds {@link #IS_COPY}, {@link #KEY}, {@link #SECOND} and the ids.
   *
   * <p>Each refused row has a key of its own, so that they neither hide a good row nor gather in
   * one task.
   */
  static Dataset<Row> find(Dataset<Row> rows, CleanConfig clean) {
    Column given = col(EVENT_ID).isNotNull();
    Column alone = xxhash64(col(InputTable.RAW), col(InputTable.SOURCE_PATH)).cast("string");
    Column key =
        when(not(Checked.isKept()), concat(lit("r"), alone))
            .when(given, concat(lit("i"), col(EVENT_ID)))
            .otherwise(concat(lit("c"), contentDigest()));
    WindowSpec copies =
        Window.partitionBy(col(Checked.DAY), col(KEY))
            .orderBy(col(InputTable.SOURCE_PATH), col(InputTable.ROW));
    Column isFurther = Checked.isKept().and(col(COPY).gt(1));
    Column isCopy =
        clean.duplicates() == CleanConfig.Duplicates.REJECT ? isFurther : isFurther.and(given);
    Column digest = col(KEY).substr(lit(2), lit(32));
    Column id =
        coalesce(
            col(EVENT_ID),
            when(col(COPY).equalTo(1), digest).otherwise(concat_ws("-", digest, col(COPY))));
    return rows.withColumn(QUANTITY, coalesce(col(QUANTITY), lit(1)))
        .withColumn(SECOND, col(EVENT_TIME).cast("long"))
        .withColumn(KEY, key)
        .withColumn(COPY, row_number().over(copies))
        .withColumn(IS_COPY, isCopy)
        .withColumn(EVENT_ID, id);
  }

  /** Digest of every mapped column, the time cut to its second. */
  private static Column contentDigest() {
    List<Column> parts = new ArrayList<>();
    for (String column : InputTable.EVENTS.columns()) {
      if (!column.equals(EVENT_ID)) {
        Column part = col(column.equals(EVENT_TIME) ? SECOND : column).cast("string");
        parts.add(coalesce(part, lit("\u0000")));
      }
    }
    return md5(concat_ws("\u001f", parts.toArray(Column[]::new)).cast("binary"));
  }
}
