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
        only_listed_items = false
        exclude_items = []
        durable_days = 30
        durable_repeat_rate = 0.05
        pushed_days = 0
        unopened_decay = 0.3
        unopened_after_hours = 24
        unopened_half_life_days = 7.0
        diversity = 0.0
        max_per_category = 0
        variety_depth = 20
        new_item_days = 14
        """,
        Configs.text(rank()));
    assertEquals(
        """
        lead_hours = 6
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
        only_listed_items = true
        exclude_items = [POST, gift_.*]
        durable_days = 9
        durable_repeat_rate = 0.1
        pushed_days = 2
        unopened_decay = 0.4
        unopened_after_hours = 12
        unopened_half_life_days = 3.5
        diversity = 0.6
        max_per_category = 5
        variety_depth = 11
        new_item_days = 12
        """;
    assertEquals(rank, Configs.text(rank(rank.replace("gift_.*", "\"gift_.*\""))));
    String plan =
        """
        lead_hours = 5
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
            "plan.lead_hours must be between 0 and 23, got 24",
            "plan.pushes_per_user must be positive, got 0",
            "plan.items_per_push must be positive, got 0",
            "plan.min_expected_value must be 0 or more, got -1.0",
            "plan.unpriced_item_value must be 0 or more, got -2.0",
            "plan.unknown_open_probability must be above 0 and at most 1, got 0.0"),
        problems(
            () ->
                plan(
                    "lead_hours = 24, pushes_per_user = 0, items_per_push = 0, min_expected_value = -1",
                    "unpriced_item_value = -2, unknown_open_probability = 0")));
    assertEquals(
        List.of(
            "rank.items_per_user must be positive, got 0",
            "rank.new_items_per_user must not be negative, got -1",
            "rank.price_power must be between 0 and 1, got 2.0",
            "rank.durable_days must not be negative, got -1",
            "rank.durable_repeat_rate must be between 0 and 1, got 1.5",
            "rank.pushed_days must not be negative, got -1",
            "rank.unopened_decay must be at least 0 and below 1, got 1.0",
            "rank.unopened_half_life_days must be positive, got 0.0",
            "rank.diversity must be between 0 and 1, got 1.1",
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
