package dev.nightjar.pipeline.backtest.run;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.config.Problems;
import dev.nightjar.pipeline.report.BacktestReport;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * The split of a backtest and what to measure.
 *
 * @param date first day that is unknown to the lists, in the shop's zone
 * @param horizons numbers of days from {@code date} on to measure, ascending
 * @param cuts lengths k at which lists are cut, ascending
 */
public record Split(LocalDate date, List<Integer> horizons, List<Integer> cuts) {
  private static final int USUAL_CUT = 10;

  public Split {
    Problems problems = new Problems();
    horizons.forEach(
        days -> problems.require(days > 0, "--horizon-days must be positive, got " + days));
    cuts.forEach(k -> problems.require(k > 0, "--k must be positive, got " + k));
    problems.require(!horizons.isEmpty(), "--horizon-days needs at least one number of days");
    problems.require(!cuts.isEmpty(), "--k needs at least one length");
    problems.throwIfAny();
    horizons = horizons.stream().distinct().sorted().toList();
    cuts = cuts.stream().distinct().sorted().toList();
  }

  /** The night whose lists are measured. */
  public LocalDate night() {
    return date.minusDays(1);
  }

  /** The moment of the night: the start of {@code date}. */
  public AsOf known(ZoneId zone) {
    return new AsOf(night(), zone);
  }

  public int longestHorizon() {
    return horizons.get(horizons.size() - 1);
  }

  public int longestCut() {
    return cuts.get(cuts.size() - 1);
  }

  /** The cut of the headline: 10 where it is among the cuts, else the longest. */
  public int headlineCut() {
    return cuts.contains(USUAL_CUT) ? USUAL_CUT : longestCut();
  }

  /** Folder of the backtest's files under the root. */
  public String folder() {
    return BacktestReport.folder(date.toString());
  }
}
