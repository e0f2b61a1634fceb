package dev.nightjar.export.plan;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.table.Decisions;
import dev.nightjar.export.table.PushList;
import dev.nightjar.export.table.PushSchedule;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Chooses a user's pushes one after the other: round k takes the slot most likely to be opened
 * (explored: any, evenly) of those that break no rule beside the pushes of the rounds before it.
 *
 * <p>With control share c, explore share e and n allowed slots, a push at the best slot has the
 * propensity (1 - c)((1 - e) + e / n), one at another slot (1 - c) e / n; a later round multiplies
 * the propensity of the round before by its own factor.
 */
final class Rounds {
  static final String BEST = "best";
  static final String EXPLORE = "explore";

  private static final String BEST_SLOT = "best_slot";
  private static final String PICK = "pick";
  private static final String IS_EXPLORED = "is_explored";

  private final PolicyConfig policy;
  private final PlanConfig config;
  private final Draws draws;

  Rounds(PolicyConfig policy, PlanConfig config, Draws draws) {
    this.policy = policy;
    this.config = config;
    this.draws = draws;
  }

  /** Adds a column {@code push_k} for every round, null where it chose none. */
  Dataset<Row> choose(Dataset<Row> decided) {
    Dataset<Row> chosen = decided;
    for (int round = 1; round <= config.pushesPerUser(); round++) {
      chosen = choose(chosen, round);
    }
    return chosen;
  }

  /** The rounds' columns, in order. */
  static List<Column> pushes(int rounds) {
    return IntStream.rangeClosed(1, rounds).mapToObj(round -> col("push_" + round)).toList();
  }

  /** Chance to open times what the round's items bring, in the shop's currency. */
  static Column expectedValue(Column slot, int round, PlanConfig config) {
    Column sum =
        aggregate(
            items(round, config),
            lit(0.0),
            (total, item) ->
                total.plus(
                    item.getField(PushList.PURCHASE_PROBABILITY)
                        .multiply(item.getField(PlanUsers.VALUE))));
    return slot.getField(PlanUsers.OPEN_PROBABILITY).multiply(coalesce(sum, lit(0.0)));
  }

  static Column isWorth(Column slot, int round, PlanConfig config) {
    return expectedValue(slot, round, config).geq(config.minExpectedValue());
  }

  private Dataset<Row> choose(Dataset<Row> users, int round) {
    String allowed = "allowed_" + round;
    Dataset<Row> open = round == 1 ? users : users.withColumn(allowed, laterSlots(round));
    Column slots = col(allowed);
    Column anywhere =
        get(slots, floor(draws.uniform("slot-" + round).multiply(size(slots))).cast("int"));
    return open.withColumns(
            Map.of(
                BEST_SLOT,
                array_max(slots),
                IS_EXPLORED,
                draws.uniform(EXPLORE + "-" + round).lt(policy.exploreShare())))
        .withColumn(PICK, when(col(IS_EXPLORED), anywhere).otherwise(col(BEST_SLOT)))
        .withColumn("push_" + round, push(round, slots))
        .drop(allowed, BEST_SLOT, IS_EXPLORED, PICK);
  }

  /** Slots of a round after the first: none where the round before chose none. */
  private Column laterSlots(int round) {
    SlotRules rules = new SlotRules(policy, pushes(round - 1));
    Column allowed =
        filter(col(Verdict.AWAKE), slot -> rules.keepsAll(slot).and(isWorth(slot, round, config)));
    return when(col("push_" + (round - 1)).isNotNull(), allowed);
  }

  private Column push(int round, Column allowed) {
    Column pick = col(PICK);
    Column hasItems = size(col(PlanUsers.BASKET)).gt((round - 1) * config.itemsPerPush());
    Column isSent = col(Decisions.DECISION).equalTo(Verdict.SEND);
    Column push =
        struct(
            pushId(round).as(PushSchedule.PUSH_ID),
            transform(items(round, config), item -> item.getField(PushList.ITEM_ID))
                .as(PushSchedule.ITEMS),
            pick.getField(PlanUsers.SEND_AT).as(PushSchedule.SEND_AT),
            pick.getField(PlanUsers.LOCAL_DATE).as(PlanUsers.LOCAL_DATE),
            pick.getField(PlanUsers.LOCAL_HOUR).as(PushSchedule.LOCAL_HOUR),
            pick.getField(PlanUsers.OPEN_PROBABILITY).as(PushSchedule.OPEN_PROBABILITY),
            expectedValue(pick, round, config).as(PushSchedule.EXPECTED_VALUE),
            when(col(IS_EXPLORED), EXPLORE).otherwise(BEST).as(PushSchedule.ARM),
            propensity(round, allowed).as(PushSchedule.PROPENSITY));
    return when(isSent.and(hasItems).and(pick.isNotNull()), push);
  }

  private Column propensity(int round, Column allowed) {
    double explore = policy.exploreShare();
    Column before =
        round == 1
            ? lit(1 - policy.controlShare())
            : col("push_" + (round - 1)).getField(PushSchedule.PROPENSITY);
    Column isBest =
        col(PICK).getField(PlanUsers.SEND_AT).equalTo(col(BEST_SLOT).getField(PlanUsers.SEND_AT));
    Column evenly = lit(explore).divide(size(allowed));
    return before.multiply(when(isBest, evenly.plus(1 - explore)).otherwise(evenly));
  }

  private Column pushId(int round) {
    return md5(
        concat(lit(draws.date() + "|" + round + "|"), col(PlanUsers.USER_ID)).cast("binary"));
  }

  private static Column items(int round, PlanConfig config) {
    return slice(
        col(PlanUsers.BASKET), (round - 1) * config.itemsPerPush() + 1, config.itemsPerPush());
  }
}
