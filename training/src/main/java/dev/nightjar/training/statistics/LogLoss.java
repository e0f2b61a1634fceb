package dev.nightjar.training.statistics;

/**
 * -ln of the probability given to what happened, in nats. Probabilities are kept at least {@value
 * #LIMIT} from 0 and 1, so that one confident miss does not make a mean infinite.
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
