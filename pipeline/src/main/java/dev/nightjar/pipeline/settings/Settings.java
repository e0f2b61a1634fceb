package dev.nightjar.pipeline.settings;

import com.typesafe.config.Config;
import dev.nightjar.demo.DemoConfig;
import dev.nightjar.export.plan.PlanConfig;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.rank.RankConfig;
import dev.nightjar.features.FeatureConfig;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.Problems;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.source.SourcesConfig;
import dev.nightjar.training.als.AlsConfig;
import dev.nightjar.training.candidate.CandidateConfig;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.timing.TimingConfig;
import dev.nightjar.training.tune.TuneConfig;
import java.util.function.Function;

/**
 * All settings of a call, every one of them valid.
 *
 * @param raw the config they were read from
 */
public record Settings(
    ShopConfig shop,
    SourcesConfig sources,
    CleanConfig clean,
    FeatureConfig features,
    AlsConfig als,
    CandidateConfig candidates,
    IntentConfig intent,
    TuneConfig tune,
    TimingConfig timing,
    RankConfig rank,
    PolicyConfig policy,
    PlanConfig plan,
    BacktestConfig backtest,
    DemoConfig demo,
    int vacuumKeepDays,
    Config raw) {

  /**
   * Reads every section.
   *
   * @throws dev.nightjar.features.config.ConfigProblems naming everything that is wrong in any of
   *     them
   */
  public static Settings from(Config config) {
    Sections sections = new Sections(config, new Problems());
    ShopConfig shop = sections.read("shop", ShopConfig::from);
    SourcesConfig sources = sections.read("sources", SourcesConfig::from);
    CleanConfig clean = sections.read("clean", CleanConfig::from);
    FeatureConfig features = sections.read("features", FeatureConfig::from);
    AlsConfig als = sections.read("als", AlsConfig::from);
    CandidateConfig candidates = sections.read("candidates", CandidateConfig::from);
    IntentConfig intent = sections.read("intent", IntentConfig::from);
    TuneConfig tune = sections.read("tune", TuneConfig::from);
    TimingConfig timing = sections.read("timing", TimingConfig::from);
    RankConfig rank = sections.read("rank", RankConfig::from);
    PolicyConfig policy = sections.read("policy", PolicyConfig::from);
    PlanConfig plan = sections.read("plan", PlanConfig::from);
    BacktestConfig backtest = sections.read("backtest", BacktestConfig::from);
    DemoConfig demo = sections.read("demo", DemoConfig::from);
    Integer keepDays = sections.read("vacuum", Settings::keepDays);
    if (plan != null && policy != null) {
      sections.problems().collect(() -> plan.requireWithin(policy));
    }
    Sessions.check(config.getConfig("spark.conf"), sections.problems());
    sections.problems().throwIfAny();
    return new Settings(
        shop,
        sources,
        clean,
        features,
        als,
        candidates,
        intent,
        tune,
        timing,
        rank,
        policy,
        plan,
        backtest,
        demo,
        keepDays,
        config);
  }

  private static int keepDays(Config vacuum) {
    int days = vacuum.getInt("keep_days");
    new Problems()
        .require(days >= 0, "vacuum.keep_days must be 0 or more, got " + days)
        .throwIfAny();
    return days;
  }

  private record Sections(Config config, Problems problems) {
    /** The section's settings; null where it has problems, which are then noted. */
    <T> T read(String section, Function<Config, T> from) {
      Object[] settings = new Object[1];
      problems.collect(() -> settings[0] = from.apply(config.getConfig(section)));
      @SuppressWarnings("unchecked") // it holds what from gave
      T read = (T) settings[0];
      return read;
    }
  }
}
