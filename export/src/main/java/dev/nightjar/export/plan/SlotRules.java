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

import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.policy.QuietHours;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * Whether one more push at a slot keeps every rule, given the past and the pushes that are planned
 * already.
 *
 * @param policy the rules
 * @param planned pushes chosen in earlier rounds, each null where that round chose none
 */
record SlotRules(PolicyConfig policy, List<Column> planned) {
  private static final long MICROS_PER_HOUR = 3_600_000_000L;
  private static final long MICROS_PER_WEEK = 168 * MICROS_PER_HOUR;

  /** The local time of the slot is outside the user's quiet hours. */
  Column isAwake(Column slot) {
    return not(
        QuietHours.isQuiet(
            slot.getField(PlanUsers.MINUTE), col(PlanUsers.QUIET_FROM), col(PlanUsers.QUIET_TO)));
  }

  /**
   * The 7 x 24 hours that end at the slot, itself included, hold no more pushes than the cap; nor
   * do those that end at a later push of the same plan.
   */
  Column keepsWeeklyCap(Column slot) {
    Column keeps = pushesInWeekTo(at(slot)).lt(policy.weeklyCap());
    for (Column push : planned) {
      Column later = at(push).gt(at(slot)).and(pushesInWeekTo(at(push)).geq(policy.weeklyCap()));
      keeps = keeps.and(not(push.isNotNull().and(later)));
    }
    return keeps;
  }

  /** The user's calendar day of the slot holds no more pushes than the cap. */
  Column keepsDailyCap(Column slot) {
    return pushesOnDay(slot.getField(PlanUsers.LOCAL_DATE)).lt(policy.dailyCap());
  }

  /** No push, earlier or later, is nearer than the least gap. */
  Column keepsGap(Column slot) {
    long gap = policy.minGapHours() * MICROS_PER_HOUR;
    return not(exists(taken(), push -> abs(push.getField(PlanUsers.AT).minus(at(slot))).lt(gap)));
  }

  /** All of the rules but the quiet hours. */
  Column keepsAll(Column slot) {
    return keepsWeeklyCap(slot).and(keepsDailyCap(slot)).and(keepsGap(slot));
  }

  /** Pushes in the 7 x 24 hours that end at an instant, which is part of them. */
  Column pushesInWeekTo(Column micros) {
    return size(
        filter(
            taken(),
            push -> {
              Column sent = push.getField(PlanUsers.AT);
              return sent.leq(micros).and(sent.gt(micros.minus(MICROS_PER_WEEK)));
            }));
  }

  /** Pushes on a day of the user's calendar. */
  Column pushesOnDay(Column day) {
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
    Column[] chosen = planned.stream().map(SlotRules::asTaken).toArray(Column[]::new);
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
