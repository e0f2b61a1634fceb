package dev.nightjar.pipeline.backtest.page;

import dev.nightjar.features.Plural;
import dev.nightjar.pipeline.report.BacktestReport;
import dev.nightjar.training.evaluate.Interval;
import dev.nightjar.training.evaluate.ListMetric;
import dev.nightjar.training.evaluate.lists.HorizonFigures;
import dev.nightjar.training.evaluate.lists.ListBook;
import dev.nightjar.training.evaluate.lists.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The texts and tables that {@code page.mustache} shows. */
record PageText(BacktestReport report) {
  static final String BLEND = ListBook.BLEND.name();
  static final String ALL = Scenario.ALL.key();
  static final String NEW = Scenario.NEW.key();
  private static final Map<String, String> TITLES =
      Map.of(
          ALL,
          "All items",
          NEW,
          "New items: those the user had not bought before",
          Scenario.REPEAT.key(),
          "Repeat purchases: items the user had bought before");

  /** One row of the table of forecasts. */
  private record Figure(String name, String value, String what) {}

  Map<String, Object> asMap() {
    HorizonFigures longest = report.longest();
    Map<String, Object> page = new HashMap<>();
    page.put("split", report.split());
    page.put("k", report.headlineCut());
    page.put("days", longest.days());
    page.put("users", count(longest.counts().users().get(ALL)));
    page.put("codeVersion", report.codeVersion());
    page.put("cards", new PageCards(report).of(longest));
    page.put("notes", report.notes());
    page.put("intentModel", report.intent().model());
    page.put("intentDays", report.intent().horizonDays());
    page.put("intentCandidates", count(report.intent().candidates()));
    page.put("intentRows", intentRows());
    page.put("intentNotes", report.intent().notes());
    page.put("hasVaried", !report.varied().isEmpty());
    page.put("variedKey", report.varied().isEmpty() ? "" : report.varied().get(0).key());
    page.put("hasAblation", !report.ablation().isEmpty());
    page.put(
        "ablationNotes",
        report.ablation().stream()
            .filter(source -> !source.note().isEmpty())
            .map(source -> source.source() + ": " + source.note())
            .toList());
    page.put("horizons", longestFirst().stream().map(this::horizon).toList());
    page.put("steps", report.steps().stream().map(PageText::step).toList());
    return page;
  }

  private List<HorizonFigures> longestFirst() {
    return report.horizons().stream()
        .sorted(Comparator.comparingInt(HorizonFigures::days).reversed())
        .toList();
  }

  private List<Figure> intentRows() {
    Map<String, String> meanings =
        Map.of(
            "auc", "chance that a bought candidate is rated above one that is not",
            "average_precision", "area under precision and recall",
            "log_loss", "mean over candidates, in nats",
            "calibration_error", "mean difference between predicted and actual rate",
            "base_rate", "share of candidates that are bought",
            "mean_probability", "mean of the predictions");
    return report.intent().metrics().entrySet().stream()
        .map(
            metric ->
                new Figure(
                    metric.getKey().replace('_', ' '),
                    figure("%.5f", metric.getValue()),
                    meanings.getOrDefault(metric.getKey(), "")))
        .toList();
  }

  private Map<String, Object> horizon(HorizonFigures horizon) {
    HorizonFigures.Counts counts = horizon.counts();
    Map<String, Object> text = new HashMap<>();
    text.put("days", horizon.days());
    text.put(
        "counted",
        number(
            "%s with %s; %s of them bought something new.%s Not counted: %s of items without an earlier event, %s of items the shop did not list, %s unknown to the shop.%s",
            Plural.of(counts.users().get(ALL), "user"),
            Plural.of(counts.relevant().get(ALL), "relevant item"),
            count(counts.users().get(NEW)),
            report.userShare() < 1
                ? number(" They are a sample of %.1f %% of the buyers.", 100 * report.userShare())
                : "",
            Plural.of(counts.unseenItems(), "purchase"),
            count(counts.unlistedItems()),
            Plural.of(counts.unknownUsers(), "buyer"),
            report.isCut(horizon)
                ? number(" The last event is of %s, before these days end.", horizon.dataUntil())
                : ""));
    List<Map<String, Object>> scenarios = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      if (counts.users().get(scenario.key()) > 0) {
        scenarios.add(
            Map.of(
                "title",
                TITLES.get(scenario.key())
                    + ", "
                    + Plural.of(counts.users().get(scenario.key()), "user"),
                "rows",
                horizon.lists().stream().map(list -> row(list, scenario)).toList()));
      }
    }
    text.put("scenarios", scenarios);
    text.put("variety", horizon.lists().stream().map(this::varietyRow).toList());
    return text;
  }

  private Map<String, String> row(HorizonFigures.MeasuredList list, Scenario scenario) {
    int k = report.headlineCut();
    Interval ndcg = list.score(scenario, k, ListMetric.NDCG);
    return Map.of(
        "name", spoken(list.name()),
        "kind", list.kind(),
        "ndcg", figure(ndcg.mean()),
        "interval", number("%.3f – %.3f", ndcg.low(), ndcg.high()),
        "precision", figure(list.score(scenario, k, ListMetric.PRECISION).mean()),
        "recall", figure(list.score(scenario, k, ListMetric.RECALL).mean()),
        "map", figure(list.score(scenario, k, ListMetric.AVERAGE_PRECISION).mean()),
        "hitRate", figure(list.score(scenario, k, ListMetric.HIT_RATE).mean()),
        "mrr", figure(list.score(scenario, k, ListMetric.RECIPROCAL_RANK).mean()));
  }

  private Map<String, String> varietyRow(HorizonFigures.MeasuredList list) {
    Map<String, Double> variety = list.variety().get(String.valueOf(report.headlineCut()));
    return Map.of(
        "name", spoken(list.name()),
        "kind", list.kind(),
        "coverage", figure(variety.get("coverage")),
        "gini", figure(variety.get("gini")),
        "novelty", figure(variety.get("novelty")),
        "factors", figure(variety.get("diversity_factors")),
        "category", figure(variety.get("diversity_category")));
  }

  private static Map<String, String> step(BacktestReport.Step step) {
    return Map.of(
        "name", step.name(),
        "status", step.status(),
        "seconds", number("%.1f", step.seconds()),
        "memory", step.peakMemoryMb() == 0 ? "–" : count(step.peakMemoryMb()));
  }

  static String spoken(String list) {
    return list.equals(BLEND) ? "Nightjar" : list.replace('_', ' ');
  }

  static String figure(double value) {
    return figure("%.4f", value);
  }

  static String figure(String format, double value) {
    return Double.isNaN(value) ? "–" : number(format, value);
  }

  static String count(long value) {
    return number("%,d", value);
  }

  static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
