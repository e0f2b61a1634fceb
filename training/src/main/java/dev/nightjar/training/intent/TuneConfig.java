package dev.nightjar.training.intent;

import com.typesafe.config.Config;
import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code tune}.
 *
 * @param objective what the best settings are best at: {@code log_loss} or {@code ndcg}
 * @param maxUsers most users of an anchor; a seeded sample above it
 * @param seed seed of the settings drawn and of that sample
 */
public record TuneConfig(String objective, long maxUsers, long seed) {
  public static final String LOG_LOSS = "log_loss";
  public static final String NDCG = "ndcg";

  public TuneConfig {
    new Problems()
        .require(
            LOG_LOSS.equals(objective) || NDCG.equals(objective),
            "tune.objective must be log_loss or ndcg, got " + objective)
        .require(maxUsers > 0, "tune.max_users must be positive, got " + maxUsers)
        .throwIfAny();
  }

  /** Reads the section {@code tune}. */
  public static TuneConfig from(Config section) {
    return new TuneConfig(
        section.getString("objective"), section.getLong("max_users"), section.getLong("seed"));
  }

  /** Whether the first figures are better than the others, by the objective. */
  public boolean isBetter(FoldFigures figures, FoldFigures others) {
    return LOG_LOSS.equals(objective)
        ? figures.logLoss() < others.logLoss()
        : figures.ndcg() > others.ndcg();
  }
}
