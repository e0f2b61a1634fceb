package dev.nightjar.export;

import dev.nightjar.export.plan.PlanConfig;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.rank.RankConfig;
import dev.nightjar.features.config.Configs;

/** The defaults of a section, with a few keys set over them: {@code policy("weekly_cap = 2")}. */
public final class ExportSettings {
  private ExportSettings() {}

  public static PolicyConfig policy(String... over) {
    return Configs.of(PolicyConfig.class, "policy", over);
  }

  public static PlanConfig plan(String... over) {
    return Configs.of(PlanConfig.class, "plan", over);
  }

  /** A plan that begins when the night's day ends. */
  public static PlanConfig planFromMidnight(String... over) {
    return plan("lead_hours = 0", String.join("\n", over));
  }

  public static RankConfig rank(String... over) {
    return Configs.of(RankConfig.class, "rank", over);
  }
}
