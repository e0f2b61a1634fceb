package dev.nightjar.training.intent;

import com.typesafe.config.Config;
import dev.nightjar.features.config.Problems;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings under {@code intent}.
 *
 * @param model {@code xgboost} or {@code gbt} (Spark MLlib)
 * @param horizonDays days after the anchor in which a purchase counts
 * @param anchors most earlier dates that the model learns from; the newest one calibrates
 * @param anchorStepDays days between two anchors
 * @param minHistoryDays days of data that an anchor needs behind it
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
 * @param rankerWeight how much a second set of trees, which learns the order of each user's items,
 *     counts beside the first in the order of a list; 0: none is trained (xgboost)
 * @param refit whether the trees, once they are calibrated, are fitted again on all anchors
 * @param workers xgboost tasks that train together, at most the cores of the cluster
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
    int workers,
    long seed) {
  public static final String XGBOOST = "xgboost";
  public static final String GBT = "gbt";

  public IntentConfig {
    new Problems()
        .require(
            XGBOOST.equals(model) || GBT.equals(model),
            "intent.model must be xgboost or gbt, got " + model)
        .require(horizonDays > 0, "intent.horizon_days must be positive, got " + horizonDays)
        .require(anchors > 1, "intent.anchors must be at least 2, got " + anchors)
        .require(
            anchorStepDays > 0, "intent.anchor_step_days must be positive, got " + anchorStepDays)
        .require(
            minHistoryDays > 0, "intent.min_history_days must be positive, got " + minHistoryDays)
        .require(minPositives > 0, "intent.min_positives must be positive, got " + minPositives)
        .require(
            negativesPerPositive > 0,
            "intent.negatives_per_positive must be positive, got " + negativesPerPositive)
        .require(maxRows > 0, "intent.max_rows must be positive, got " + maxRows)
        .require(trees > 0, "intent.trees must be positive, got " + trees)
        .require(depth > 0 && depth <= 16, "intent.depth must be from 1 to 16, got " + depth)
        .require(
            learningRate > 0 && learningRate <= 1,
            "intent.learning_rate must be above 0 and at most 1, got " + learningRate)
        .require(
            minChildWeight >= 0,
            "intent.min_child_weight must not be negative, got " + minChildWeight)
        .require(lambda >= 0, "intent.lambda must not be negative, got " + lambda)
        .require(
            rowSample > 0 && rowSample <= 1,
            "intent.row_sample must be above 0 and at most 1, got " + rowSample)
        .require(
            columnSample > 0 && columnSample <= 1,
            "intent.column_sample must be above 0 and at most 1, got " + columnSample)
        .require(
            rankerWeight >= 0, "intent.ranker_weight must not be negative, got " + rankerWeight)
        .require(workers > 0, "intent.workers must be positive, got " + workers)
        .throwIfAny();
  }

  /** Reads the section {@code intent}. */
  public static IntentConfig from(Config section) {
    return new IntentConfig(
        section.getString("model"),
        section.getInt("horizon_days"),
        section.getInt("anchors"),
        section.getInt("anchor_step_days"),
        section.getInt("min_history_days"),
        section.getLong("min_positives"),
        section.getDouble("negatives_per_positive"),
        section.getLong("max_rows"),
        section.getInt("trees"),
        section.getInt("depth"),
        section.getDouble("learning_rate"),
        section.getDouble("min_child_weight"),
        section.getDouble("lambda"),
        section.getDouble("row_sample"),
        section.getDouble("column_sample"),
        section.getDouble("ranker_weight"),
        section.getBoolean("refit"),
        section.getInt("workers"),
        section.getLong("seed"));
  }

  /** By key, for a model card. */
  public Map<String, Object> asMap() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("model", model);
    settings.put("horizon_days", horizonDays);
    settings.put("anchors", anchors);
    settings.put("anchor_step_days", anchorStepDays);
    settings.put("min_history_days", minHistoryDays);
    settings.put("min_positives", minPositives);
    settings.put("negatives_per_positive", negativesPerPositive);
    settings.put("max_rows", maxRows);
    settings.put("trees", trees);
    settings.put("depth", depth);
    settings.put("learning_rate", learningRate);
    settings.put("min_child_weight", minChildWeight);
    settings.put("lambda", lambda);
    settings.put("row_sample", rowSample);
    settings.put("column_sample", columnSample);
    settings.put("ranker_weight", rankerWeight);
    settings.put("refit", refit);
    settings.put("workers", workers);
    return settings;
  }
}
