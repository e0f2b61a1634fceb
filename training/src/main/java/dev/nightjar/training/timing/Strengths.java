package dev.nightjar.training.timing;

import dev.nightjar.training.statistics.Cells;
import dev.nightjar.training.statistics.OrderFreeSums;
import dev.nightjar.training.statistics.Totals;
import java.io.Serializable;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Gamma;
import org.apache.spark.api.java.JavaRDD;

/**
 * Strengths of priors, fitted from data: empirical Bayes.
 *
 * <p>Dirichlet strengths maximise the leave-one-out likelihood of the Polya distribution (T. Minka,
 * Estimating a Dirichlet distribution, 2000): each observation is predicted from the others and the
 * prior mean. A strength is a number of observations that the prior is worth.
 */
final class Strengths {
  /** Candidates, strongest first: of two that are equally likely the one nearer the prior wins. */
  private static final double[] CANDIDATES = {
    100_000, 3_000, 1_000, 500, 250, 160, 110, 80, 60, 45, 35, 27, 20, 15, 11, 8, 6, 4, 2.5, 1.5, 1,
    0.5, 0.25
  };

  private Strengths() {}

  static int count() {
    return CANDIDATES.length;
  }

  static double candidate(int index) {
    return CANDIDATES[index];
  }

  /** Index of the largest value, the first of equals. */
  static int best(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  /** Sums of log likelihoods, one for each candidate. */
  record Likelihoods(Cells cells, Totals into) {
    void add(DoubleUnaryOperator ofStrength) {
      for (int i = 0; i < CANDIDATES.length; i++) {
        into.add(cells, i, ofStrength.applyAsDouble(CANDIDATES[i]));
      }
    }
  }

  /** Adds the likelihoods of one user's data. */
  @FunctionalInterface
  interface UserLikelihoods extends Serializable {
    void add(UserLog user, Likelihoods likelihoods);
  }

  /** The strength under which the data of the sampled users are likeliest. */
  static double likeliest(JavaRDD<UserLog> users, UserLikelihoods ofUser) {
    Cells.Layout layout = new Cells.Layout();
    Cells cells = layout.cells(CANDIDATES.length);
    Totals totals =
        OrderFreeSums.over(
            users,
            layout,
            (user, into) -> {
              if (user.isSampled()) {
                ofUser.add(user, new Likelihoods(cells, into));
              }
            });
    return CANDIDATES[best(totals.all(cells))];
  }

  /**
   * Fits the strength of a Dirichlet prior for several rows of counts.
   *
   * @param counts one row a group
   * @param means prior mean of each row's cells, positive, adding up to 1
   */
  static double dirichlet(double[][] counts, double[][] means) {
    double[] likelihoods = new double[CANDIDATES.length];
    for (int row = 0; row < counts.length; row++) {
      double total = 0;
      for (double count : counts[row]) {
        total += count;
      }
      for (int cell = 0; cell < counts[row].length; cell++) {
        double count = counts[row][cell];
        if (count <= 0) {
          continue;
        }
        double out = Math.min(1, count);
        for (int i = 0; i < CANDIDATES.length; i++) {
          likelihoods[i] +=
              count
                  * Math.log(
                      (count - out + CANDIDATES[i] * means[row][cell])
                          / (total - out + CANDIDATES[i]));
        }
      }
    }
    return CANDIDATES[best(likelihoods)];
  }

  /**
   * Log marginal likelihood of {@code opens} where {@code expected} were expected and the true
   * ratio is Gamma distributed with mean 1 and this strength (negative binomial), up to a constant.
   */
  static double ratioLikelihood(double opens, double expected, double strength) {
    return Gamma.logGamma(opens + strength)
        - Gamma.logGamma(strength)
        + strength * Math.log(strength)
        - (opens + strength) * Math.log(expected + strength);
  }

  /** Fits the strength of that Gamma prior for several groups. */
  static double ratio(double[] opens, double[] expected) {
    double[] likelihoods = new double[CANDIDATES.length];
    for (int group = 0; group < opens.length; group++) {
      for (int i = 0; i < CANDIDATES.length; i++) {
        likelihoods[i] += ratioLikelihood(opens[group], expected[group], CANDIDATES[i]);
      }
    }
    return CANDIDATES[best(likelihoods)];
  }
}
