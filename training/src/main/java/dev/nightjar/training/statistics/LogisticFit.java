package dev.nightjar.training.statistics;

/**
 * Fits a line of log odds, {@code ln(p / (1 - p)) = slope * x + intercept}, by Newton's method
 * (McCullagh and Nelder 1989, chapter 4).
 */
public final class LogisticFit {
  private static final int MOST_STEPS = 50;
  private static final double DAMPING = 1e-9;
  private static final double SMALL_STEP = 1e-10;
  private static final double SMALLEST_SHARE = 1e-9;

  private LogisticFit() {}

  /**
   * The line.
   *
   * @param slope log odds that one unit of x adds
   * @param intercept log odds where x is 0
   */
  public record Line(double slope, double intercept) {
    double logOdds(double x) {
      return slope * x + intercept;
    }

    private Line plus(Line step, double size) {
      return new Line(slope + size * step.slope, intercept + size * step.intercept);
    }
  }

  /**
   * Labelled examples.
   *
   * @param x one an example
   * @param labels 1 where it happened, else 0
   * @param weights how many examples each is worth, positive
   */
  public record Examples(double[] x, double[] labels, double[] weights) {
    private double logLikelihood(Line line) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        double logOdds = line.logOdds(x[i]);
        sum += weights[i] * Logistic.logProbability(labels[i] > 0 ? logOdds : -logOdds);
      }
      return sum;
    }

    private Derivatives derivatives(Line line) {
      Derivatives derivatives = new Derivatives(DAMPING);
      for (int i = 0; i < x.length; i++) {
        double probability = Logistic.probability(line.logOdds(x[i]));
        derivatives.add(
            x[i],
            weights[i] * (labels[i] - probability),
            weights[i] * probability * (1 - probability));
      }
      return derivatives;
    }

    /** Log odds of the share of positives. */
    private double logOdds() {
      double positives = 0;
      double total = 0;
      for (int i = 0; i < labels.length; i++) {
        positives += weights[i] * labels[i];
        total += weights[i];
      }
      double share = positives / total;
      return Logistic.logOdds(Math.min(1 - SMALLEST_SHARE, Math.max(SMALLEST_SHARE, share)));
    }
  }

  /**
   * Trials by bins of x.
   *
   * @param x one a bin
   * @param trials number of trials in each bin
   * @param successes how many of them succeeded
   */
  public record Trials(double[] x, double[] trials, double[] successes) {
    private Derivatives derivatives(Line line) {
      Derivatives derivatives = new Derivatives(0);
      for (int i = 0; i < x.length; i++) {
        double probability = Logistic.probability(line.logOdds(x[i]));
        derivatives.add(
            x[i],
            successes[i] - trials[i] * probability,
            trials[i] * probability * (1 - probability));
      }
      return derivatives;
    }
  }

  /**
   * Prior of the slope: a normal distribution.
   *
   * @param mean the likeliest slope
   * @param deviation standard deviation, positive
   */
  public record SlopePrior(double mean, double deviation) {
    private double precision() {
      return 1 / (deviation * deviation);
    }
  }

  /** Maximum likelihood; not finite, or of negative slope, where x does not order the labels. */
  public static Line toExamples(Examples examples) {
    return climb(examples, new Line(0, examples.logOdds()), true);
  }

  /** The likeliest intercept of a line of slope 1. */
  public static Line interceptToExamples(Examples examples) {
    return climb(examples, new Line(1, 0), false);
  }

  /** A step that lowers the likelihood is halved until it does not. */
  private static Line climb(Examples examples, Line start, boolean isSlopeFree) {
    Line at = start;
    double likelihood = examples.logLikelihood(at);
    for (int round = 0; round < MOST_STEPS; round++) {
      Derivatives derivatives = examples.derivatives(at);
      Line step = isSlopeFree ? derivatives.step() : derivatives.interceptStep();
      double size = 1;
      Line next = at.plus(step, size);
      double reached = examples.logLikelihood(next);
      while (!(reached >= likelihood) && size > SMALL_STEP) {
        size /= 2;
        next = at.plus(step, size);
        reached = examples.logLikelihood(next);
      }
      if (!(reached >= likelihood)) {
        break;
      }
      double moved =
          Math.abs(next.slope() - at.slope()) + Math.abs(next.intercept() - at.intercept());
      at = next;
      likelihood = reached;
      if (moved < SMALL_STEP) {
        break;
      }
    }
    return at;
  }

  /** The likeliest line under a prior of its slope; a slope below 0 becomes 0. */
  public static Line toTrials(Trials trials, SlopePrior prior, Line start) {
    Line line = start;
    for (int round = 0; round < MOST_STEPS; round++) {
      Derivatives derivatives = trials.derivatives(line);
      derivatives.addPrior(line, prior);
      line = limited(line, derivatives.step());
    }
    if (line.slope() >= 0) {
      return line;
    }
    line = new Line(0, line.intercept());
    for (int round = 0; round < MOST_STEPS; round++) {
      line = limited(line, trials.derivatives(line).interceptStep());
    }
    return line;
  }

  /** Steps of at most 1, so that Newton's method does not overshoot. */
  private static Line limited(Line line, Line step) {
    return new Line(
        line.slope() + Math.max(-1, Math.min(1, step.slope())),
        line.intercept() + Math.max(-1, Math.min(1, step.intercept())));
  }

  /** First and second derivatives of the log likelihood. */
  private static final class Derivatives {
    private double bySlope;
    private double byIntercept;
    private double curvatureBySlope;
    private double curvatureByBoth;
    private double curvatureByIntercept;

    /**
     * No examples yet.
     *
     * @param damping initial curvature, so that it is never 0
     */
    Derivatives(double damping) {
      curvatureBySlope = damping;
      curvatureByIntercept = damping;
    }

    void add(double x, double residual, double curvature) {
      bySlope += residual * x;
      byIntercept += residual;
      curvatureBySlope += curvature * x * x;
      curvatureByBoth += curvature * x;
      curvatureByIntercept += curvature;
    }

    void addPrior(Line line, SlopePrior prior) {
      bySlope -= prior.precision() * (line.slope() - prior.mean());
      curvatureBySlope += prior.precision();
    }

    /** Newton's step; of the intercept alone where the examples do not determine a slope. */
    Line step() {
      double determinant =
          curvatureBySlope * curvatureByIntercept - curvatureByBoth * curvatureByBoth;
      if (!(determinant > 0)) {
        return interceptStep();
      }
      return new Line(
          (curvatureByIntercept * bySlope - curvatureByBoth * byIntercept) / determinant,
          (curvatureBySlope * byIntercept - curvatureByBoth * bySlope) / determinant);
    }

    Line interceptStep() {
      return new Line(0, byIntercept / curvatureByIntercept);
    }
  }
}
