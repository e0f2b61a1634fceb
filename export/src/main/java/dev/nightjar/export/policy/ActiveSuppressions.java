package dev.nightjar.export.policy;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.table.Suppressions;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Users who must not be contacted at any instant of a plan. */
public final class ActiveSuppressions {
  /** The suppression that began first, in words: {@code suppressed since 2026-01-02: bounce}. */
  public static final String DETAIL = "suppression";

  private ActiveSuppressions() {}

  /**
   * Keeps suppressions that begin before {@code until}; one without a beginning always applies.
   *
   * @param suppressions {@code suppressions}
   * @param until end of the plan, exclusive
   * @param zone the shop's, for the day in the words
   * @return user_id and {@link #DETAIL}, one row per suppressed user
   */
  public static Dataset<Row> compute(Dataset<Row> suppressions, Instant until, ZoneId zone) {
    Column since = col(Suppressions.SINCE);
    Column reason = coalesce(col(Suppressions.REASON), lit("no reason given"));
    Column day = date_format(from_utc_timestamp(since, zone.getId()), "yyyy-MM-dd");
    Column words =
        when(since.isNull(), concat(lit("suppressed always: "), reason))
            .otherwise(concat(lit("suppressed since "), day, lit(": "), reason));
    return suppressions
        .where(since.isNull().or(since.lt(lit(Timestamp.from(until)))))
        .groupBy(Suppressions.USER_ID)
        // Nulls sort first: a suppression without a beginning is the oldest.
        .agg(min(struct(since, words.as(DETAIL))).as("first"))
        .select(col(Suppressions.USER_ID), col("first").getField(DETAIL).as(DETAIL));
  }
}
