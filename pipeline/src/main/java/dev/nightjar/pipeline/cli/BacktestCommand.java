package dev.nightjar.pipeline.cli;

import dev.nightjar.pipeline.backtest.page.BacktestPage;
import dev.nightjar.pipeline.backtest.run.Backtest;
import dev.nightjar.pipeline.backtest.run.Extras;
import dev.nightjar.pipeline.backtest.run.Split;
import dev.nightjar.pipeline.cli.print.BacktestPrinter;
import dev.nightjar.pipeline.cli.print.ProgressListener;
import dev.nightjar.pipeline.night.Pipeline;
import dev.nightjar.pipeline.report.BacktestReport;
import dev.nightjar.pipeline.settings.CodeVersion;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightjar backtest}. */
@Command(
    name = "backtest",
    description = {
      "Measures the lists of the night before a split on what was bought from the split on,",
      "next to baselines and every candidate source alone."
    },
    footer = {
      "",
      "Examples:",
      "  nightjar backtest --conf conf/online-retail.conf --set data=DIR --root ROOT \\",
      "      --split 2011-11-01 --horizon-days 39",
      "  nightjar backtest --conf shop.conf --split 2026-03-01 --horizon-days 7,14,28 --k 5,10,20",
      "  nightjar backtest --conf shop.conf --split 2026-03-01 --ablation"
    })
final class BacktestCommand extends NightCommand {
  @Option(
      names = "--split",
      required = true,
      paramLabel = "D",
      description = "First day that is unknown to the lists.")
  LocalDate split;

  @Option(
      names = "--horizon-days",
      paramLabel = "N",
      split = ",",
      description = "Days to measure, starting with the split; default: 30.")
  List<Integer> horizonDays = List.of(30);

  @Option(
      names = "--k",
      paramLabel = "K",
      split = ",",
      description = "Lengths at which lists are cut; default: 5,10,20.")
  List<Integer> cuts = List.of(5, 10, 20);

  @Option(
      names = "--ablation",
      negatable = true,
      description = {
        "Retrains without each source, to measure what it adds; default: no.",
        "Runs candidates, intent and rank once more for each source."
      })
  boolean ablation;

  @Option(
      names = "--vary",
      paramLabel = "KEY=V[,V...]",
      description = {
        "Also measures the night with one setting at each of these values, for instance to see",
        "what diversity costs: --vary rank.diversity=0,0.2,0.4,0.6"
      })
  String vary = "";

  @Override
  boolean writes() {
    return true;
  }

  @Override
  int work() {
    Split asked = new Split(split, horizonDays, cuts);
    Extras extras = Extras.of(ablation, vary);
    try (Pipeline pipeline = open()) {
      console.line(
          "Nightjar %s: backtest of the night of %s on what was bought from %s on (%s)",
          CodeVersion.current(), asked.night(), asked.date(), pipeline.settings().shop().zone());
      ProgressListener progress = new ProgressListener(console);
      pipeline.spark().sparkContext().addSparkListener(progress);
      BacktestReport report;
      try {
        report =
            new Backtest(pipeline, asked, pipeline.settings().backtest())
                .run(extras, progress, console::line);
      } finally {
        pipeline.spark().sparkContext().removeSparkListener(progress);
      }
      new BacktestPrinter(console).print(report);
      console.line("  figures  %s", report.write(pipeline.warehouse().storage()));
      console.line("  page     %s", BacktestPage.write(report, pipeline.warehouse().storage()));
      console.line("  log      %s", log);
    }
    return Errors.DONE;
  }
}
