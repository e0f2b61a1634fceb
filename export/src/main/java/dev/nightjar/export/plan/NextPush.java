package dev.nightjar.export.plan;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;

/**
 * The push that a user may get next, given past pushes and those already planned.
 *
 * @param round which push of the night it is, from 1
 * @param planned pushes chosen in earlier rounds, null for a round that chose none
 */
record NextPush(int round, List<Column> planned) {
  private static final long MICROS_PER_HOUR = 3_600_000_000L;
  private static final long MICROS_PER_WEEK = 168 * MICROS_PER_HOUR;

  /** The push of a round, after those of all earlier rounds. */
  static NextPush ofRound(int round) {
    return new NextPush(round, columns(round - 1));
  }

  /** Columns with the pushes of the first rounds, in order. */
  static List<Column> columns(int rounds) {
    return IntStream.rangeClosed(1, rounds).mapToObj(round -> col(column(round))).toList();
  }

  /** Name of the column with the push of a round. */
  static String column(int round) {
    return "push_" + round;
  }

  /** Whether the calendar day of the slot, in the user's zone, holds fewer pushes than the cap. */
  Column keepsDailyCap(Column slot, int cap) {
    return sentOn(slot.getField(PlanUsers.LOCAL_DATE)).lt(cap);
  }

  /**
   * Whether the 7 x 24 hours that end at the slot hold no more pushes than the cap, the one at the
   * slot included, and whether the same stays true at each later push that is planned already.
   */
  Column keepsWeeklyCap(Column slot, int cap) {
    Column breaksLater =
        exists(
            taken(),
            push -> {
              Column later = push.getField(PlanUsers.AT);
              Column isNear = later.gt(at(slot)).and(later.lt(at(slot).plus(MICROS_PER_WEEK)));
              return isNear.and(sentInWeekTo(later).geq(cap));
            });
    return sentInWeekTo(at(slot)).lt(cap).and(not(breaksLater));
  }

  /** Whether every other push, earlier or later, is at least this many hours away. */
  Column keepsGap(Column slot, int hours) {
    long gap = hours * MICROS_PER_HOUR;
    return not(exists(taken(), push -> abs(push.getField(PlanUsers.AT).minus(at(slot))).lt(gap)));
  }

  /** Pushes in the 7 x 24 hours up to and including an instant. */
  Column sentInWeekTo(Column micros) {
    return size(
        filter(
            taken(),
            push -> {
              Column sent = push.getField(PlanUsers.AT);
              return sent.leq(micros).and(sent.gt(micros.minus(MICROS_PER_WEEK)));
            }));
  }

  /** Pushes on a day of the user's calendar. */
  Column sentOn(Column day) {
    return size(filter(taken(), push -> push.getField(PlanUsers.LOCAL_DATE).equalTo(day)));
  }

  /** Instant of a slot or a planned push, UTC microseconds. */
  static Column at(Column slot) {
    return unix_micros(slot.getField(PlanUsers.SEND_AT));
  }

  private Column taken() {
    if (planned.isEmpty()) {
      return col(PlanUsers.PAST);
    }
    Column[] chosen = planned.stream().map(NextPush::asTaken).toArray(Column[]::new);
    return concat(col(PlanUsers.PAST), array_compact(array(chosen)));
  }

  private static Column asTaken(Column push) {
    Column taken =
        struct(
            at(push).as(PlanUsers.AT),
            push.getField(PlanUsers.LOCAL_DATE).as(PlanUsers.LOCAL_DATE));
    return when(push.isNotNull(), taken).otherwise(lit(null));
  }
}
