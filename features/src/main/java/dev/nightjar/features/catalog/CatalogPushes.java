package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.refuse.Rules;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.Pushes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the shop knows about its pushes at a moment. */
public final class CatalogPushes {
  private CatalogPushes() {}

  /**
   * Pushes sent before the moment. Several rows about one push to one user, such as a later report
   * of its outcome, are merged; outcomes at or after the moment are null. A push id may be that of
   * a whole campaign: each of its users was sent a push. A report that names no push, or one whose
   * sending is not in the log, is no push; who left by it is in {@code suppressions}.
   *
   * @param checked rows of the pushes after {@link InputRules}; none where the shop has no such
   *     input
   * @return {@code pushes}: one row per push and user, unordered
   */
  public static Dataset<Row> compute(Dataset<Row> checked, AsOf asOf) {
    Column first = struct(col(Pushes.SENT_AT), col(InputTable.SOURCE_PATH), col(InputTable.ROW));
    Column propensity = col(Pushes.PROPENSITY);
    Column valid = propensity.gt(0).and(propensity.leq(1));
    Column left = Rules.isUnreadable(Pushes.UNSUBSCRIBED_AT);
    return Pushes.TABLE.select(
        checked
            .where(Checked.isKept().and(col(Pushes.PUSH_ID).isNotNull()))
            .withColumn(Pushes.PROPENSITY, when(valid, propensity))
            .withColumn(
                Pushes.UNSUBSCRIBED_AT,
                when(left, col(Pushes.SENT_AT)).otherwise(col(Pushes.UNSUBSCRIBED_AT)))
            .groupBy(Pushes.PUSH_ID, Pushes.USER_ID)
            .agg(
                firstGiven(Pushes.ITEM_ID, first),
                firstGiven(Pushes.TEMPLATE_ID, first),
                min(Pushes.SENT_AT).as(Pushes.SENT_AT),
                outcome(Pushes.DELIVERED_AT, asOf),
                outcome(Pushes.OPENED_AT, asOf),
                outcome(Pushes.CLICKED_AT, asOf),
                outcome(Pushes.UNSUBSCRIBED_AT, asOf),
                firstGiven(Pushes.PROPENSITY, first))
            .where(asOf.knows(col(Pushes.SENT_AT))));
  }

  private static Column outcome(String column, AsOf asOf) {
    return min(when(asOf.knows(col(column)), col(column))).as(column);
  }

  private static Column firstGiven(String column, Column order) {
    return min_by(col(column), when(col(column).isNotNull(), order)).as(column);
  }
}
