package dev.nightjar.features.clean;

import static dev.nightjar.features.table.CleanEvents.EVENT_ID;
import static dev.nightjar.features.table.CleanEvents.SESSION_ID;
import static dev.nightjar.features.table.CleanEvents.USER_ID;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.refuse.Checked;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Keeps the shop's sessions; where a row has none, a new one begins after a gap and with each day.
 */
final class Sessions {
  private static final String START = "_start";

  private Sessions() {}

  /** Fills the session in the rows of {@link Bots}. */
  static Dataset<Row> cut(Dataset<Row> rows, CleanConfig clean) {
    Column second = col(Copies.SECOND);
    Column isOpen = Checked.isKept().and(col(SESSION_ID).isNull());
    WindowSpec inOrder =
        Window.partitionBy(col(Bots.OWNER), col(Checked.DAY), isOpen)
            .orderBy(second, col(EVENT_ID));
    Column before = lag(second, 1).over(inOrder);
    Column begins = before.isNull().or(second.minus(before).gt(clean.sessionGapMinutes() * 60L));
    Column start =
        last(col(START), true)
            .over(inOrder.rowsBetween(Window.unboundedPreceding(), Window.currentRow()));
    return rows.withColumn(START, when(begins, second))
        .withColumn(SESSION_ID, coalesce(col(SESSION_ID), concat_ws("-", col(USER_ID), start)));
  }
}
