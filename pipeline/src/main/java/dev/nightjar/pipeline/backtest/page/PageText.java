package dev.nightjar.pipeline.backtest.page;

import dev.nightjar.pipeline.report.BacktestReport;
import dev.nightjar.training.evaluate.Interval;
import dev.nightjar.training.evaluate.lists.HorizonFigures;
import dev.nightjar.training.evaluate.lists.ListBook;
import dev.nightjar.training.evaluate.lists.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words and tables of the page: what {@code page.mustache} shows. */
record PageText(BacktestReport report) {
  private static final String BLEND = ListBook.BLEND.name();
  private static final String ALL = Scenario.ALL.key();
  private static final String NEW = Scenario.NEW.key();
  private static final Map<String, String> TITLES =
      Map.of(
          ALL,
          "All items",
          NEW,
          "New items: what the user had not bought before",
          Scenario.REPEAT.key(),
          "Repeat purchases: what the user had bought before");

  /** One card: a figure, what it is, and what it means. */
  private record Card(String figure, String label, String sentence) {}

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
    page.put("cards", cards(longest));
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

  private List<Card> cards(HorizonFigures horizon) {
    int k = report.headlineCut();
    HorizonFigures.MeasuredList blend = horizon.list(BLEND);
    List<Card> cards = new ArrayList<>();
    cards.add(
        new Card(
            figure(blend.score(ALL, k, "ndcg").mean()),
            "nDCG@" + k + ", all items",
            against(horizon.differences().get(ALL), k)));
    if (horizon.counts().users().get(NEW) > 0) {
      cards.add(
          new Card(
              figure(blend.score(NEW, k, "ndcg").mean()),
              "nDCG@" + k + ", new items",
              against(horizon.differences().get(NEW), k)));
    }
    cards.add(
        new Card(
            number("%.1f of %d", blend.score(ALL, k, "precision").mean() * k, k),
            "items shown are bought",
            number(
                "Within %d days, in the mean over users who buy anything. Of all they buy, %.0f %% stands among these %d.",
                horizon.days(), 100 * blend.score(ALL, k, "recall").mean(), k)));
    cards.add(
        new Card(
            number("%.0f %%", 100 * blend.score(ALL, k, "hit_rate").mean()),
            "of users find something",
            number("At least one of the first %d items is one they go on to buy.", k)));
    Double error = report.intent().metrics().get("calibration_error");
    if (error != null) {
      cards.add(
          new Card(
              number("%.2f points", 100 * error),
              "error of the probabilities",
              "How far the percentages that are foretold and those that come true lie apart, in the mean over all candidates."));
    }
    cards.add(
        new Card(
            number("%.0f %%", 100 * blend.variety().get(String.valueOf(k)).get("coverage")),
            "of the shop's items are shown",
            number(
                "Items that stand in the first %d of at least one user, of %s with any event.",
                k, count(report.itemsSeen()))));
    return cards;
  }

  /** What the difference to the best other list means. */
  private static String against(HorizonFigures.Difference difference, int k) {
    Interval gap = difference.byCut().get(String.valueOf(k)).get("ndcg");
    String name = spoken(difference.other());
    if (gap.low() <= 0 && gap.high() >= 0) {
      return number(
          "No clear difference to the best other list (%s): %+.3f, between %+.3f and %+.3f.",
          name, gap.mean(), gap.low(), gap.high());
    }
    return number(
        "%.3f %s than the best other list (%s); with 95 %% certainty between %.3f and %.3f.",
        Math.abs(gap.mean()),
        gap.mean() > 0 ? "better" : "worse",
        name,
        Math.min(Math.abs(gap.low()), Math.abs(gap.high())),
        Math.max(Math.abs(gap.low()), Math.abs(gap.high())));
  }

  private List<Figure> intentRows() {
    Map<String, String> meanings =
        Map.of(
            "auc", "chance that a bought candidate is rated above one that is not",
            "average_precision", "area under precision and recall",
            "log_loss", "surprise a candidate, in nats",
            "calibration_error", "mean distance of foretold and bought",
            "base_rate", "share of candidates that are bought",
            "mean_probability", "what was foretold in the mean");
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
            "%s users with %s relevant items; %s of them bought something new.%s Not counted: %s purchases of items without an event before, %s of items the shop did not list, %s buyers the shop did not know.%s",
            count(counts.users().get(ALL)),
            count(counts.relevant().get(ALL)),
            count(counts.users().get(NEW)),
            report.userShare() < 1
                ? number(" They are a draw of %.1f %% of the buyers.", 100 * report.userShare())
                : "",
            count(counts.unseenItems()),
            count(counts.unlistedItems()),
            count(counts.unknownUsers()),
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
                    + number(", %s users", count(counts.users().get(scenario.key()))),
                "rows",
                horizon.lists().stream().map(list -> row(list, scenario.key())).toList()));
      }
    }
    text.put("scenarios", scenarios);
    text.put("variety", horizon.lists().stream().map(this::varietyRow).toList());
    return text;
  }

  private Map<String, String> row(HorizonFigures.MeasuredList list, String scenario) {
    int k = report.headlineCut();
    Interval ndcg = list.score(scenario, k, "ndcg");
    return Map.of(
        "name", spoken(list.name()),
        "kind", list.kind(),
        "ndcg", figure(ndcg.mean()),
        "interval", number("%.3f – %.3f", ndcg.low(), ndcg.high()),
        "precision", figure(list.score(scenario, k, "precision").mean()),
        "recall", figure(list.score(scenario, k, "recall").mean()),
        "map", figure(list.score(scenario, k, "map").mean()),
        "hitRate", figure(list.score(scenario, k, "hit_rate").mean()),
        "mrr", figure(list.score(scenario, k, "mrr").mean()));
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

  private static String spoken(String list) {
    return list.equals(BLEND) ? "Nightjar" : list.replace('_', ' ');
  }

  private static String figure(double value) {
    return figure("%.4f", value);
  }

  private static String figure(String format, double value) {
    return Double.isNaN(value) ? "–" : number(format, value);
  }

  private static String count(long value) {
    return number("%,d", value);
  }

  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
