package dev.nightjar.export.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** Times and counts in the details of decisions. */
final class Words {
  private Words() {}

  /** An instant on the user's wall clock: {@code 2026-03-11 19:00}. */
  static Column localTime(Column at) {
    return date_format(from_utc_timestamp(at, col(PlanUsers.ZONE)), "yyyy-MM-dd HH:mm");
  }

  /** A minute of the day: {@code 21:00}. */
  static Column clock(Column minute) {
    return format_string("%02d:%02d", floor(minute.divide(60)).cast("int"), minute.mod(60));
  }

  /** {@code 1 push}, {@code 2 pushes}. */
  static Column pushes(Column count) {
    return concat(count.cast("string"), when(count.equalTo(1), " push").otherwise(" pushes"));
  }
}
