package dev.nightjar.export.plan;

import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.unix_seconds;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.policy.QuietHours;
import dev.nightjar.export.table.Decisions;
import dev.nightjar.export.table.PushList;
import dev.nightjar.export.table.PushSchedule;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Chooses a user's pushes one after the other: round k takes the slot most likely to be opened
 * (explored: any, uniformly) of those that break no rule given the pushes of the rounds before it.
 *
 * <p>With control share c, explore share e and n allowed slots, a push at the best slot has the
 * propensity (1 - c)((1 - e) + e / n), one at another slot (1 - c) e / n; a later round multiplies
 * the propensity of the round before by its own factor.
 */
final class Rounds {
  static final String BEST = "best";
  static final String EXPLORE = "explore";

  private static final int MINUTES_PER_DAY = 24 * 60;
  private static final String BEST_SLOT = "best_slot";
  private static final String PICK = "pick";
  private static final String IS_EXPLORED = "is_explored";

  private final List<PolicyRule> rules;
  private final PolicyConfig policy;
  private final Basket basket;
  private final Draws draws;

  Rounds(List<PolicyRule> rules, PolicyConfig policy, Basket basket, Draws draws) {
    this.rules = rules;
    this.policy = policy;
    this.basket = basket;
    this.draws = draws;
  }

  /**
   * Adds a column for every round, see {@link NextPush#column}, null where it chose none.
   *
   * @param decided see {@link Verdict}
   */
  Dataset<Row> choose(Dataset<Row> decided, int rounds) {
    Dataset<Row> chosen = choose(decided, 1, Verdict.ALLOWED);
    for (int round = 2; round <= rounds; round++) {
      String allowed = Verdict.ALLOWED + "_" + round;
      chosen = choose(chosen.withColumn(allowed, laterSlots(round)), round, allowed);
    }
    return chosen;
  }

  private Dataset<Row> choose(Dataset<Row> users, int round, String allowed) {
    Column slots = col(allowed);
    Column anywhere =
        get(slots, floor(draws.uniform("slot-" + round).multiply(size(slots))).cast("int"));
    return users
        .withColumns(
            Map.of(
                BEST_SLOT,
                array_max(slots),
                IS_EXPLORED,
                draws.uniform(EXPLORE + "-" + round).lt(policy.exploreShare())))
        .withColumn(PICK, when(col(IS_EXPLORED), anywhere).otherwise(col(BEST_SLOT)))
        .withColumn(NextPush.column(round), push(round, slots))
        .drop(allowed, BEST_SLOT, IS_EXPLORED, PICK);
  }

  /** Slots of a round after the first: none where the previous round chose none. */
  private Column laterSlots(int round) {
    Column allowed = col(PlanUsers.SLOTS);
    for (PolicyRule rule : rules) {
      allowed = rule.leaves().apply(allowed, NextPush.ofRound(round));
    }
    return when(col(NextPush.column(round - 1)).isNotNull(), allowed);
  }

  private Column push(int round, Column allowed) {
    Column pick = col(PICK);
    Column isSent = col(Decisions.DECISION).equalTo(Verdict.SEND);
    Column push =
        struct(
            pushId(round).as(PushSchedule.PUSH_ID),
            transform(basket.items(round), item -> item.getField(PushList.ITEM_ID))
                .as(PushSchedule.ITEMS),
            pick.getField(PlanUsers.SEND_AT).as(PushSchedule.SEND_AT),
            validUntil(pick).as(PushSchedule.VALID_UNTIL),
            pick.getField(PlanUsers.LOCAL_DATE).as(PlanUsers.LOCAL_DATE),
            pick.getField(PlanUsers.LOCAL_HOUR).as(PushSchedule.LOCAL_HOUR),
            pick.getField(PlanUsers.OPEN_PROBABILITY).as(PushSchedule.OPEN_PROBABILITY),
            basket.expectedValue(pick, round).as(PushSchedule.EXPECTED_VALUE),
            when(col(IS_EXPLORED), EXPLORE).otherwise(BEST).as(PushSchedule.ARM),
            propensity(round, allowed).as(PushSchedule.PROPENSITY));
    return when(isSent.and(basket.hasItems(round)).and(pick.isNotNull()), push);
  }

  /** Some minutes later, and before the user's quiet hours begin, wherever that may be. */
  private Column validUntil(Column slot) {
    Column from = col(PlanUsers.QUIET_FROM);
    Column untilQuiet =
        array_min(
            transform(
                col(PlanUsers.QUIET_ZONES),
                zone -> {
                  Column minute = QuietHours.minuteIn(zone, slot.getField(PlanUsers.SEND_AT));
                  return pmod(from.minus(minute), lit(MINUTES_PER_DAY)).cast("int");
                }));
    Column isNever = from.equalTo(col(PlanUsers.QUIET_TO));
    Column minutes =
        when(isNever, lit(policy.validMinutes()))
            .otherwise(least(untilQuiet, lit(policy.validMinutes())));
    return timestamp_seconds(
        unix_seconds(slot.getField(PlanUsers.SEND_AT)).plus(minutes.multiply(60)));
  }

  private Column propensity(int round, Column allowed) {
    double explore = policy.exploreShare();
    Column before =
        round == 1
            ? lit(1 - policy.controlShare())
            : col(NextPush.column(round - 1)).getField(PushSchedule.PROPENSITY);
    Column isBest =
        col(PICK).getField(PlanUsers.SEND_AT).equalTo(col(BEST_SLOT).getField(PlanUsers.SEND_AT));
    Column evenly = lit(explore).divide(size(allowed));
    return before.multiply(when(isBest, evenly.plus(1 - explore)).otherwise(evenly));
  }

  private Column pushId(int round) {
    return md5(
        concat(lit(draws.date() + "|" + round + "|"), col(PlanUsers.USER_ID)).cast("binary"));
  }
}
