package dev.nightjar.training.statistics;

/**
 * Area under the ROC curve: the chance that a positive is scored above a negative, where ties count
 * half. Takes the examples from the highest score down, those of equal score at once.
 */
public final class RocArea {
  private double positives;
  private double negatives;
  private double ordered;

  /** Adds examples of the next lower score by their number or weight. */
  public void add(double tiedPositives, double tiedNegatives) {
    ordered += tiedNegatives * (positives + tiedPositives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
  }

  /** Positives so far. */
  public double positives() {
    return positives;
  }

  /** Negatives so far. */
  public double negatives() {
    return negatives;
  }

  /** The area; NaN without both classes. */
  public double value() {
    return ordered / (positives * negatives);
  }
}
