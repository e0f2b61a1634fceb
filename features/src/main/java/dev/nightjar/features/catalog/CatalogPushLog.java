package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.bool_and;
import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.table.PushLog;
import dev.nightjar.features.table.Pushes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the push log says besides which pushes were sent: what was dropped, and how far it goes. */
public final class CatalogPushLog {
  /** Rows may come this much later than rows that were written after them. */
  private static final String LATE_ROWS = "INTERVAL 24 HOURS";

  private static final String IS_SENT = "is_sent";
  private static final String IS_DROPPED = "is_dropped";
  private static final String NEWEST = "newest";
  private static final String STATED_AT = "stated_at";

  private CatalogPushLog() {}

  /**
   * Pushes that the log names without a time of sending, refused rows included, and up to when each
   * series of its files is complete.
   *
   * @param checked rows of the pushes after {@link InputRules}
   * @return {@code push_log}, unordered
   */
  public static Dataset<Row> compute(Dataset<Row> checked, AsOf asOf) {
    Dataset<Row> rows = checked.where(not(coalesce(col(InputTable.MALFORMED), lit(false))));
    return PushLog.TABLE.select(unsent(rows, asOf).unionByName(complete(rows, asOf)));
  }

  /** A push was dropped where all that the log has of it says so. */
  private static Dataset<Row> unsent(Dataset<Row> rows, AsOf asOf) {
    Column isLater =
        coalesce(
            not(asOf.knows(coalesce(col(Pushes.SENT_AT), col(Pushes.DROPPED_AT)))), lit(false));
    Column isSent = Checked.isKept().and(col(Pushes.SENT_AT).isNotNull());
    Column isDropped =
        Checked.isKept()
            .and(col(Pushes.DROPPED_AT).isNotNull())
            .and(col(Pushes.SENT_AT).isNull())
            .and(col(Pushes.DELIVERED_AT).isNull())
            .and(col(Pushes.OPENED_AT).isNull())
            .and(col(Pushes.CLICKED_AT).isNull());
    return rows.where(col(Pushes.PUSH_ID).isNotNull().and(not(isLater)))
        .groupBy(Pushes.PUSH_ID)
        .agg(bool_or(isSent).as(IS_SENT), bool_and(isDropped).as(IS_DROPPED))
        .where(not(col(IS_SENT)))
        .select(
            when(col(IS_DROPPED), PushLog.DROPPED).otherwise(PushLog.UNCLEAR).as(PushLog.KIND),
            col(Pushes.PUSH_ID).as(PushLog.PUSH_ID),
            lit(null).cast("string").as(PushLog.FILE),
            lit(null).cast("timestamp").as(PushLog.AT));
  }

  /** What does not say itself up to when it is complete is so up to a day before its newest row. */
  private static Dataset<Row> complete(Dataset<Row> rows, AsOf asOf) {
    Column day = date_format(col(InputTable.SOURCE_DAY), "yyyy-MM-dd");
    Column path = col(InputTable.SOURCE_PATH);
    Column series = coalesce(replace(path, day, lit(SourceConfig.DATE)), path);
    Column isSent = Checked.isKept().and(asOf.knows(col(Pushes.SENT_AT)));
    return rows.groupBy(series.as(PushLog.FILE))
        .agg(
            max(when(isSent, col(Pushes.SENT_AT))).as(NEWEST),
            max(Pushes.LOG_COMPLETE_THROUGH).as(STATED_AT))
        .select(
            when(col(STATED_AT).isNotNull(), PushLog.STATED)
                .otherwise(PushLog.INFERRED)
                .as(PushLog.KIND),
            lit(null).cast("string").as(PushLog.PUSH_ID),
            col(PushLog.FILE),
            when(col(STATED_AT).isNotNull(), least(col(STATED_AT), asOf.endColumn()))
                .otherwise(col(NEWEST).minus(expr(LATE_ROWS)))
                .as(PushLog.AT));
  }
}
