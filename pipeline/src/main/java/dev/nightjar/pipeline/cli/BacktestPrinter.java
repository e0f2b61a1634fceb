package dev.nightjar.pipeline.cli;

import dev.nightjar.pipeline.backtest.BacktestReport;
import dev.nightjar.training.evaluate.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of a backtest as tables of at most 100 columns. */
final class BacktestPrinter {
  private final Console console;

  BacktestPrinter(Console console) {
    this.console = console;
  }

  void print(BacktestReport report) {
    for (BacktestReport.Horizon horizon : report.horizons()) {
      print(report, horizon);
    }
  }

  private void print(BacktestReport report, BacktestReport.Horizon horizon) {
    int k = report.headlineCut();
    console.line("");
    console.line(
        "%d days from %s: %s users measured on all items, %s on new ones",
        horizon.days(),
        report.split(),
        Console.count(horizon.counts().users().get("all")),
        Console.count(horizon.counts().users().get("new")));
    List<List<String>> rows = new ArrayList<>();
    for (BacktestReport.MeasuredList list : horizon.lists()) {
      rows.add(
          List.of(
              list.name(),
              interval(list.score("all", k, "ndcg")),
              figure(list.score("all", k, "precision")),
              figure(list.score("all", k, "recall")),
              interval(list.score("new", k, "ndcg")),
              figure(list.score("new", k, "precision")),
              figure(list.score("repeat", k, "ndcg"))));
    }
    console.table(
        List.of(
            "list",
            "nDCG@" + k + " all [95 %]",
            "P@" + k,
            "R@" + k,
            "new nDCG@" + k + " [95 %]",
            "new P",
            "repeat"),
        rows);
  }

  private static String figure(Interval interval) {
    return Double.isNaN(interval.mean())
        ? "-"
        : String.format(Locale.ROOT, "%.4f", interval.mean());
  }

  private static String interval(Interval interval) {
    return Double.isNaN(interval.mean())
        ? "-"
        : String.format(
            Locale.ROOT, "%.4f [%.3f, %.3f]", interval.mean(), interval.low(), interval.high());
  }
}
