package dev.nightjar.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.nightjar.export.plan.PlanConfig;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.rank.RankConfig;
import dev.nightjar.features.config.ConfigProblems;
import java.util.List;
import org.junit.jupiter.api.Test;

class SectionConfigTest {
  private static final Config DEFAULTS = ConfigFactory.parseResources("reference.conf");

  private static Config section(String name, String settings) {
    return ConfigFactory.parseString(settings).withFallback(DEFAULTS.getConfig(name));
  }

  private static List<String> problems(Runnable reading) {
    return assertThrows(ConfigProblems.class, reading::run).messages();
  }

  @Test
  void defaultsAreThese() {
    assertEquals(
        new RankConfig(100, 30, 0.0, true, 30, 0.05, 0, 0.3, 7.0, 0.0, 0, 20, 14),
        RankConfig.from(section("rank", "")));
    assertEquals(
        new PolicyConfig("21:00", "09:00", 1, 3, 12, 0.05, 0.05, 20260101L),
        PolicyConfig.from(section("policy", "")));
    assertEquals(new PlanConfig(1, 3, 0.0, 1.0, 0.02), PlanConfig.from(section("plan", "")));
  }

  @Test
  void everyKeyIsRead() {
    assertEquals(
        new RankConfig(7, 8, 0.5, false, 9, 0.1, 2, 0.4, 3.5, 0.6, 5, 11, 12),
        RankConfig.from(
            section(
                "rank",
                "items_per_user=7,new_items_per_user=8,price_power=0.5,exclude_out_of_stock=false,"
                    + "durable_days=9,durable_repeat_rate=0.1,pushed_days=2,unopened_decay=0.4,"
                    + "unopened_half_life_days=3.5,diversity=0.6,max_per_category=5,"
                    + "variety_depth=11,new_item_days=12")));
    assertEquals(
        new PolicyConfig("22:30", "07:15", 2, 5, 6, 0.1, 0.2, 9L),
        PolicyConfig.from(
            section(
                "policy",
                "quiet_from=\"22:30\",quiet_to=\"07:15\",daily_cap=2,weekly_cap=5,min_gap_hours=6,"
                    + "control_share=0.1,explore_share=0.2,seed=9")));
    assertEquals(
        new PlanConfig(2, 1, 0.5, 3.0, 0.1),
        PlanConfig.from(
            section(
                "plan",
                "pushes_per_user=2,items_per_push=1,min_expected_value=0.5,"
                    + "unpriced_item_value=3,unknown_open_probability=0.1")));
  }

  @Test
  void everyBrokenRuleIsToldAtOnce() {
    assertEquals(
        List.of(
            "policy.quiet_from must be a time HH:mm, got 9pm",
            "policy.quiet_to must be a time HH:mm, got 24:00",
            "policy.daily_cap must be positive, got 0",
            "policy.weekly_cap must be positive, got -1",
            "policy.min_gap_hours must lie between 0 and 168, got 169",
            "policy.control_share must be at least 0 and below 1, got 1.0",
            "policy.explore_share must lie between 0 and 1, got 1.5"),
        problems(() -> new PolicyConfig("9pm", "24:00", 0, -1, 169, 1.0, 1.5, 1L)));
    assertEquals(
        List.of(
            "plan.pushes_per_user must be positive, got 0",
            "plan.items_per_push must be positive, got 0",
            "plan.min_expected_value must be 0 or more, got -1.0",
            "plan.unpriced_item_value must be 0 or more, got -2.0",
            "plan.unknown_open_probability must be above 0 and at most 1, got 0.0"),
        problems(() -> new PlanConfig(0, 0, -1, -2, 0)));
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
        problems(() -> new RankConfig(0, -1, 2, true, -1, 1.5, -1, 1.0, 0.0, 1.1, -1, 0, -1)));
  }

  @Test
  void refusesMorePushesThanTheDailyCap() {
    PolicyConfig policy = new PolicyConfig("21:00", "09:00", 1, 3, 12, 0, 0, 1L);
    assertEquals(
        List.of("plan.pushes_per_user must be at most policy.daily_cap, got 2 over 1"),
        problems(() -> new PlanConfig(2, 3, 0, 1, 0.02).requireWithin(policy)));
  }
}
