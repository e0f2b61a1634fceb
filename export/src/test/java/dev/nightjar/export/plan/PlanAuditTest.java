package dev.nightjar.export.plan;

import static dev.nightjar.export.ExportSettings.plan;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.export.audit.AuditInputs;
import dev.nightjar.export.audit.PlanAudit;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.table.Decisions;
import dev.nightjar.export.table.PlanAudits;
import dev.nightjar.export.table.PushList;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.DataException;
import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Suppressions;
import dev.nightjar.features.table.Users;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The audit finds a planted fault of every kind; RandomShopsTest shows that it finds no other. */
class PlanAuditTest {
  private static final AsOf NIGHT =
      new AsOf(LocalDate.parse("2026-10-24"), ZoneId.of("Europe/London"));
  private static final PolicyConfig POLICY =
      RandomShop.busyPolicy("unknown_zone = skip", "seed = 5");
  private static final PlanConfig TWO = plan("pushes_per_user = 2", "items_per_push = 2");

  private static PlanInputs inputs;
  private static List<Row> earlier;
  private static List<Row> schedule;
  private static List<Row> list;
  private static List<Row> decisions;

  @BeforeAll
  static void planTwoNights() {
    Shop shop = RandomShop.of(6, 300, NIGHT);
    earlier = planned(NIGHT.minusDays(1), RandomShop.inputs(shop));
    shop.schedules.addAll(earlier);
    inputs = RandomShop.inputs(shop);
    schedule = planned(NIGHT, inputs);
  }

  private static List<Row> planned(AsOf night, PlanInputs from) {
    try (Plan plan = Planner.plan(night, from, POLICY, TWO)) {
      list = plan.list().collectAsList();
      decisions = plan.decisions().collectAsList();
      return plan.schedule().orderBy(PushSchedule.USER_ID, PushSchedule.SEND_AT).collectAsList();
    }
  }

  /** The tables of the plan, to be corrupted. */
  private static final class Tables {
    Dataset<Row> users = inputs.users();
    Dataset<Row> suppressions = inputs.suppressions();
    Dataset<Row> pushes = inputs.pushes().pushes();
    Dataset<Row> ranked = inputs.rankedItems();
    Dataset<Row> pushList = TestSpark.dataset(PushList.SCHEMA, list);
    Dataset<Row> planned = TestSpark.dataset(PushSchedule.SCHEMA, schedule);
    Dataset<Row> decided = TestSpark.dataset(Decisions.SCHEMA, decisions);

    void log(String user, Duration... before) {
      List<Row> rows = new ArrayList<>();
      for (Duration earlierBy : before) {
        rows.add(
            TestRow.of(Pushes.TABLE)
                .set(Pushes.PUSH_ID, "logged-" + rows.size())
                .set(Pushes.USER_ID, user)
                .set(Pushes.SENT_AT, sendAt(user).minus(earlierBy))
                .row());
      }
      pushes = pushes.union(TestSpark.dataset(Pushes.SCHEMA, rows));
    }

    List<Row> audit() {
      AuditInputs audited =
          new AuditInputs(
              users,
              suppressions,
              pushes,
              inputs.pushes().log(),
              inputs.pushes().schedules(),
              ranked,
              pushList,
              planned,
              decided);
      return PlanAudit.of(NIGHT, audited, POLICY, TWO).collectAsList();
    }
  }

  /** A user with pushes, another for each number. */
  private static String user(int number) {
    List<String> users =
        schedule.stream().map(row -> row.<String>getAs(PushSchedule.USER_ID)).distinct().toList();
    return users.get(number);
  }

  private static Instant sendAt(String user) {
    return schedule.stream()
        .filter(row -> row.getAs(PushSchedule.USER_ID).equals(user))
        .map(row -> row.<Timestamp>getAs(PushSchedule.SEND_AT).toInstant())
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> ids(String user) {
    Set<String> ids = new HashSet<>(Set.of(user));
    schedule.stream()
        .filter(row -> row.getAs(PushSchedule.USER_ID).equals(user))
        .forEach(row -> ids.add(row.getAs(PushSchedule.PUSH_ID)));
    return ids;
  }

  private static Dataset<Row> changed(Dataset<Row> rows, String user, String column, Column to) {
    return rows.withColumn(column, when(col("user_id").equalTo(user), to).otherwise(col(column)));
  }

  private static Dataset<Row> without(Dataset<Row> rows, String user) {
    return rows.where(col("user_id").notEqual(user));
  }

  private static Map<String, Row> byRule(List<Row> checks) {
    Map<String, Row> byRule = new HashMap<>();
    checks.forEach(row -> byRule.put(row.getAs(PlanAudits.RULE), row));
    return byRule;
  }

  private static void assertFound(List<Row> checks, String rule, String user) {
    Row check = byRule(checks).get(rule);
    assertTrue(check.<Long>getAs(PlanAudits.VIOLATIONS) > 0, check.toString());
    assertTrue(ids(user).contains(check.<String>getAs(PlanAudits.EXAMPLE)), check + " of " + user);
  }

  @Test
  void aFaultOfThePolicyIsFound() {
    Tables tables = new Tables();
    tables.users = changed(tables.users, user(0), Users.HAS_CONSENT, lit(false));
    tables.suppressions =
        tables.suppressions.union(
            TestSpark.dataset(
                Suppressions.SCHEMA,
                List.of(
                    TestRow.of(Suppressions.TABLE)
                        .set(Suppressions.USER_ID, user(1))
                        .set(Suppressions.REASON, "complaint")
                        .row())));
    tables.users = changed(tables.users, user(2), Users.QUIET_FROM, lit("00:00"));
    tables.users = changed(tables.users, user(2), Users.QUIET_TO, lit("23:59"));
    tables.users = changed(tables.users, user(3), Users.IS_ZONE_KNOWN, lit(false));
    tables.log(user(4), Duration.ofMinutes(59));
    tables.planned =
        changed(
            tables.planned,
            user(5),
            PushSchedule.VALID_UNTIL,
            col(PushSchedule.SEND_AT).plus(expr("INTERVAL 61 MINUTES")));
    tables.planned =
        changed(
            tables.planned,
            user(6),
            PushSchedule.PLANNED_AT,
            col(PushSchedule.PLANNED_AT).plus(expr("INTERVAL 1 HOUR")));
    List<Row> checks = tables.audit();
    assertFound(checks, "consent", user(0));
    assertFound(checks, "suppressed", user(1));
    assertFound(checks, "quiet_hours", user(2));
    assertFound(checks, "unknown_zone", user(3));
    assertFound(checks, "min_gap", user(4));
    assertFound(checks, "valid_until", user(5));
    assertFound(checks, "planned_at", user(6));
    assertEquals(21, checks.size());
  }

  @Test
  void aUserWithTooManyPushesIsFound() {
    Tables tables = new Tables();
    tables.log(user(0), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
    assertFound(tables.audit(), "daily_cap", user(0));

    tables = new Tables();
    tables.log(
        user(1),
        Duration.ofDays(1),
        Duration.ofDays(2),
        Duration.ofDays(3),
        Duration.ofDays(4),
        Duration.ofDays(5));
    List<Row> checks = tables.audit();
    assertFound(checks, "weekly_cap", user(1));
    assertEquals(0, byRule(checks).get("consent").<Long>getAs(PlanAudits.VIOLATIONS));
  }

  @Test
  void aFaultOfThePlansTablesIsFound() {
    Tables tables = new Tables();
    Dataset<Row> planned = tables.planned;
    planned =
        changed(
            planned,
            user(0),
            PushSchedule.SEND_AT,
            col(PushSchedule.SEND_AT).plus(expr("INTERVAL 48 HOURS")));
    planned = changed(planned, user(1), PushSchedule.ITEMS, array().cast("array<string>"));
    planned =
        changed(
            planned,
            user(2),
            PushSchedule.ITEMS,
            concat(col(PushSchedule.ITEMS), col(PushSchedule.ITEMS)));
    planned =
        changed(
            planned,
            user(3),
            PushSchedule.PUSH_ID,
            lit(earlier.get(0).<String>getAs(PushSchedule.PUSH_ID)));
    planned = changed(planned, user(4), PushSchedule.PROPENSITY, lit(0.0));
    planned = changed(planned, user(5), PushSchedule.OPEN_PROBABILITY, lit(Double.NaN));
    planned = changed(planned, user(6), PushSchedule.EXPECTED_VALUE, lit(-1.0));
    planned = changed(planned, user(7), PushSchedule.ZONE, lit("Asia/Tokyo"));
    planned =
        changed(
            planned,
            user(8),
            PushSchedule.ITEMS,
            array_union(col(PushSchedule.ITEMS), array(lit("i-unknown"))));
    tables.planned = planned;
    tables.decided = without(tables.decided, user(9));
    tables.decided = changed(tables.decided, user(10), Decisions.DECISION, lit("control"));
    tables.pushList = without(tables.pushList, user(11));
    tables.ranked = without(tables.ranked, user(12));
    List<Row> checks = tables.audit();
    assertFound(checks, "inside_the_day", user(0));
    assertFound(checks, "no_push_is_empty", user(1));
    assertFound(checks, "no_item_twice", user(2));
    assertFound(checks, "propensity", user(4));
    assertFound(checks, "open_probability", user(5));
    assertFound(checks, "expected_value", user(6));
    assertFound(checks, "local_hour", user(7));
    assertFound(checks, "one_decision_per_user", user(9));
    Map<String, Row> byRule = byRule(checks);
    for (String rule :
        List.of(
            "push_id_is_unique", "items_are_ranked", "items_are_listed", "send_means_scheduled")) {
      assertTrue(byRule.get(rule).<Long>getAs(PlanAudits.VIOLATIONS) > 0, rule);
    }
    DataException refused =
        assertThrows(
            DataException.class,
            () -> PlanAudit.requireKept(TestSpark.dataset(PlanAudits.TABLE.schema(), checks)));
    assertTrue(refused.getMessage().contains("breaks rule"), refused.getMessage());
    assertTrue(refused.getMessage().contains("such as"), refused.getMessage());
  }
}
