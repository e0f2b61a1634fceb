package dev.nightjar.pipeline.settings;

import com.typesafe.config.Config;
import dev.nightjar.export.plan.PlanConfig;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.rank.RankConfig;
import dev.nightjar.features.FeatureConfig;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.Binder;
import dev.nightjar.features.config.Problems;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.source.SourcesConfig;
import dev.nightjar.training.als.AlsConfig;
import dev.nightjar.training.candidate.learning.CandidateConfig;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.timing.TimingConfig;
import dev.nightjar.training.tune.TuneConfig;
import java.util.Map;

/**
 * All settings of a command, validated; each section by its name.
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
    SparkConfig spark,
    RunConfig run,
    VacuumConfig vacuum,
    Config raw) {

  public Settings {
    Problems problems = new Problems();
    if (plan != null && policy != null) { // a section with problems is null
      problems.collect(() -> plan.requireWithin(policy));
    }
    SparkSessions.check(raw.getConfig("spark.conf"), problems);
    problems.throwIfAny();
  }

  /**
   * Reads every section.
   *
   * @throws dev.nightjar.features.config.ConfigProblems naming everything that is wrong in any of
   *     them
   */
  public static Settings from(Config config) {
    return Binder.bind(
        Settings.class,
        config,
        "",
        Map.of(
            "sources", () -> SourcesConfig.from(config.getConfig("sources")), "raw", () -> config));
  }
}
