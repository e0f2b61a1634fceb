package dev.nightjar.training.intent.train;

import dev.nightjar.training.ModelCard;
import dev.nightjar.training.intent.model.IntentModel;

/**
 * A model and its card.
 *
 * @param model scores candidates
 * @param card data, settings, metrics and baselines
 */
public record TrainedIntent(IntentModel model, ModelCard card) {
  /** The same with one more note on its card. */
  public TrainedIntent withNote(String note) {
    return new TrainedIntent(model, card.withNote(note));
  }
}
