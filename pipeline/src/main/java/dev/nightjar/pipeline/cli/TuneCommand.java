package dev.nightjar.pipeline.cli;

import com.typesafe.config.Config;
import dev.nightjar.features.DataException;
import dev.nightjar.features.Plural;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.pipeline.cli.print.ProgressListener;
import dev.nightjar.pipeline.cli.print.TrialPrinter;
import dev.nightjar.pipeline.night.Pipeline;
import dev.nightjar.pipeline.settings.Settings;
import dev.nightjar.pipeline.tune.AnchorRows;
import dev.nightjar.pipeline.tune.Search;
import dev.nightjar.pipeline.tune.Trial;
import dev.nightjar.pipeline.tune.TuneMatrixStage;
import dev.nightjar.pipeline.tune.TunedConfig;
import dev.nightjar.training.tune.FoldFigures;
import dev.nightjar.training.tune.TuneMatrices;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightjar tune}. */
@Command(
    name = "tune",
    description = {
      "Searches better settings of purchase intent at random. Each set is tried on folds by time,",
      "where trees learn from older dates than they are measured on. Trials are recorded, so a search",
      "that was stopped, or is given more trials, continues. Needs the night of D up to catalog."
    },
    footer = {
      "",
      "Examples:",
      "  nightjar tune --root demo --conf demo/_shop/shop.conf --date 2026-03-28",
      "  nightjar tune --conf shop.conf --date 2026-03-28 --trials 50 --out conf/tuned.conf"
    })
final class TuneCommand extends NightCommand {
  @Option(
      names = "--date",
      required = true,
      paramLabel = "D",
      description = "The last day that is known.")
  LocalDate date;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "20",
      description = "Sets of settings to try, the present one included; default: 20.")
  int trials;

  @Option(
      names = "--folds",
      paramLabel = "K",
      defaultValue = "2",
      description = {
        "Most folds to choose by; one more, the newest, is held out to judge the choice.",
        "Default: 2."
      })
  int folds;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "tuned.conf",
      description = "File for the settings if they are better; default: tuned.conf.")
  Path out;

  @Override
  boolean writes() {
    return true;
  }

  @Override
  int work() {
    if (trials < 1 || folds < 1) {
      throw new ConfigProblems(
          List.of(
              "--trials and --folds must be 1 or more, got %d and %d".formatted(trials, folds)));
    }
    TunedConfig file = TunedConfig.at(out);
    try (Pipeline pipeline = open()) {
      requireHistory(pipeline);
      console.line("Building the examples of the trials ...");
      pipeline.run(date, List.of(stage(pipeline.settings())), false, new ProgressListener(console));
      pipeline
          .warehouse()
          .storage()
          .alone(
              () -> {
                search(pipeline, file);
                return null;
              });
    }
    return Errors.DONE;
  }

  private void requireHistory(Pipeline pipeline) {
    if (pipeline.warehouse().manifest(Pushes.TABLE.name(), date).isEmpty()) {
      throw new DataException(
          "tune needs the night of %s up to catalog, which was not run under %s; run it first: nightjar run --date %s --until catalog"
              .formatted(date, pipeline.warehouse().storage().display("."), date));
    }
  }

  private TuneMatrixStage stage(Settings settings) {
    return new TuneMatrixStage(
        settings.shop(),
        settings.clean(),
        settings.features(),
        new TuneMatrices(intent(settings), settings.als(), settings.candidates(), settings.tune()),
        folds + 1 + settings.intent().anchors());
  }

  private static Config intent(Settings settings) {
    return settings.raw().getConfig("intent");
  }

  private void search(Pipeline pipeline, TunedConfig file) {
    Settings settings = pipeline.settings();
    Search search =
        new Search(
            intent(settings),
            settings.tune(),
            AnchorRows.read(pipeline.warehouse(), date),
            folds,
            AnchorRows.run(pipeline.warehouse(), date),
            pipeline.warehouse().storage(),
            date);
    console.line(
        "%s on folds of %s; the fold of %s is held out",
        Plural.of(trials, "trial"),
        String.join(", ", search.choosingAnchors().stream().map(LocalDate::toString).toList()),
        search.lastAnchor());
    List<Trial> made =
        search.run(
            trials,
            trial ->
                console.progress("  trial %d of %d done".formatted(trial.trial() + 1, trials)));
    Trial best = search.best(made);
    TrialPrinter.print(made, best, console);
    console.line("  * chosen by %s; all are in %s", settings.tune().objective(), search.place());
    judge(search, made.get(0), best, settings, file);
  }

  private void judge(
      Search search, Trial present, Trial best, Settings settings, TunedConfig file) {
    if (best.trial() == present.trial()) {
      console.line(
          "No trial was better than the present settings by more than chance; %s is not written",
          out);
      return;
    }
    FoldFigures before = search.onLastFold(present);
    FoldFigures after = search.onLastFold(best);
    List<String> words =
        List.of(
            "Found by nightjar tune --date %s --trials %d --folds %d, trial %d."
                .formatted(date, trials, folds, best.trial()),
            "On the fold of %s, which was held out:".formatted(search.lastAnchor()),
            "  these settings    %s".formatted(TrialPrinter.figures(after)),
            "  those before      %s".formatted(TrialPrinter.figures(before)));
    words.forEach(console::line);
    if (settings.tune().isBetter(before, after)) {
      console.line(
          "They are worse there by %s; %s is not written", settings.tune().objective(), out);
      return;
    }
    file.write(words, best.settings());
    console.line("Written to %s; to use it, make this the last line of the shop's config:", out);
    console.line("  include required(file(\"%s\"))", out.toAbsolutePath().normalize());
  }
}
