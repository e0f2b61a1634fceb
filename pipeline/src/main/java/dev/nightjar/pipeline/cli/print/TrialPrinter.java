package dev.nightjar.pipeline.cli.print;

import dev.nightjar.pipeline.tune.Trial;
import dev.nightjar.training.tune.FoldFigures;
import dev.nightjar.training.tune.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The trials of {@code nightjar tune} as a table. */
public final class TrialPrinter {
  private TrialPrinter() {}

  /** Prints a row for each trial, the best one marked. */
  public static void print(List<Trial> trials, Trial best, Console console) {
    console.table(header(), trials.stream().map(trial -> cells(trial, best)).toList());
  }

  /** The figures of a fold on one line. */
  public static String figures(FoldFigures figures) {
    return String.format(
        Locale.ROOT,
        "log-loss %.5f  nDCG@10 %.4f  AUC %.4f",
        figures.logLoss(),
        figures.ndcg(),
        figures.auc());
  }

  private static List<String> header() {
    return Stream.of(
            Stream.of("trial"),
            SearchSpace.keys().stream(),
            Stream.of("log-loss", "nDCG@10", "seconds", ""))
        .flatMap(names -> names)
        .toList();
  }

  private static List<String> cells(Trial trial, Trial best) {
    List<String> cells = new ArrayList<>();
    cells.add(String.valueOf(trial.trial()));
    trial.settings().values().forEach(value -> cells.add(value.toString()));
    cells.add(String.format(Locale.ROOT, "%.5f", trial.mean().logLoss()));
    cells.add(String.format(Locale.ROOT, "%.4f", trial.mean().ndcg()));
    cells.add(Console.seconds(trial.seconds()));
    cells.add(trial.trial() == best.trial() ? "*" : "");
    return cells;
  }
}
