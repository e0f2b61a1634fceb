package dev.nightjar.pipeline.backtest.page;

import static dev.nightjar.pipeline.backtest.page.PageText.ALL;
import static dev.nightjar.pipeline.backtest.page.PageText.BLEND;
import static dev.nightjar.pipeline.backtest.page.PageText.NEW;
import static dev.nightjar.pipeline.backtest.page.PageText.count;
import static dev.nightjar.pipeline.backtest.page.PageText.figure;
import static dev.nightjar.pipeline.backtest.page.PageText.number;
import static dev.nightjar.pipeline.backtest.page.PageText.spoken;

import dev.nightjar.features.Plural;
import dev.nightjar.pipeline.report.BacktestReport;
import dev.nightjar.training.evaluate.Interval;
import dev.nightjar.training.evaluate.ListMetric;
import dev.nightjar.training.evaluate.lists.HorizonFigures;
import dev.nightjar.training.evaluate.lists.Scenario;
import java.util.ArrayList;
import java.util.List;

/** The cards at the top of the page: the main figures in words. */
record PageCards(BacktestReport report) {
  /** One card: a figure, what it is, and what it means. */
  record Card(String figure, String label, String sentence) {}

  List<Card> of(HorizonFigures horizon) {
    int k = report.headlineCut();
    HorizonFigures.MeasuredList blend = horizon.list(BLEND);
    List<Card> cards = new ArrayList<>();
    cards.add(
        new Card(
            figure(blend.score(Scenario.ALL, k, ListMetric.NDCG).mean()),
            "nDCG@" + k + ", all items",
            against(horizon.differences().get(ALL), k)));
    if (horizon.counts().users().get(NEW) > 0) {
      cards.add(
          new Card(
              figure(blend.score(Scenario.NEW, k, ListMetric.NDCG).mean()),
              "nDCG@" + k + ", new items",
              against(horizon.differences().get(NEW), k)));
    }
    cards.add(
        new Card(
            number("%.1f of %d", blend.score(Scenario.ALL, k, ListMetric.PRECISION).mean() * k, k),
            "items shown are bought",
            number(
                "Within %s, on average over users who buy anything. Of all items they buy, %.0f %% are among these %d.",
                Plural.of(horizon.days(), "day"),
                100 * blend.score(Scenario.ALL, k, ListMetric.RECALL).mean(),
                k)));
    cards.add(
        new Card(
            number("%.0f %%", 100 * blend.score(Scenario.ALL, k, ListMetric.HIT_RATE).mean()),
            "of users find something",
            number("At least one of the first %d items is one they go on to buy.", k)));
    Double error = report.intent().metrics().get("calibration_error");
    if (error != null) {
      cards.add(
          new Card(
              number("%.2f points", 100 * error),
              "error of the probabilities",
              "Mean difference between predicted and actual percentages, over all candidates."));
    }
    cards.add(
        new Card(
            number("%.0f %%", 100 * blend.variety().get(String.valueOf(k)).get("coverage")),
            "of the shop's items are shown",
            number(
                "Items among the first %d of at least one user, out of %s with any event.",
                k, count(report.itemsSeen()))));
    return cards;
  }

  /** What the difference to the best other list means. */
  private static String against(HorizonFigures.Difference difference, int k) {
    Interval gap = difference.of(k, ListMetric.NDCG);
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
}
