package dev.nightjar.training.statistics;

/**
 * -ln of the probability given to what happened, in nats. A probability counts as no nearer to 0
 * and 1 than {@value #LIMIT}, so that one sure miss does not make a mean infinite.
 */
public final class LogLoss {
  private static final double LIMIT = 1e-12;

  private LogLoss() {}

  /**
   * The loss of one example.
   *
   * @param probability that it happens, 0 to 1
   */
  public static double of(double probability, boolean hasHappened) {
    double limited = Math.min(1 - LIMIT, Math.max(LIMIT, probability));
    return -Math.log(hasHappened ? limited : 1 - limited);
  }
}
