package dev.nightjar.training.tune;

import java.util.ArrayList;
import java.util.List;

/**
 * The figures of settings on a fold, or their means over several.
 *
 * @param logLoss of probabilities, each half of the users calibrated on the other, in nats
 * @param ndcg nDCG@10 of all users who bought a candidate, among their candidates
 * @param auc of the raw scores of all candidates
 * @param logLossByGroup log-loss of each group of users, the same groups whatever the settings
 * @param ndcgByGroup the same of nDCG@10
 */
public record FoldFigures(
    double logLoss,
    double ndcg,
    double auc,
    List<Double> logLossByGroup,
    List<Double> ndcgByGroup) {
  public FoldFigures {
    logLossByGroup = List.copyOf(logLossByGroup);
    ndcgByGroup = List.copyOf(ndcgByGroup);
  }

  /** Means over folds; the groups of all folds. */
  public static FoldFigures mean(List<FoldFigures> folds) {
    List<Double> logLosses = new ArrayList<>();
    List<Double> ndcgs = new ArrayList<>();
    for (FoldFigures fold : folds) {
      logLosses.addAll(fold.logLossByGroup());
      ndcgs.addAll(fold.ndcgByGroup());
    }
    return new FoldFigures(
        folds.stream().mapToDouble(FoldFigures::logLoss).average().orElseThrow(),
        folds.stream().mapToDouble(FoldFigures::ndcg).average().orElseThrow(),
        folds.stream().mapToDouble(FoldFigures::auc).average().orElseThrow(),
        logLosses,
        ndcgs);
  }
}
