package dev.nightjar.export;

import static dev.nightjar.export.ExportSettings.plan;
import static dev.nightjar.export.ExportSettings.policy;
import static dev.nightjar.export.ExportSettings.rank;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Configs;
import java.util.List;
import org.junit.jupiter.api.Test;

class SectionConfigTest {
  private static List<String> problems(Runnable reading) {
    return assertThrows(ConfigProblems.class, reading::run).messages();
  }

  @Test
  void defaultsAreThese() {
    assertEquals(
        """
        items_per_user = 100
        new_items_per_user = 30
        price_power = 0.0
        exclude_out_of_stock = true
        durable_days = 30
        durable_repeat_rate = 0.05
        pushed_days = 0
        unopened_decay = 0.3
        unopened_half_life_days = 7.0
        diversity = 0.0
        max_per_category = 0
        variety_depth = 20
        new_item_days = 14
        """,
        Configs.text(rank()));
    assertEquals(
        """
        quiet_from = 21:00
        quiet_to = 09:00
        daily_cap = 1
        weekly_cap = 3
        min_gap_hours = 12
        control_share = 0.05
        explore_share = 0.05
        seed = 20260101
        """,
        Configs.text(policy()));
    assertEquals(
        """
        pushes_per_user = 1
        items_per_push = 3
        min_expected_value = 0.0
        unpriced_item_value = 1.0
        unknown_open_probability = 0.02
        """,
        Configs.text(plan()));
  }

  @Test
  void everyKeyIsRead() {
    String rank =
        """
        items_per_user = 7
        new_items_per_user = 8
        price_power = 0.5
        exclude_out_of_stock = false
        durable_days = 9
        durable_repeat_rate = 0.1
        pushed_days = 2
        unopened_decay = 0.4
        unopened_half_life_days = 3.5
        diversity = 0.6
        max_per_category = 5
        variety_depth = 11
        new_item_days = 12
        """;
    assertEquals(rank, Configs.text(rank(rank)));
    String policy =
        """
        quiet_from = 22:30
        quiet_to = 07:15
        daily_cap = 2
        weekly_cap = 5
        min_gap_hours = 6
        control_share = 0.1
        explore_share = 0.2
        seed = 9
        """;
    assertEquals(policy, Configs.text(policy(policy.replaceAll("(\\d\\d:\\d\\d)", "\"$1\""))));
    String plan =
        """
        pushes_per_user = 2
        items_per_push = 1
        min_expected_value = 0.5
        unpriced_item_value = 3.0
        unknown_open_probability = 0.1
        """;
    assertEquals(plan, Configs.text(plan(plan)));
  }

  @Test
  void everyBrokenRuleIsReportedAtOnce() {
    assertEquals(
        List.of(
            "policy.quiet_from must be a time HH:mm, got 9pm",
            "policy.quiet_to must be a time HH:mm, got 24:00",
            "policy.daily_cap must be positive, got 0",
            "policy.weekly_cap must be positive, got -1",
            "policy.min_gap_hours must lie between 0 and 168, got 169",
            "policy.control_share must be at least 0 and below 1, got 1.0",
            "policy.explore_share must lie between 0 and 1, got 1.5"),
        problems(
            () ->
                policy(
                    "quiet_from = 9pm, quiet_to = \"24:00\", daily_cap = 0, weekly_cap = -1",
                    "min_gap_hours = 169, control_share = 1, explore_share = 1.5")));
    assertEquals(
        List.of(
            "plan.pushes_per_user must be positive, got 0",
            "plan.items_per_push must be positive, got 0",
            "plan.min_expected_value must be 0 or more, got -1.0",
            "plan.unpriced_item_value must be 0 or more, got -2.0",
            "plan.unknown_open_probability must be above 0 and at most 1, got 0.0"),
        problems(
            () ->
                plan(
                    "pushes_per_user = 0, items_per_push = 0, min_expected_value = -1",
                    "unpriced_item_value = -2, unknown_open_probability = 0")));
    assertEquals(
        List.of(
            "rank.items_per_user must be positive, got 0",
            "rank.new_items_per_user must not be negative, got -1",
            "rank.price_power must lie between 0 and 1, got 2.0",
            "rank.durable_days must not be negative, got -1",
            "rank.durable_repeat_rate must lie between 0 and 1, got 1.5",
            "rank.pushed_days must not be negative, got -1",
            "rank.unopened_decay must be at least 0 and below 1, got 1.0",
            "rank.unopened_half_life_days must be positive, got 0.0",
            "rank.diversity must lie between 0 and 1, got 1.1",
            "rank.max_per_category must not be negative, got -1",
            "rank.variety_depth must be positive, got 0",
            "rank.new_item_days must not be negative, got -1"),
        problems(
            () ->
                rank(
                    "items_per_user = 0, new_items_per_user = -1, price_power = 2",
                    "durable_days = -1, durable_repeat_rate = 1.5, pushed_days = -1",
                    "unopened_decay = 1, unopened_half_life_days = 0, diversity = 1.1",
                    "max_per_category = -1, variety_depth = 0, new_item_days = -1")));
  }

  @Test
  void refusesMorePushesThanTheDailyCap() {
    PolicyConfig policy = policy("daily_cap = 1");
    assertEquals(
        List.of("plan.pushes_per_user must be at most policy.daily_cap, got 2 over 1"),
        problems(() -> plan("pushes_per_user = 2").requireWithin(policy)));
  }
}
