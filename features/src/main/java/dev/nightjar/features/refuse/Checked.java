package dev.nightjar.features.refuse;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.RejectedRows;
import dev.nightjar.features.table.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows checked by {@link Rules}, each with the rule that it broke. */
public final class Checked {
  /** What a row broke: {@code reason, is_refused}; null where it broke no rule. */
  public static final String BROKEN = "_broken";

  /** Shop-local day in whose partition a row is counted and stored. */
  public static final String DAY = "day";

  static final String REASON = "reason";
  static final String IS_REFUSED = "is_refused";
  static final String DIGEST = "digest";

  private Checked() {}

  /** Name of the rule that a row broke; null where it broke none. */
  public static Column reason() {
    return col(BROKEN).getField(REASON);
  }

  /** True in a row that no rule refuses. */
  public static Column isKept() {
    return not(coalesce(col(BROKEN).getField(IS_REFUSED), lit(false)));
  }

  /** The part of {@code rejected_rows} that holds the rows of an input. */
  public static Table rejectedTable(InputTable input) {
    return RejectedRows.TABLE.part(input.key());
  }

  /**
   * The rows that broke a rule, as they are stored.
   *
   * @param day the day in whose partition each goes
   * @return the columns of {@link RejectedRows} and {@link #DAY}
   */
  public static Dataset<Row> rejected(InputTable input, Dataset<Row> checked, Column day) {
    Dataset<Row> broken = checked.where(col(BROKEN).isNotNull());
    return broken.select(
        lit(input.key()).as(RejectedRows.INPUT),
        reason().as(RejectedRows.REASON),
        col(InputTable.SOURCE_PATH).as(RejectedRows.FILE),
        col(InputTable.RAW).as(RejectedRows.RAW),
        orNull(input, CleanEvents.EVENT_TIME, "timestamp").as(RejectedRows.EVENT_TIME),
        orNull(input, CleanEvents.USER_ID, "string").as(RejectedRows.USER_ID),
        day.as(DAY));
  }

  private static Column orNull(InputTable input, String column, String type) {
    return input.columns().contains(column) ? col(column) : lit(null).cast(type);
  }

  /**
   * What {@link RuleCounts} counts: one narrow row for each checked one.
   *
   * @param day the day to which each is counted
   * @param digest digest of what is stored of the row
   */
  public static Dataset<Row> summary(
      InputTable input, Dataset<Row> checked, Column day, Column digest) {
    return checked.select(
        lit(input.key()).as(RejectedRows.INPUT),
        day.as(DAY),
        reason().as(REASON),
        not(isKept()).as(IS_REFUSED),
        col(InputTable.SOURCE_PATH).as(RejectedRows.FILE),
        col(InputTable.ROW),
        digest.as(DIGEST));
  }
}
