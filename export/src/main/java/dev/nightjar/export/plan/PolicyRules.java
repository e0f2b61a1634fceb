package dev.nightjar.export.plan;

import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.forall;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.export.policy.ActiveSuppressions;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.policy.QuietHours;
import dev.nightjar.features.AsOf;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * The rules that can keep a user from a push. A new rule is one entry of {@link #inOrder}; its name
 * becomes a value of {@code decisions.decision}, and {@code reference.conf} lists it.
 */
final class PolicyRules {
  /** The rule that draws the control group. */
  static final String CONTROL = "control";

  private PolicyRules() {}

  /**
   * Every rule, in the order in which they are applied: the decision about a user is the first rule
   * that leaves no slot. The control group comes last, so that it is drawn from users who would
   * have been pushed.
   *
   * @param asOf the night
   * @param inputs where rules find their facts about users
   */
  static List<PolicyRule> inOrder(
      AsOf asOf, PlanInputs inputs, PolicyConfig policy, PlanConfig config) {
    PlanWindow window = PlanWindow.after(asOf, config.leadHours());
    Draws draws = new Draws(policy.seed(), asOf.date());
    Column suppression = col(ActiveSuppressions.DETAIL);
    return List.of(
        PolicyRule.excludes(
            "no_consent", not(col(PlanUsers.HAS_CONSENT)), slots -> lit("no consent to pushes")),
        PolicyRule.excludes("suppressed", suppression.isNotNull(), slots -> suppression)
            .knowing(
                ActiveSuppressions.compute(inputs.suppressions(), window.end(), window.zone())),
        PolicyRule.excludes(
            "no_items",
            col(PlanUsers.BASKET).isNull(),
            slots -> lit("no item is ranked for this user")),
        unknownZone(policy.unknownZone()),
        quietHours(),
        weeklyCap(policy.weeklyCap()),
        dailyCap(policy.dailyCap()),
        minGap(policy.minGapHours()),
        lowValue(config),
        control(draws, policy.controlShare()));
  }

  /** A user whose zone is not known is pushed as {@code policy.unknown_zone} says. */
  private static PolicyRule unknownZone(PolicyConfig.UnknownZone policy) {
    Column isUnknown = not(col(PlanUsers.IS_ZONE_KNOWN));
    if (policy != PolicyConfig.UnknownZone.STRICT) {
      Column skips = isUnknown.and(lit(policy == PolicyConfig.UnknownZone.SKIP));
      return PolicyRule.excludes(
          "unknown_zone", skips, slots -> lit("the zone of the user is not known"));
    }
    return PolicyRule.keeps(
        "unknown_zone",
        (slot, push) ->
            not(isUnknown).or(forall(col(PlanUsers.QUIET_ZONES), zone -> isLoud(slot, zone))),
        slots ->
            lit(
                "the zone of the user is not known, and every hour of the plan is quiet somewhere"));
  }

  private static Column isLoud(Column slot, Column zone) {
    Column minute = QuietHours.minuteIn(zone, slot.getField(PlanUsers.SEND_AT));
    return not(QuietHours.isQuiet(minute, col(PlanUsers.QUIET_FROM), col(PlanUsers.QUIET_TO)));
  }

  /** The local time of the slot is outside the user's quiet hours. */
  private static PolicyRule quietHours() {
    Column from = col(PlanUsers.QUIET_FROM);
    Column to = col(PlanUsers.QUIET_TO);
    return PolicyRule.keeps(
        "quiet_hours",
        (slot, push) -> not(QuietHours.isQuiet(slot.getField(PlanUsers.MINUTE), from, to)),
        slots ->
            concat(
                lit("every hour of the plan is quiet, "),
                Words.clock(from),
                lit(" to "),
                Words.clock(to),
                lit(" "),
                col(PlanUsers.ZONE)));
  }

  private static PolicyRule weeklyCap(int cap) {
    NextPush first = NextPush.ofRound(1);
    return PolicyRule.keeps(
        "weekly_cap",
        (slot, push) -> push.keepsWeeklyCap(slot, cap),
        slots ->
            concat(
                Words.pushes(first.sentInWeekTo(NextPush.at(last(slots)))),
                lit(" in the last 7 days, cap " + cap)));
  }

  private static PolicyRule dailyCap(int cap) {
    NextPush first = NextPush.ofRound(1);
    return PolicyRule.keeps(
        "daily_cap",
        (slot, push) -> push.keepsDailyCap(slot, cap),
        slots -> {
          Column day = last(slots).getField(PlanUsers.LOCAL_DATE);
          return concat(
              Words.pushes(first.sentOn(day)),
              lit(" on "),
              day.cast("string"),
              lit(", cap " + cap));
        });
  }

  private static PolicyRule minGap(int hours) {
    Column pastInstants = transform(col(PlanUsers.PAST), push -> push.getField(PlanUsers.AT));
    return PolicyRule.keeps(
        "min_gap",
        (slot, push) -> push.keepsGap(slot, hours),
        slots ->
            format_string(
                "last push at %s, " + hours + " hours are to pass, last chance %s",
                Words.localTime(timestamp_micros(array_max(pastInstants))),
                Words.localTime(last(slots).getField(PlanUsers.SEND_AT))));
  }

  /** The push is worth at least {@code plan.min_expected_value}. */
  private static PolicyRule lowValue(PlanConfig config) {
    Basket basket = config.basket();
    return PolicyRule.keeps(
        "low_value",
        (slot, push) -> basket.expectedValue(slot, push.round()).geq(config.minExpectedValue()),
        slots ->
            format_string(
                "expected value %.4f at best, least " + config.minExpectedValue(),
                array_max(transform(slots, slot -> basket.expectedValue(slot, 1)))));
  }

  private static PolicyRule control(Draws draws, double share) {
    return PolicyRule.excludes(
        CONTROL,
        draws.uniform(CONTROL).lt(share),
        slots ->
            concat(
                lit("held out for comparison, "),
                size(slots).cast("string"),
                lit(" hours were allowed")));
  }

  private static Column last(Column slots) {
    // The last element of an empty array is null, which is fine: these words are then not used.
    return when(size(slots).gt(0), element_at(slots, -1));
  }
}
