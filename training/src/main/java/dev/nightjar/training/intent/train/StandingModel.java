package dev.nightjar.training.intent.train;

import dev.nightjar.training.ModelCard;
import dev.nightjar.training.intent.model.CalibratedModel;
import dev.nightjar.training.intent.model.Calibration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A model that an earlier night trained and that may serve tonight.
 *
 * @param model its trees and their calibration
 * @param card its card, as the last night that it served wrote it
 */
public record StandingModel(CalibratedModel model, ModelCard card) {
  /** A model whose AUC has fallen by more is not served. */
  public static final double MOST_AUC_LOSS = 0.02;

  private static final String AUC = "auc";
  private static final String SERVED = "served_";

  /** The model as it is. */
  public TrainedIntent served(String note) {
    return new TrainedIntent(model, with(card.metrics(), note));
  }

  /**
   * The model with the intercept that fits what was bought since an earlier night: it follows the
   * shop's rate of purchases, and the order of no list changes. Half of that night's users move it,
   * the other half measure it; what was bought before the trees were trained they have seen, so the
   * measure is kind to them.
   *
   * @param closed examples of the newest night whose horizon has ended
   */
  public TrainedIntent recalibrated(TrainingMatrix closed) {
    CalibrationSplit split = CalibrationSplit.collect(closed, model.trees());
    Calibration calibration = split.moveModel(model.calibration());
    Map<String, Double> metrics = new LinkedHashMap<>(card.metrics());
    split
        .measureModel(calibration)
        .asMap()
        .forEach((name, value) -> metrics.put(SERVED + name, value));
    String note =
        String.format(
            Locale.ROOT,
            "its intercept, %.3f, is %.3f by what was bought after %s",
            model.calibration().intercept(),
            calibration.intercept(),
            closed.anchor().date());
    return new TrainedIntent(
        new CalibratedModel(model.trees(), calibration, model.preferenceWeight()),
        with(metrics, note));
  }

  /** By how much the AUC of a recalibrated model is below that of the model when it was trained. */
  public double lostAuc(TrainedIntent recalibrated) {
    return card.metrics().get(AUC) - recalibrated.card().metrics().get(SERVED + AUC);
  }

  private ModelCard with(Map<String, Double> metrics, String note) {
    return new ModelCard(
        card.model(),
        card.dataFrom(),
        card.dataTo(),
        card.rows(),
        card.settings(),
        card.seed(),
        metrics,
        card.baselines(),
        List.of("the model of " + card.dataTo() + " serves again", note));
  }
}
