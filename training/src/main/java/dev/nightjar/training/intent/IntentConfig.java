package dev.nightjar.training.intent;

import com.typesafe.config.Config;
import dev.nightjar.features.config.Binder;
import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code intent}.
 *
 * @param model {@code xgboost} or {@code gbt} (Spark MLlib)
 * @param horizonDays days after the anchor in which a purchase counts
 * @param anchors most earlier dates that the model learns from; the newest one calibrates
 * @param anchorStepDays days between two anchors
 * @param minHistoryDays days of data that an anchor needs before it
 * @param minPositives purchases that the trees' anchors, and the calibration anchor, need; below it
 *     the smoothed rate is used
 * @param negativesPerPositive unbought candidates kept for each bought one, weighted back
 * @param maxRows most rows of one anchor, weighted back
 * @param trees rounds of boosting
 * @param depth depth of a tree
 * @param learningRate shrinkage of each tree
 * @param minChildWeight least weight of a leaf (xgboost: sum of hessians; gbt: rows)
 * @param lambda L2 penalty on leaf values (xgboost)
 * @param rowSample share of the rows that each tree looks at (xgboost)
 * @param columnSample share of the features that each tree looks at (xgboost)
 * @param rankerWeight weight in the order of a list of a second set of trees, which learns the
 *     order of each user's items; 0: none is trained (xgboost)
 * @param refit whether the trees, once they are calibrated, are fitted again on all anchors
 * @param refreshDays nights that a trained model serves, at most; 1: each night trains its own
 * @param workers xgboost tasks that train together, at most the cores of the cluster; threads of
 *     one task on one machine
 * @param seed seed of sampling, of the calibration split and of the trees
 */
public record IntentConfig(
    String model,
    int horizonDays,
    int anchors,
    int anchorStepDays,
    int minHistoryDays,
    long minPositives,
    double negativesPerPositive,
    long maxRows,
    int trees,
    int depth,
    double learningRate,
    double minChildWeight,
    double lambda,
    double rowSample,
    double columnSample,
    double rankerWeight,
    boolean refit,
    int refreshDays,
    int workers,
    long seed) {
  public static final String XGBOOST = "xgboost";
  public static final String GBT = "gbt";

  /**
   * Reads the section.
   *
   * @throws dev.nightjar.features.config.ConfigProblems naming everything that is wrong
   */
  public static IntentConfig from(Config intent) {
    return Binder.bind(IntentConfig.class, intent, "intent");
  }

  public IntentConfig {
    new Problems()
        .require(
            XGBOOST.equals(model) || GBT.equals(model), "model", "must be xgboost or gbt", model)
        .positive("horizon_days", horizonDays)
        .atLeast(2, "anchors", anchors)
        .positive("anchor_step_days", anchorStepDays)
        .positive("min_history_days", minHistoryDays)
        .positive("min_positives", minPositives)
        .positive("negatives_per_positive", negativesPerPositive)
        .positive("max_rows", maxRows)
        .positive("trees", trees)
        .require(depth > 0 && depth <= 16, "depth", "must be from 1 to 16", depth)
        .aboveZeroToOne("learning_rate", learningRate)
        .notNegative("min_child_weight", minChildWeight)
        .notNegative("lambda", lambda)
        .aboveZeroToOne("row_sample", rowSample)
        .aboveZeroToOne("column_sample", columnSample)
        .notNegative("ranker_weight", rankerWeight)
        .positive("refresh_days", refreshDays)
        .positive("workers", workers)
        .throwIfAny();
  }
}
