package dev.nightjar.export.plan;

import static dev.nightjar.export.ExportSettings.planFromMidnight;
import static dev.nightjar.export.ExportSettings.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.table.Decisions;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.Soak;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

@Soak
class PropensityTest {
  private static final AsOf NIGHT = new AsOf(LocalDate.of(2026, 3, 10), ZoneId.of("UTC"));
  private static final int USERS = 7_000;
  private static final List<Long> SEEDS = List.of(1L, 2L);

  /**
   * Users who differ by id alone may be pushed twice at 09, 10 or 11 h. All hours are equally good,
   * so the earliest that is left is the best one.
   */
  @Test
  void decisionsAreTakenAsOftenAsTheirPropensitySays() {
    Shop shop = new Shop();
    for (int i = 0; i < USERS; i++) {
      shop.user("u" + i, "UTC").ranks("u" + i, "i1", "i2");
    }
    PlanInputs inputs = shop.inputs();
    Map<String, Integer> counts = new HashMap<>();
    Map<String, Double> propensities = new TreeMap<>();
    for (long seed : SEEDS) {
      PolicyConfig policy =
          policy(
              "quiet_from = \"12:00\"",
              "daily_cap = 2",
              "min_gap_hours = 1",
              "control_share = 0.2",
              "explore_share = 0.5",
              "seed = " + seed);
      try (Plan plan =
          Planner.plan(
              NIGHT,
              inputs,
              policy,
              planFromMidnight("pushes_per_user = 2", "items_per_push = 1"))) {
        Map<String, String> hours = new HashMap<>();
        plan.schedule().orderBy("items").collectAsList().stream()
            .forEach(
                push ->
                    hours.merge(
                        push.getAs(PushSchedule.USER_ID),
                        push.getAs(PushSchedule.LOCAL_HOUR).toString(),
                        (first, second) -> first + " " + second));
        for (Row decision : plan.decisions().collectAsList()) {
          String made =
              decision.getAs(Decisions.DECISION)
                  + " "
                  + hours.get(decision.<String>getAs(Decisions.USER_ID));
          counts.merge(made, 1, Integer::sum);
          propensities.put(made, decision.getAs(Decisions.PROPENSITY));
        }
      }
    }
    assertEquals(
        List.of(
            "control null",
            "send 10 11",
            "send 10 9",
            "send 11 10",
            "send 11 9",
            "send 9 10",
            "send 9 11"),
        List.copyOf(propensities.keySet()));
    assertEquals(0.2, propensities.get("control null"), 1e-12);
    assertEquals(0.8 * (0.5 + 0.5 / 3) * (0.5 + 0.5 / 2), propensities.get("send 9 10"), 1e-12);
    assertEquals(0.8 * (0.5 / 3) * (0.5 / 2), propensities.get("send 10 11"), 1e-12);
    assertEquals(1, propensities.values().stream().mapToDouble(p -> p).sum(), 1e-12);
    double drawn = (double) USERS * SEEDS.size();
    propensities.forEach(
        (made, propensity) -> {
          double error = Math.sqrt(propensity * (1 - propensity) / drawn);
          double share = counts.get(made) / drawn;
          assertTrue(
              Math.abs(share - propensity) < 4 * error,
              made + ": " + share + " of the decisions, propensity " + propensity);
        });
  }
}
