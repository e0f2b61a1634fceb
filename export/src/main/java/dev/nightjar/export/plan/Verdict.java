package dev.nightjar.export.plan;

import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.export.policy.ActiveSuppressions;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.table.Decisions;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Send or why not. The reasons are asked in this order, and the first that holds is told:
 * no_consent, suppressed, no_items, then whichever of quiet_hours, weekly_cap, daily_cap, min_gap
 * and low_value takes away the last slot that those before it left, and at last control, so that
 * the control group is drawn from those who would have been pushed.
 */
final class Verdict {
  static final String SEND = "send";
  static final String CONTROL = "control";

  /** Slots outside quiet hours. */
  static final String AWAKE = "awake";

  /** Slots that break no rule and are worth a push. */
  static final String ALLOWED = "allowed_1";

  private static final String IN_WEEK = "in_week";
  private static final String IN_DAY = "in_day";
  private static final String SPACED = "spaced";

  private Verdict() {}

  /**
   * Adds {@link #AWAKE}, {@link #ALLOWED}, and {@code decision} and {@code detail} as they stand
   * before a push is chosen.
   *
   * @param users one row per user, see {@link PlanUsers}
   */
  static Dataset<Row> decide(
      Dataset<Row> users, PolicyConfig policy, PlanConfig config, Draws draws) {
    SlotRules rules = new SlotRules(policy, List.of());
    return users
        .withColumn(AWAKE, filter(col(PlanUsers.SLOTS), rules::isAwake))
        .withColumn(IN_WEEK, filter(col(AWAKE), rules::keepsWeeklyCap))
        .withColumn(IN_DAY, filter(col(IN_WEEK), rules::keepsDailyCap))
        .withColumn(SPACED, filter(col(IN_DAY), rules::keepsGap))
        .withColumn(ALLOWED, filter(col(SPACED), slot -> Rounds.isWorth(slot, 1, config)))
        .withColumn(Decisions.DECISION, decision(policy, draws))
        .withColumn(Decisions.DETAIL, detail(rules, config))
        .drop(PlanUsers.SLOTS, IN_WEEK, IN_DAY, SPACED);
  }

  /** An instant on the user's wall clock. */
  static Column localTime(Column at) {
    return date_format(from_utc_timestamp(at, col(PlanUsers.ZONE)), "yyyy-MM-dd HH:mm");
  }

  private static Column decision(PolicyConfig policy, Draws draws) {
    return when(not(col(PlanUsers.HAS_CONSENT)), "no_consent")
        .when(col(ActiveSuppressions.DETAIL).isNotNull(), "suppressed")
        .when(col(PlanUsers.BASKET).isNull(), "no_items")
        .when(isEmpty(AWAKE), "quiet_hours")
        .when(isEmpty(IN_WEEK), "weekly_cap")
        .when(isEmpty(IN_DAY), "daily_cap")
        .when(isEmpty(SPACED), "min_gap")
        .when(isEmpty(ALLOWED), "low_value")
        .when(draws.uniform(CONTROL).lt(policy.controlShare()), CONTROL)
        .otherwise(SEND);
  }

  private static Column detail(SlotRules rules, PlanConfig config) {
    PolicyConfig policy = rules.policy();
    Column decision = col(Decisions.DECISION);
    return when(decision.equalTo("no_consent"), "no consent to pushes")
        .when(decision.equalTo("suppressed"), col(ActiveSuppressions.DETAIL))
        .when(decision.equalTo("no_items"), "no item is ranked for this user")
        .when(decision.equalTo("quiet_hours"), quietDetail())
        .when(decision.equalTo("weekly_cap"), weeklyDetail(rules))
        .when(decision.equalTo("daily_cap"), dailyDetail(rules))
        .when(
            decision.equalTo("min_gap"),
            format_string(
                "last push at %s, " + policy.minGapHours() + " hours are to pass, last chance %s",
                localTime(timestamp_micros(array_max(pastInstants()))),
                localTime(last(IN_DAY).getField(PlanUsers.SEND_AT))))
        .when(
            decision.equalTo("low_value"),
            format_string(
                "expected value %.4f at best, least " + config.minExpectedValue(),
                array_max(transform(col(SPACED), slot -> Rounds.expectedValue(slot, 1, config)))))
        .when(
            decision.equalTo(CONTROL),
            concat(
                lit("held out for comparison, "),
                size(col(ALLOWED)).cast("string"),
                lit(" hours were allowed")))
        .otherwise("");
  }

  private static Column quietDetail() {
    return concat(
        lit("every hour of the plan is quiet, "),
        clock(PlanUsers.QUIET_FROM),
        lit(" to "),
        clock(PlanUsers.QUIET_TO),
        lit(" "),
        col(PlanUsers.ZONE));
  }

  private static Column weeklyDetail(SlotRules rules) {
    return concat(
        pushes(rules.pushesInWeekTo(SlotRules.at(last(AWAKE)))),
        lit(" in the last 7 days, cap " + rules.policy().weeklyCap()));
  }

  private static Column dailyDetail(SlotRules rules) {
    Column day = last(IN_WEEK).getField(PlanUsers.LOCAL_DATE);
    return concat(
        pushes(rules.pushesOnDay(day)),
        lit(" on "),
        day.cast("string"),
        lit(", cap " + rules.policy().dailyCap()));
  }

  /** {@code 1 push}, {@code 2 pushes}. */
  static Column pushes(Column count) {
    return concat(count.cast("string"), when(count.equalTo(1), " push").otherwise(" pushes"));
  }

  private static Column pastInstants() {
    return transform(col(PlanUsers.PAST), push -> push.getField(PlanUsers.AT));
  }

  private static Column last(String slots) {
    // An empty array has no last element: null, as these words are then not needed.
    return when(not(isEmpty(slots)), element_at(col(slots), -1));
  }

  private static Column isEmpty(String slots) {
    return size(col(slots)).equalTo(0);
  }

  private static Column clock(String minute) {
    return format_string(
        "%02d:%02d", floor(col(minute).divide(60)).cast("int"), col(minute).mod(60));
  }
}
