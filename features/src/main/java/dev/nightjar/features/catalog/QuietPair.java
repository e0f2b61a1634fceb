package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.table.Users;
import org.apache.spark.sql.Column;

/**
 * A user's quiet hours, read as a pair: one side alone, a side that cannot be read and two equal
 * times say nothing, and the policy's hold. Seconds are rounded so that the pair gets longer, never
 * shorter.
 */
final class QuietPair {
  /** The pair of a row that states any of the two: {@code from, to}. */
  static final String COLUMN = "_quiet";

  /** Hours, minutes and seconds; 24:00 is the end of the day. */
  private static final String CLOCK =
      "^(?:([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:[.][0-9]+)?)?|(24):(00)(?::(00)(?:[.]0+)?)?)$";

  /** Seconds of a day. */
  private static final int DAY = 24 * 60 * 60;

  private QuietPair() {}

  /** The pair of a row; null where it states neither. */
  static Column given() {
    Column from = col(Users.QUIET_FROM);
    Column to = col(Users.QUIET_TO);
    return when(
        coalesce(from, to).isNotNull(), struct(from.as(Users.QUIET_FROM), to.as(Users.QUIET_TO)));
  }

  /** Whether a row states a pair that says nothing. */
  static Column isInvalid() {
    Column from = col(Users.QUIET_FROM);
    Column to = col(Users.QUIET_TO);
    return coalesce(from, to).isNotNull().and(not(coalesce(isPair(from, to), lit(false))));
  }

  /** {@code HH:mm}; null where the pair says nothing. */
  static Column from() {
    return when(isGivenPair(), text(start(side(Users.QUIET_FROM))));
  }

  /** {@code HH:mm}, up to {@code 24:00}; null where the pair says nothing. */
  static Column to() {
    return when(isGivenPair(), text(end(side(Users.QUIET_TO))));
  }

  private static Column isGivenPair() {
    return isPair(side(Users.QUIET_FROM), side(Users.QUIET_TO));
  }

  /**
   * Whether two times say from when to when. Of the pairs of one time only 00:00 to 24:00 does; a
   * pair that rounding turns around, such as 22:00:50 to 22:00:10, is none either.
   */
  private static Column isPair(Column from, Column to) {
    Column begin = seconds(from);
    Column finish = seconds(to);
    Column isWholeDay = begin.equalTo(0).and(finish.equalTo(DAY));
    Column isEqual = begin.mod(DAY).equalTo(finish.mod(DAY));
    Column isOvernight = begin.mod(DAY).gt(when(finish.equalTo(0), DAY).otherwise(finish));
    return isWholeDay.or(
        not(isEqual)
            .and(start(from).notEqual(end(to)))
            .and(isOvernight.equalTo(start(from).gt(end(to)))));
  }

  private static Column side(String name) {
    return col(COLUMN).getField(name);
  }

  /** Minute of the day at which quiet hours begin, 0 to 1439; null where it cannot be read. */
  private static Column start(Column clock) {
    return seconds(clock).divide(60).cast("int").mod(24 * 60);
  }

  /** Minute of the day at which they end, 1 to 1440. */
  private static Column end(Column clock) {
    Column minute = floor(seconds(clock).plus(59).divide(60)).cast("int");
    return when(minute.equalTo(0), 24 * 60).otherwise(minute);
  }

  private static Column seconds(Column clock) {
    Column parts = regexp_replace(clock, CLOCK, "$1$4:$2$5:0$3$6");
    return when(
        clock.rlike(CLOCK),
        part(parts, 1).multiply(3600).plus(part(parts, 2).multiply(60)).plus(part(parts, 3)));
  }

  private static Column part(Column parts, int group) {
    return regexp_extract(parts, "^([0-9]+):([0-9]+):([0-9]+)$", group).cast("int");
  }

  private static Column text(Column minute) {
    return format_string("%02d:%02d", floor(minute.divide(60)), minute.mod(60));
  }
}
