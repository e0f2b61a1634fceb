package dev.nightjar.export.plan;

import static dev.nightjar.export.ExportSettings.planFromMidnight;
import static dev.nightjar.export.ExportSettings.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.table.Decisions;
import dev.nightjar.export.table.PushList;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.features.AsOf;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PlannerTest {
  /** Tuesday; Wednesday 2026-03-11 is planned. */
  private static final AsOf NIGHT = new AsOf(LocalDate.of(2026, 3, 10), ZoneId.of("UTC"));

  private static final PolicyConfig STRICT = certain();
  private static final PlanConfig ONE_PUSH = planFromMidnight("items_per_push = 2");

  /** The default policy without random draws. */
  private static PolicyConfig certain(String... over) {
    return policy("control_share = 0", "explore_share = 0", String.join("\n", over));
  }

  private static List<String> lines(Dataset<Row> rows, String... columns) {
    return rows.selectExpr(columns).collectAsList().stream()
        .map(row -> row.mkString(" | "))
        .sorted()
        .toList();
  }

  private static List<String> sends(Plan plan) {
    return lines(plan.schedule(), PushSchedule.USER_ID, "string(send_at)");
  }

  private static double evening(int hourOfWeek) {
    return hourOfWeek % 24 == 19 ? 0.3 : 0.1;
  }

  @Test
  void sendsTheBestItemsAtTheHourMostLikelyToBeOpened() {
    Shop shop =
        new Shop()
            .user("ann", "Europe/Berlin")
            .opens("ann", PlannerTest::evening)
            .ranks("ann", "i1", "i2", "i3")
            .item("i1", 10.0)
            .item("i2", null);
    try (Plan plan = Planner.plan(NIGHT, shop.inputs(), STRICT, ONE_PUSH)) {
      assertEquals("", PushSchedule.TABLE.differenceTo(plan.schedule().schema()));
      assertEquals("", PushList.TABLE.differenceTo(plan.list().schema()));
      assertEquals("", Decisions.TABLE.differenceTo(plan.decisions().schema()));
      // 0.3 x (0.5 x 10 + 0.25 x 1); 19:00 in Berlin is 18:00 UTC.
      assertEquals(
          List.of(
              "ann | i1,i2 | 2026-03-11 18:00:00 | 19 | Europe/Berlin | 0.3 | 1.575 | best | 1.0"),
          lines(
              plan.schedule(),
              "user_id",
              "array_join(items, ',')",
              "string(send_at)",
              "local_hour",
              "zone",
              "open_probability",
              "round(expected_value, 9)",
              "arm",
              "propensity"));
      assertEquals(
          List.of("ann | 1 | i1 | 0.5 | trending", "ann | 2 | i2 | 0.25 | trending"),
          lines(plan.list(), "user_id", "rank", "item_id", "purchase_probability", "reason"));
      assertEquals(
          List.of("ann | send | 1 push at 2026-03-11 19:00 Europe/Berlin | best | 1.0"),
          lines(plan.decisions(), Decisions.TABLE.columns()));
    }
  }

  @Test
  void secondPushTakesTheNextItemsAtTheNextBestHourThatKeepsTheGap() {
    Shop shop =
        new Shop()
            .user("ann", "UTC")
            .opens("ann", hour -> hour % 24 == 18 ? 0.9 : hour % 24 == 15 ? 0.8 : 0.1)
            .ranks("ann", "i1", "i2", "i3")
            .user("bob", "UTC")
            .opens("bob", PlannerTest::evening)
            .ranks("bob", "i1", "i2")
            .user("cap", "UTC")
            .opens("cap", PlannerTest::evening)
            .ranks("cap", "i1", "i2", "i3")
            .pushed("c1", "cap", "2026-03-09T12:00:00Z")
            .pushed("c2", "cap", "2026-03-08T12:00:00Z");
    PolicyConfig policy = certain("daily_cap = 2", "min_gap_hours = 5");
    try (Plan plan =
        Planner.plan(
            NIGHT,
            shop.inputs(),
            policy,
            planFromMidnight("pushes_per_user = 2", "items_per_push = 2"))) {
      // 15:00 is three hours before 18:00 and the gap five, so 09:00 is the earliest of the rest.
      // "bob" has no items left for a second push, "cap" one push left in the week.
      assertEquals(
          List.of(
              "ann | 2026-03-11 09:00:00 | i3",
              "ann | 2026-03-11 18:00:00 | i1,i2",
              "bob | 2026-03-11 19:00:00 | i1,i2",
              "cap | 2026-03-11 19:00:00 | i1,i2"),
          lines(plan.schedule(), "user_id", "string(send_at)", "array_join(items, ',')"));
      assertEquals(
          List.of("2 pushes at 2026-03-11 09:00 and 2026-03-11 18:00 UTC"),
          lines(plan.decisions().where("user_id = 'ann'"), "detail"));
      assertEquals(List.of("1", "2", "3"), lines(plan.list().where("user_id = 'ann'"), "rank"));
    }
  }

  @Test
  void theDailyCapAppliesToTheUsersCalendar() {
    // A day of the shop covers two days in Los Angeles: 17:00 to midnight, then midnight to 16:00.
    Shop shop = new Shop();
    for (String user : List.of("both", "first", "second")) {
      shop.user(user, "America/Los_Angeles")
          .opens(user, hour -> hour % 24 == 20 ? 0.9 : hour % 24 == 8 ? 0.8 : 0.1)
          .ranks(user, "i1");
    }
    shop.pushed("f", "first", "2026-03-10T20:00:00Z")
        .pushed("b", "both", "2026-03-10T20:00:00Z")
        .scheduled("b2", "both", "2026-03-11T12:00:00Z");
    try (Plan plan =
        Planner.plan(
            NIGHT,
            shop.inputs(),
            certain(
                "weekly_cap = 9",
                "min_gap_hours = 0",
                "quiet_from = \"00:00\"",
                "quiet_to = \"00:00\""),
            ONE_PUSH)) {
      assertEquals(
          List.of("first | 2026-03-11 15:00:00", "second | 2026-03-11 03:00:00"), sends(plan));
      assertEquals(
          List.of("daily_cap | 1 push on 2026-03-11, cap 1"),
          lines(plan.decisions().where("user_id = 'both'"), "decision", "detail"));
    }
  }

  @Test
  void hoursThatClocksSkipAreNeverPlannedAndRepeatedOnesComeTwice() {
    ZoneId london = ZoneId.of("Europe/London");
    assertEquals(
        23, PlanWindow.after(new AsOf(LocalDate.of(2026, 3, 28), london), 0).slots().size());
    assertEquals(
        25, PlanWindow.after(new AsOf(LocalDate.of(2026, 10, 24), london), 0).slots().size());
    Shop shop =
        new Shop()
            .user("ann", "Europe/London")
            .opens("ann", hour -> hour % 24 == 1 ? 0.9 : 0.1)
            .ranks("ann", "i1", "i2");
    PolicyConfig policy =
        certain(
            "daily_cap = 2", "min_gap_hours = 1", "quiet_from = \"00:00\"", "quiet_to = \"00:00\"");
    PlanConfig twice = planFromMidnight("pushes_per_user = 2", "items_per_push = 1");
    AsOf spring = new AsOf(LocalDate.of(2026, 3, 28), london);
    try (Plan plan = Planner.plan(spring, shop.inputs(), policy, twice)) {
      assertEquals(
          List.of("0 | 2026-03-29 00:00:00", "2 | 2026-03-29 01:00:00"),
          lines(plan.schedule(), "local_hour", "string(send_at)"));
    }
    AsOf autumn = new AsOf(LocalDate.of(2026, 10, 24), london);
    try (Plan plan = Planner.plan(autumn, shop.inputs(), policy, twice)) {
      assertEquals(
          List.of("1 | 2026-10-25 00:00:00", "1 | 2026-10-25 01:00:00"),
          lines(plan.schedule(), "local_hour", "string(send_at)"));
    }
  }

  @Test
  void quietHoursOfHalfHourZonesAreExactToTheMinute() {
    // Slots are half past in Kolkata: 08:30 is quiet, 09:30 is the first that is not.
    Shop shop =
        new Shop()
            .user("dev", "Asia/Kolkata")
            .opens("dev", hour -> hour % 24 == 8 ? 0.9 : 0.1)
            .ranks("dev", "i1")
            .user("early", "Asia/Kolkata", true, "22:00", "08:30")
            .opens("early", hour -> hour % 24 == 8 ? 0.9 : 0.1)
            .ranks("early", "i1");
    try (Plan plan = Planner.plan(NIGHT, shop.inputs(), STRICT, ONE_PUSH)) {
      assertEquals(
          List.of("dev | 2026-03-11 04:00:00", "early | 2026-03-11 03:00:00"), sends(plan));
    }
  }

  @Test
  void pushIdsAreTheSameWheneverTheNightIsPlannedAndOthersTheNextNight() {
    Shop shop = new Shop().user("ann", "UTC").opens("ann", PlannerTest::evening).ranks("ann", "i1");
    PolicyConfig other =
        policy("min_gap_hours = 0", "control_share = 0.3", "explore_share = 1", "seed = 77");
    String first;
    try (Plan plan = Planner.plan(NIGHT, shop.inputs(), STRICT, ONE_PUSH)) {
      first = lines(plan.schedule(), "push_id").get(0);
    }
    try (Plan plan = Planner.plan(NIGHT, shop.inputs(), other, ONE_PUSH)) {
      assertEquals(List.of(first), lines(plan.schedule(), "push_id"));
    }
    try (Plan plan = Planner.plan(NIGHT.minusDays(1), shop.inputs(), STRICT, ONE_PUSH)) {
      assertNotEquals(first, lines(plan.schedule(), "push_id").get(0));
    }
  }

  @Test
  void pushesBelowTheLeastValueAreNotSent() {
    Shop shop = new Shop().user("ann", "UTC").opens("ann", PlannerTest::evening).ranks("ann", "i1");
    try (Plan plan =
        Planner.plan(
            NIGHT,
            shop.inputs(),
            STRICT,
            planFromMidnight("items_per_push = 2", "min_expected_value = 0.16"))) {
      assertEquals(
          List.of("ann | low_value | expected value 0.1500 at best, least 0.16 | none | 1.0"),
          lines(plan.decisions(), Decisions.TABLE.columns()));
      assertEquals(0, plan.schedule().count());
      assertEquals(0, plan.list().count());
    }
  }
}
