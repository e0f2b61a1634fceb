package dev.nightjar.export.plan;

import static dev.nightjar.export.ExportSettings.plan;
import static dev.nightjar.export.ExportSettings.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.export.audit.AuditInputs;
import dev.nightjar.export.audit.PlanAudit;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.table.PlanAudits;
import dev.nightjar.features.AsOf;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plans of seeded shops, judged by SQL that shares no code with the planner: that of the scripts
 * and that of the night.
 */
class RandomShopsTest {
  private static final int USERS = 1_000;
  private static final PolicyConfig STRICT = policy("explore_share = 0.3", "seed = 5");
  private static final PolicyConfig BUSY = RandomShop.busyPolicy("explore_share = 0.3", "seed = 5");
  private static final PolicyConfig BY_NIGHT =
      policy(
          "quiet_from = \"09:00\"",
          "quiet_to = \"17:00\"",
          "daily_cap = 3",
          "weekly_cap = 3",
          "min_gap_hours = 2",
          "explore_share = 0.3",
          "seed = 5");
  private static final PlanConfig ONE = plan();
  private static final PlanConfig TWO = plan("pushes_per_user = 2", "items_per_push = 2");
  private static final PlanConfig THREE = plan("pushes_per_user = 3", "items_per_push = 2");

  @TempDir Path folder;

  private static AsOf nightBefore(String day, String zone) {
    return new AsOf(LocalDate.parse(day).minusDays(1), ZoneId.of(zone));
  }

  /** Loads what stays the same from night to night. */
  private static void loadShop(PlanChecker checker, Shop shop) throws Exception {
    PlanInputs inputs = shop.inputs();
    checker.load("users", inputs.users());
    checker.load("suppressions", inputs.suppressions());
    checker.load("ranked_items", inputs.rankedItems());
  }

  /**
   * Plans a night, loads all that a mailer would see of it, and returns the schedule. Where there
   * is a plan before it, the night audits it too.
   */
  private static List<Row> planNight(
      PlanChecker checker, AsOf night, Shop shop, PolicyConfig policy, PlanConfig config)
      throws Exception {
    PlanInputs inputs = RandomShop.inputs(shop);
    checker.rules(night, policy, config);
    checker.load("pushes", inputs.pushes().pushes());
    checker.load("push_log", inputs.pushes().log());
    try (Plan plan = Planner.plan(night, inputs, policy, config)) {
      checker.loadSchedule(night.date(), plan.schedule());
      checker.load("push_list", plan.list());
      checker.load("decisions", plan.decisions());
      if (!shop.schedules.isEmpty()) {
        assertPasses(PlanAudit.of(night, written(inputs, plan), policy, config).collectAsList());
      }
      return plan.schedule().collectAsList();
    }
  }

  /** What the night itself finds. */
  private static void assertPasses(List<Row> checks) {
    assertEquals(21, checks.size());
    checks.forEach(row -> assertEquals(0, row.<Long>getAs(PlanAudits.VIOLATIONS), row.toString()));
  }

  private static AuditInputs written(PlanInputs inputs, Plan plan) {
    return new AuditInputs(
        inputs.users(),
        inputs.suppressions(),
        inputs.pushes().pushes(),
        inputs.pushes().log(),
        inputs.pushes().schedules(),
        inputs.rankedItems(),
        plan.list(),
        plan.schedule(),
        plan.decisions());
  }

  private static void assertNoViolation(PlanChecker checker, int leastPushes) throws Exception {
    Map<String, List<Long>> results = checker.check();
    assertEquals(21, results.size());
    results.forEach((rule, figures) -> assertEquals(0, figures.get(1), rule + " " + figures));
    assertTrue(results.get("consent").get(0) >= leastPushes, results.toString());
    assertEquals(USERS, results.get("one_decision_per_user").get(0));
  }

  /** The mailer sent nine of ten planned pushes, and its log ends in the middle of the day. */
  private static void logHalfOf(List<Row> schedule, Shop shop, Instant reach, Random random) {
    for (Row push : schedule) {
      Timestamp sendAt = push.getAs("send_at");
      shop.schedules.add(push);
      if (sendAt.toInstant().isBefore(reach) && random.nextInt(10) > 0) {
        shop.pushed(push.getAs("push_id"), push.getAs("user_id"), sendAt.toInstant());
      }
    }
  }

  private void twoNightsKeepEveryRule(
      AsOf night, long seed, PolicyConfig policy, PlanConfig config, int leastPushes)
      throws Exception {
    try (PlanChecker checker = new PlanChecker(folder)) {
      Shop shop = RandomShop.of(seed, USERS, night);
      loadShop(checker, shop);
      List<Row> schedule = planNight(checker, night, shop, policy, config);
      assertNoViolation(checker, leastPushes);
      logHalfOf(schedule, shop, night.end().plus(Duration.ofHours(11)), new Random(seed));
      planNight(checker, night.minusDays(-1), shop, policy, config);
      assertNoViolation(checker, 1);
    }
  }

  @Test
  void newYorkKeepsEveryRuleWhenClocksSpringForward() throws Exception {
    twoNightsKeepEveryRule(nightBefore("2026-03-08", "America/New_York"), 1, STRICT, ONE, 300);
  }

  @Test
  void newYorkKeepsEveryRuleWhenClocksFallBack() throws Exception {
    twoNightsKeepEveryRule(nightBefore("2026-11-01", "America/New_York"), 2, BUSY, TWO, 300);
  }

  @Test
  void londonKeepsEveryRuleWhenClocksSpringForward() throws Exception {
    twoNightsKeepEveryRule(nightBefore("2026-03-29", "Europe/London"), 3, BY_NIGHT, THREE, 300);
  }

  @Test
  void kolkataKeepsEveryRuleWhenLondonFallsBack() throws Exception {
    twoNightsKeepEveryRule(nightBefore("2026-10-25", "Asia/Kolkata"), 4, STRICT, ONE, 300);
  }

  @Test
  void theCheckerFindsEveryKindOfViolation() throws Exception {
    AsOf night = nightBefore("2026-10-25", "Europe/London");
    String one = "(SELECT min(user_id) FROM push_list)";
    String planned = " WHERE night = getvariable('plan_date') AND user_id = " + one;
    try (PlanChecker checker = new PlanChecker(folder)) {
      Shop shop = RandomShop.of(6, USERS, night);
      loadShop(checker, shop);
      List<Row> first = planNight(checker, night.minusDays(1), shop, BUSY, TWO);
      shop.schedules.addAll(first);
      planNight(checker, night, shop, BUSY, TWO);
      assertNoViolation(checker, 200);

      String log =
          "INSERT INTO pushes (push_id, user_id, sent_at) SELECT 'x' || i, user_id, send_at - i * "
              + "INTERVAL '%s' FROM schedules, range(1, 6) r(i)"
              + planned;
      Map<String, List<String>> corruptions =
          Map.ofEntries(
              Map.entry(
                  "consent",
                  List.of("UPDATE users SET has_consent = false WHERE user_id = " + one)),
              Map.entry(
                  "suppressed",
                  List.of("INSERT INTO suppressions VALUES (" + one + ", 'complaint', NULL)")),
              Map.entry(
                  "quiet_hours",
                  List.of(
                      "UPDATE users SET quiet_from = '00:00', quiet_to = '23:59' WHERE user_id = "
                          + one,
                      "UPDATE users SET quiet_from = '12:00', quiet_to = '11:59' WHERE user_id = "
                          + one)),
              Map.entry("weekly_cap", List.of(log.formatted("1 day"))),
              Map.entry(
                  "unknown_zone",
                  List.of(
                      "SET VARIABLE unknown_zone = 'skip'; UPDATE users SET is_zone_known = false WHERE"
                          + " user_id = "
                          + one,
                      "SET VARIABLE unknown_zone = 'strict'; UPDATE users SET is_zone_known = false"
                          + " WHERE user_id = "
                          + one)),
              Map.entry(
                  "planned_at",
                  List.of(
                      "UPDATE schedules SET planned_at = planned_at + INTERVAL 1 HOUR" + planned)),
              Map.entry("daily_cap", List.of(log.formatted("1 second"))),
              Map.entry("min_gap", List.of(log.formatted("59 minutes"))),
              Map.entry(
                  "inside_the_day",
                  List.of(
                      "UPDATE schedules SET send_at = send_at + INTERVAL 25 HOURS" + planned,
                      "UPDATE schedules SET send_at = send_at - INTERVAL 25 HOURS" + planned)),
              Map.entry(
                  "valid_until",
                  List.of(
                      "UPDATE schedules SET valid_until = send_at" + planned,
                      "UPDATE schedules SET valid_until = send_at + INTERVAL 61 MINUTES" + planned,
                      "UPDATE users SET quiet_from = strftime(timezone(zone, timezone('UTC', (SELECT"
                          + " min(make_timestamp(epoch_us(send_at))) FROM schedules WHERE night ="
                          + " getvariable('plan_date') AND user_id = "
                          + one
                          + "))) + INTERVAL 10 MINUTES, '%H:%M'), quiet_to = '04:59' WHERE user_id = "
                          + one)),
              Map.entry(
                  "one_decision_per_user",
                  List.of(
                      "DELETE FROM decisions WHERE user_id = " + one,
                      "INSERT INTO decisions SELECT * FROM decisions WHERE user_id = " + one,
                      "INSERT INTO decisions VALUES ('nobody', 'no_items', '', 'none', 1.0)")),
              Map.entry(
                  "send_means_scheduled",
                  List.of(
                      "DELETE FROM schedules" + planned,
                      "UPDATE decisions SET decision = 'control' WHERE user_id = " + one)),
              Map.entry(
                  "items_are_ranked", List.of("DELETE FROM ranked_items WHERE user_id = " + one)),
              Map.entry(
                  "items_are_listed",
                  List.of(
                      "DELETE FROM push_list WHERE user_id = " + one,
                      "UPDATE push_list SET item_id = 'i99' WHERE user_id = " + one)),
              Map.entry("no_push_is_empty", List.of("UPDATE schedules SET items = []" + planned)),
              Map.entry(
                  "no_item_twice",
                  List.of("UPDATE schedules SET items = list_concat(items, items)" + planned)),
              Map.entry(
                  "push_id_is_unique",
                  List.of(
                      "UPDATE schedules SET push_id = (SELECT min(push_id) FROM schedules WHERE night"
                          + " < getvariable('plan_date'))"
                          + planned)),
              Map.entry(
                  "propensity",
                  List.of(
                      "UPDATE schedules SET propensity = 0" + planned,
                      "UPDATE schedules SET propensity = 1.5" + planned,
                      "UPDATE decisions SET propensity = NULL WHERE user_id = " + one)),
              Map.entry(
                  "open_probability",
                  List.of("UPDATE schedules SET open_probability = 0" + planned)),
              Map.entry(
                  "expected_value", List.of("UPDATE schedules SET expected_value = -1" + planned)),
              Map.entry(
                  "local_hour",
                  List.of(
                      "UPDATE schedules SET local_hour = (local_hour + 1) % 24" + planned,
                      "UPDATE schedules SET zone = 'Asia/Tokyo'" + planned)));
      assertEquals(checker.check().keySet(), corruptions.keySet());
      for (Map.Entry<String, List<String>> rule : corruptions.entrySet()) {
        for (String corruption : rule.getValue()) {
          List<String> broken = checker.broken(corruption);
          assertTrue(broken.contains(rule.getKey()), corruption + " broke " + broken);
        }
      }
      assertNoViolation(checker, 200);
    }
  }
}
