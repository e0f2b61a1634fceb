package dev.nightjar.training.intent;

import java.util.List;

/**
 * How well settings did on a fold, or on several: then the means.
 *
 * @param logLoss of calibrated probabilities of users that the calibration did not see, in nats
 * @param ndcg nDCG@10 of all users who bought a candidate, among their candidates
 * @param auc of the users of the log-loss
 */
public record FoldFigures(double logLoss, double ndcg, double auc) {
  /** Means over folds. */
  public static FoldFigures mean(List<FoldFigures> folds) {
    return new FoldFigures(
        folds.stream().mapToDouble(FoldFigures::logLoss).average().orElseThrow(),
        folds.stream().mapToDouble(FoldFigures::ndcg).average().orElseThrow(),
        folds.stream().mapToDouble(FoldFigures::auc).average().orElseThrow());
  }
}
