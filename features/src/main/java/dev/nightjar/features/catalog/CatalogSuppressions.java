package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Suppressions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The users that the shop must not contact after a moment. */
public final class CatalogSuppressions {
  private static final String UNSUBSCRIBED = "unsubscribed";

  private CatalogSuppressions() {}

  /**
   * Users who must not be contacted on the day after the moment: those listed, and those who
   * unsubscribed from a push. A refused row suppresses the user it names, too; {@link Permission}
   * says from when a row applies.
   *
   * @param checked rows of the suppressions after {@link InputRules}; none where the shop has no
   *     such input
   * @param pushes {@code pushes}
   * @return {@code suppressions}: one row per user with all reasons, unordered
   */
  public static Dataset<Row> compute(Dataset<Row> checked, Dataset<Row> pushes, AsOf asOf) {
    Column since = col(Suppressions.SINCE);
    Column id = col(Suppressions.USER_ID);
    Dataset<Row> listed =
        checked
            .where(id.isNotNull())
            .withColumn(Suppressions.SINCE, Permission.stated(Suppressions.SINCE))
            .where(Permission.holds(since, asOf))
            .select(id, col(Suppressions.REASON), since);
    Dataset<Row> left =
        pushes
            .where(asOf.knows(col(Pushes.UNSUBSCRIBED_AT)))
            .select(
                id,
                lit(UNSUBSCRIBED).as(Suppressions.REASON),
                col(Pushes.UNSUBSCRIBED_AT).as(Suppressions.SINCE));
    Column isAlways = count(when(since.isNull(), 1)).gt(0);
    Column reasons = concat_ws(", ", array_sort(collect_set(col(Suppressions.REASON))));
    return Suppressions.TABLE.select(
        listed
            .unionByName(left)
            .groupBy(id)
            .agg(
                when(reasons.notEqual(""), reasons).as(Suppressions.REASON),
                when(not(isAlways), min(since)).as(Suppressions.SINCE)));
  }
}
