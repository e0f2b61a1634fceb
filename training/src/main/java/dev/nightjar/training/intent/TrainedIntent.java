package dev.nightjar.training.intent;

import dev.nightjar.training.ModelCard;

/**
 * A model and what to know of it.
 *
 * @param model scores candidates
 * @param card data, settings, metrics and baselines
 */
public record TrainedIntent(IntentModel model, ModelCard card) {}
