package dev.nightjar.pipeline.report;

import dev.nightjar.pipeline.warehouse.Json;
import dev.nightjar.pipeline.warehouse.Storage;
import dev.nightjar.training.evaluate.Interval;
import dev.nightjar.training.evaluate.Reliability;
import dev.nightjar.training.evaluate.lists.HorizonFigures;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * {@code _backtests/split=D/backtest.json}: how good the lists of one night were. This is the
 * newest run; every run is kept in {@code _backtests/split=D/runs/RUN/}.
 *
 * @param run name of the run: its start, UTC, and a random part
 * @param split first day that is unknown to the night, ISO
 * @param zone the shop's
 * @param codeVersion version of the code
 * @param cuts lengths k that lists were cut at
 * @param headlineCut the cut of the headline
 * @param userShare share of the buyers after the split that was measured
 * @param itemsSeen items with an event before the split
 * @param itemsListed items that the shop listed, those without an event included
 * @param horizons one measurement a horizon
 * @param intent the forecasts of the intent model
 * @param ablation what each source adds; empty where it was not requested
 * @param varied the night with one setting at other values; empty where it was not requested
 * @param steps the stages of the night and the later steps, in order
 * @param seconds wall time of all
 * @param notes remarks that concern every figure
 * @param config the config of the call, secrets left out
 */
public record BacktestReport(
    String run,
    String split,
    String zone,
    String codeVersion,
    List<Integer> cuts,
    int headlineCut,
    double userShare,
    long itemsSeen,
    long itemsListed,
    List<HorizonFigures> horizons,
    Intent intent,
    List<Ablated> ablation,
    List<Varied> varied,
    List<Step> steps,
    double seconds,
    List<String> notes,
    Map<String, Object> config) {

  /**
   * The forecasts of the intent model next to what happened.
   *
   * @param model kind of the model: {@code xgboost}, {@code gbt}, or {@code rate} where the shop is
   *     too young for trees
   * @param horizonDays days within which a purchase counts
   * @param candidates number of candidates compared
   * @param metrics by name; empty where there are none
   * @param reliability the curve
   * @param notes remarks for the reader
   */
  public record Intent(
      String model,
      int horizonDays,
      long candidates,
      Map<String, Double> metrics,
      List<Reliability.Point> reliability,
      List<String> notes) {}

  /**
   * The difference between the night and one retrained without a source.
   *
   * @param source the one left out
   * @param differences the night less the one without, nDCG at the headline's cut in the longest
   *     horizon, by scenario: above 0 where the source helps
   * @param seconds wall time
   * @param note why there is no figure; empty where there is
   */
  public record Ablated(
      String source, Map<String, Interval> differences, double seconds, String note) {}

  /**
   * The night with one setting at another value, in the longest horizon at the headline's cut.
   *
   * @param key the setting
   * @param ndcg by scenario
   * @param variety as of {@link HorizonFigures.MeasuredList}
   */
  public record Varied(
      String key, double value, Map<String, Interval> ndcg, Map<String, Double> variety) {}

  /**
   * One step.
   *
   * @param status done, or skipped where it was already done
   * @param seconds wall time
   * @param peakMemoryMb largest resident size of the process in this step, MB; that since the start
   *     where the system cannot reset it, 0 where it does not report it
   */
  public record Step(String name, String status, double seconds, long peakMemoryMb) {}

  /** Whether the log ends before the horizon does. */
  public boolean isCut(HorizonFigures horizon) {
    return LocalDate.parse(horizon.dataUntil())
        .isBefore(LocalDate.parse(split).plusDays(horizon.days() - 1L));
  }

  /** The longest horizon. */
  public HorizonFigures longest() {
    return horizons.get(horizons.size() - 1);
  }

  /** Place of the files of a backtest under the root, by the date of its split, ISO. */
  public static String folder(String split) {
    return "_backtests/split=" + split;
  }

  /**
   * Writes a file to the place of the newest run and to that of this run.
   *
   * @return the first of these, for display
   */
  public String put(Storage storage, String name, String text) {
    String folder = folder(split);
    storage.put(folder + "/runs/" + run + "/" + name, text);
    storage.put(folder + "/" + name, text);
    return storage.display(folder + "/" + name);
  }

  /** The same without the shop's config, for readers who do not need it. */
  public BacktestReport withoutConfig() {
    return new BacktestReport(
        run,
        split,
        zone,
        codeVersion,
        cuts,
        headlineCut,
        userShare,
        itemsSeen,
        itemsListed,
        horizons,
        intent,
        ablation,
        varied,
        steps,
        seconds,
        notes,
        Map.of());
  }

  /** Puts the report under the root and states where. */
  public String write(Storage storage) {
    return put(storage, "backtest.json", json());
  }

  /** The text of the file. */
  public String json() {
    return Json.text(this);
  }
}
