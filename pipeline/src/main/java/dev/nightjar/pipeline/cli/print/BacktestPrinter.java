package dev.nightjar.pipeline.cli.print;

import dev.nightjar.features.Plural;
import dev.nightjar.pipeline.report.BacktestReport;
import dev.nightjar.training.evaluate.Interval;
import dev.nightjar.training.evaluate.ListMetric;
import dev.nightjar.training.evaluate.lists.HorizonFigures;
import dev.nightjar.training.evaluate.lists.ListBook;
import dev.nightjar.training.evaluate.lists.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of a backtest as tables of at most 100 columns. */
public final class BacktestPrinter {
  private static final String BLEND = ListBook.BLEND.name();
  private static final String ALL = Scenario.ALL.key();
  private static final String NEW = Scenario.NEW.key();

  private final Console console;

  public BacktestPrinter(Console console) {
    this.console = console;
  }

  public void print(BacktestReport report) {
    report.horizons().forEach(horizon -> lists(report, horizon));
    groups(report);
    ablation(report);
    varied(report);
    intent(report.intent());
    report.notes().forEach(note -> console.line("  · %s", note));
    steps(report);
  }

  private void lists(BacktestReport report, HorizonFigures horizon) {
    int k = report.headlineCut();
    HorizonFigures.Counts counts = horizon.counts();
    console.line("");
    console.line(
        "%s from %s: %s measured on all items, %s on new ones%s",
        Plural.of(horizon.days(), "day"),
        report.split(),
        Plural.of(counts.users().get(ALL), "user"),
        Console.count(counts.users().get(NEW)),
        report.userShare() < 1
            ? " (a sample of %.1f %% of the buyers)".formatted(100 * report.userShare())
            : "");
    console.line(
        "  not counted: %s of items without an earlier event, %s of items not listed,",
        Plural.of(counts.unseenItems(), "purchase"), Console.count(counts.unlistedItems()));
    console.line(
        "  %s unknown to the shop%s",
        Plural.of(counts.unknownUsers(), "buyer"),
        report.isCut(horizon)
            ? "; the last event is of %s, before these days end".formatted(horizon.dataUntil())
            : "");
    List<List<String>> rows = new ArrayList<>();
    for (HorizonFigures.MeasuredList list : horizon.lists()) {
      rows.add(
          List.of(
              list.name(),
              interval(list.score(Scenario.ALL, k, ListMetric.NDCG)),
              figure(list.score(Scenario.ALL, k, ListMetric.PRECISION)),
              figure(list.score(Scenario.ALL, k, ListMetric.RECALL)),
              interval(list.score(Scenario.NEW, k, ListMetric.NDCG)),
              figure(list.score(Scenario.NEW, k, ListMetric.PRECISION)),
              figure(list.score(Scenario.REPEAT, k, ListMetric.NDCG))));
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
    horizon
        .differences()
        .forEach(
            (scenario, difference) ->
                console.line(
                    "  blend less the best other list, %s items: %s, %s",
                    scenario, signed(difference.of(k, ListMetric.NDCG)), difference.other()));
  }

  private void groups(BacktestReport report) {
    HorizonFigures horizon = report.longest();
    String other = horizon.differences().get(ALL).other();
    console.line("");
    console.line(
        "By baskets before the split, %s, nDCG@%d",
        Plural.of(horizon.days(), "day"), report.headlineCut());
    List<List<String>> rows = new ArrayList<>();
    for (HorizonFigures.UserGroup group : horizon.groups()) {
      rows.add(
          List.of(
              group.group(),
              Console.count(group.users().get(ALL)),
              ofGroup(group, BLEND, ALL),
              ofGroup(group, other, ALL),
              ofGroup(group, BLEND, NEW)));
    }
    console.table(List.of("baskets", "users", "blend, all", other + ", all", "blend, new"), rows);
  }

  private static String ofGroup(HorizonFigures.UserGroup group, String list, String scenario) {
    Map<String, Interval> scores = group.scores().get(list).get(scenario);
    return scores == null ? "-" : interval(scores.get(ListMetric.NDCG.key()));
  }

  private void ablation(BacktestReport report) {
    if (!report.ablation().isEmpty()) {
      console.line("");
      console.line(
          "What each source adds: nDCG@%d of the night less that of a night trained without it",
          report.headlineCut());
      List<List<String>> rows = new ArrayList<>();
      for (BacktestReport.Ablated source : report.ablation()) {
        rows.add(
            source.differences().isEmpty()
                ? List.of(source.source(), "-", "-", "-")
                : List.of(
                    source.source(),
                    signed(source.differences().get(ALL)),
                    signed(source.differences().get(NEW)),
                    Console.seconds(source.seconds())));
      }
      console.table(List.of("source", "all [95 %]", "new [95 %]", "seconds"), rows);
      report.ablation().stream()
          .filter(source -> !source.note().isEmpty())
          .forEach(source -> console.line("  · %s: %s", source.source(), source.note()));
    }
  }

  private void varied(BacktestReport report) {
    if (!report.varied().isEmpty()) {
      console.line("");
      List<List<String>> rows = new ArrayList<>();
      for (BacktestReport.Varied varied : report.varied()) {
        rows.add(
            List.of(
                String.valueOf(varied.value()),
                interval(varied.ndcg().get(ALL)),
                interval(varied.ndcg().get(NEW)),
                plain(varied.variety().get("diversity_factors")),
                plain(varied.variety().get("diversity_category")),
                plain(varied.variety().get("coverage"))));
      }
      console.table(
          List.of(
              report.varied().get(0).key(),
              "nDCG@" + report.headlineCut() + " all",
              NEW,
              "diversity",
              "by category",
              "coverage"),
          rows);
    }
  }

  private void intent(BacktestReport.Intent intent) {
    console.line("");
    if (intent.metrics().isEmpty()) {
      console.line("Purchase probability: no candidates to compare");
      return;
    }
    console.line(
        "Purchase probability (%s) within %s, %s: AUC %s, PR-AUC %s,",
        intent.model(),
        Plural.of(intent.horizonDays(), "day"),
        Plural.of(intent.candidates(), "candidate"),
        plain(intent.metrics().get("auc")),
        plain(intent.metrics().get("average_precision")));
    console.line(
        "  log-loss %s, calibration error %s; mean predicted %s, bought %s",
        plain(intent.metrics().get("log_loss")),
        plain(intent.metrics().get("calibration_error")),
        plain(intent.metrics().get("mean_probability")),
        plain(intent.metrics().get("base_rate")));
    intent.notes().forEach(note -> console.line("  · %s", note));
  }

  private void steps(BacktestReport report) {
    console.line("");
    console.table(
        List.of("step", "seconds", "peak MB"),
        report.steps().stream()
            .map(
                step ->
                    List.of(
                        step.name() + (step.status().equals("skipped") ? " (skipped)" : ""),
                        Console.seconds(step.seconds()),
                        step.peakMemoryMb() == 0 ? "-" : Console.count(step.peakMemoryMb())))
            .toList());
    console.line("");
  }

  private static String figure(Interval interval) {
    return plain(interval.mean());
  }

  private static String plain(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String interval(Interval interval) {
    return interval("%.4f [%.3f, %.3f]", interval);
  }

  private static String signed(Interval interval) {
    return interval("%+.4f [%+.4f, %+.4f]", interval);
  }

  private static String interval(String format, Interval interval) {
    return Double.isNaN(interval.mean())
        ? "-"
        : String.format(Locale.ROOT, format, interval.mean(), interval.low(), interval.high());
  }
}
