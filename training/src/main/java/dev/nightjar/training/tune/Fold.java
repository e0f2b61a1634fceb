package dev.nightjar.training.tune;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.nightjar.features.Chance;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.evaluate.BinaryMetrics;
import dev.nightjar.training.evaluate.ListMetric;
import dev.nightjar.training.intent.Examples;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.intent.model.Calibration;
import dev.nightjar.training.intent.model.RawScorer;
import dev.nightjar.training.intent.train.LabelCounts;
import dev.nightjar.training.intent.train.SampleShares;
import dev.nightjar.training.statistics.LogLoss;
import dev.nightjar.training.statistics.Logistic;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One split by time: trees learn from older anchors and are measured on a later one, which begins
 * where the newest of their horizons ends, or later.
 */
public final class Fold {
  private static final int CUT = 10;
  private static final int GROUPS = 20;

  private final LocalDate anchor;
  private final Dataset<Row> training;
  private final Dataset<Row> measured;
  private final LabelCounts counts;

  private Fold(LocalDate anchor, Dataset<Row> training, Dataset<Row> measured, LabelCounts counts) {
    this.anchor = anchor;
    this.training = training;
    this.measured = measured;
    this.counts = counts;
  }

  /**
   * Opens a fold and counts the positives it learns from.
   *
   * @param anchor date of the measured rows
   * @param training rows of {@link TuneMatrices} of older anchors
   * @param measured rows of the anchor
   */
  public static Fold open(LocalDate anchor, Dataset<Row> training, Dataset<Row> measured) {
    return new Fold(anchor, training, measured, LabelCounts.of(training));
  }

  /** Date of the rows that are measured. */
  public LocalDate anchor() {
    return anchor;
  }

  /** Bought candidates that trees learn from. */
  public long positives() {
    return counts.positives();
  }

  /** Trains with these settings and measures. Two Spark jobs and a collect of the fold's rows. */
  public FoldFigures measure(IntentConfig settings) {
    List<Scored> rows =
        RawScorer.fit(sample(settings), settings)
            .score(measured)
            .select(
                Candidates.USER_ID,
                Candidates.ITEM_ID,
                Examples.LABEL,
                Examples.IS_HELD_OUT,
                RawScorer.LOG_ODDS,
                RawScorer.PREFERENCE)
            .collectAsList()
            .stream()
            .map(Scored::of)
            .toList();
    double spread = deviation(rows, Scored::preference);
    double weight =
        spread > 0 ? settings.rankerWeight() * deviation(rows, Scored::raw) / spread : 0;
    return figures(
        rows.stream()
            .sorted(
                Comparator.comparing(Scored::user)
                    .thenComparingDouble(row -> -row.raw() - weight * row.preference())
                    .thenComparing(Scored::item))
            .toList());
  }

  private static double deviation(List<Scored> rows, ToDoubleFunction<Scored> figure) {
    return new StandardDeviation(false).evaluate(rows.stream().mapToDouble(figure).toArray());
  }

  /** Negatives sampled as in a night, weighted back. */
  private Dataset<Row> sample(IntentConfig settings) {
    Column share = SampleShares.of(counts, settings).column();
    Column lot =
        Chance.of(
            lit(settings.seed()),
            col(Candidates.USER_ID),
            col(Candidates.ITEM_ID),
            col(Examples.ANCHOR));
    return training.where(lot.lt(share)).withColumn(Examples.WEIGHT, lit(1.0).divide(share));
  }

  /**
   * A candidate of the fold.
   *
   * @param raw its log odds before calibration
   * @param preference of {@link RawScorer#PREFERENCE}
   */
  record Scored(
      String user, String item, double label, boolean isHeldOut, double raw, double preference) {
    private static Scored of(Row row) {
      return new Scored(
          row.getAs(Candidates.USER_ID),
          row.getAs(Candidates.ITEM_ID),
          row.<Double>getAs(Examples.LABEL),
          row.<Boolean>getAs(Examples.IS_HELD_OUT),
          row.<Double>getAs(RawScorer.LOG_ODDS),
          row.<Double>getAs(RawScorer.PREFERENCE));
    }
  }

  /** Figures of candidates in order of user, then best first. */
  static FoldFigures figures(List<Scored> scored) {
    double[] probabilities = crossCalibrated(scored);
    double[] labels = scored.stream().mapToDouble(Scored::label).toArray();
    // Two calibrations would mix two orders, so the area is that of the raw scores.
    double[] uncalibrated =
        scored.stream().mapToDouble(row -> Logistic.probability(row.raw())).toArray();
    double[] ones = scored.stream().mapToDouble(row -> 1.0).toArray();
    Means logLoss = new Means();
    Means ndcg = new Means();
    int first = 0;
    while (first < scored.size()) {
      String user = scored.get(first).user();
      int next = first;
      boolean hasBought = false;
      while (next < scored.size() && scored.get(next).user().equals(user)) {
        logLoss.add(user, LogLoss.of(probabilities[next], labels[next] > 0));
        hasBought |= labels[next] > 0;
        next++;
      }
      if (hasBought) {
        ndcg.add(user, ndcg(scored.subList(first, next)));
      }
      first = next;
    }
    return new FoldFigures(
        logLoss.mean(),
        ndcg.mean(),
        BinaryMetrics.of(uncalibrated, labels, ones).auc(),
        logLoss.byGroup(),
        ndcg.byGroup());
  }

  /** Each half of the users is calibrated on the other. */
  private static double[] crossCalibrated(List<Scored> scored) {
    Calibration ofHeldOut = calibration(scored, Scored::isHeldOut);
    Calibration ofOthers = calibration(scored, row -> !row.isHeldOut());
    return scored.stream()
        .mapToDouble(row -> (row.isHeldOut() ? ofOthers : ofHeldOut).apply(row.raw()))
        .toArray();
  }

  private static Calibration calibration(List<Scored> scored, Predicate<Scored> half) {
    List<Scored> rows = scored.stream().filter(half).toList();
    return Calibration.fit(
        rows.stream().mapToDouble(Scored::raw).toArray(),
        rows.stream().mapToDouble(Scored::label).toArray(),
        rows.stream().mapToDouble(row -> 1.0).toArray());
  }

  /** A mean over all, and over each group of users; a group without any has the mean of all. */
  private static final class Means {
    private final double[] sums = new double[GROUPS];
    private final long[] counts = new long[GROUPS];

    void add(String user, double value) {
      int group = Math.floorMod(user.hashCode(), GROUPS);
      sums[group] += value;
      counts[group]++;
    }

    double mean() {
      return Arrays.stream(sums).sum() / Math.max(1, Arrays.stream(counts).sum());
    }

    List<Double> byGroup() {
      return IntStream.range(0, GROUPS)
          .mapToObj(group -> counts[group] == 0 ? mean() : sums[group] / counts[group])
          .toList();
    }
  }

  /** Of one user's candidates, best first. */
  private static double ndcg(List<Scored> list) {
    boolean[] isHit = new boolean[list.size()];
    int relevant = 0;
    for (int place = 0; place < isHit.length; place++) {
      isHit[place] = list.get(place).label() > 0;
      relevant += isHit[place] ? 1 : 0;
    }
    return ListMetric.NDCG.of(isHit, relevant, CUT);
  }
}
