package dev.nightjar.training.tune;

import dev.nightjar.features.config.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/**
 * Settings under {@code tune}.
 *
 * @param objective the metric to optimise: {@code log_loss} or {@code ndcg}
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
            "objective",
            "must be log_loss or ndcg",
            objective)
        .positive("max_users", maxUsers)
        .throwIfAny();
  }

  /** Whether the first figures are better than the others, by the objective. */
  public boolean isBetter(FoldFigures figures, FoldFigures others) {
    return LOG_LOSS.equals(objective)
        ? figures.logLoss() < others.logLoss()
        : figures.ndcg() > others.ndcg();
  }

  /**
   * Whether the first figures are better by more than one standard error of the difference, taken
   * over groups of users (the rule of Breiman and others 1984): among many settings, one is best by
   * chance.
   *
   * @param others figures of the same folds
   */
  public boolean isClearlyBetter(FoldFigures figures, FoldFigures others) {
    boolean isLoss = LOG_LOSS.equals(objective);
    List<Double> left = isLoss ? figures.logLossByGroup() : figures.ndcgByGroup();
    List<Double> right = isLoss ? others.logLossByGroup() : others.ndcgByGroup();
    double[] gains =
        IntStream.range(0, left.size())
            .mapToDouble(group -> (left.get(group) - right.get(group)) * (isLoss ? -1 : 1))
            .toArray();
    double mean = Arrays.stream(gains).average().orElse(0);
    double error = new StandardDeviation().evaluate(gains) / Math.sqrt(gains.length);
    return mean > error;
  }
}
