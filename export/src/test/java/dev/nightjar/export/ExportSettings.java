package dev.nightjar.export;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.nightjar.export.plan.PlanConfig;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.rank.RankConfig;

/** The defaults of a section, with a few keys set over them: {@code policy("weekly_cap = 2")}. */
public final class ExportSettings {
  private static final Config DEFAULTS = ConfigFactory.parseResources("reference.conf");

  private ExportSettings() {}

  public static PolicyConfig policy(String... over) {
    return PolicyConfig.from(section("policy", over));
  }

  public static PlanConfig plan(String... over) {
    return PlanConfig.from(section("plan", over));
  }

  public static RankConfig rank(String... over) {
    return RankConfig.from(section("rank", over));
  }

  private static Config section(String name, String... over) {
    return ConfigFactory.parseString(String.join("\n", over))
        .withFallback(DEFAULTS.getConfig(name));
  }
}
