package dev.nightjar.pipeline.backtest.run;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.struct;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.Plural;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.table.Users;
import dev.nightjar.pipeline.night.StageRunner;
import dev.nightjar.pipeline.report.BacktestReport;
import dev.nightjar.pipeline.settings.BacktestConfig;
import dev.nightjar.training.candidate.source.CandidateSources;
import dev.nightjar.training.evaluate.Interval;
import dev.nightjar.training.evaluate.ListMetric;
import dev.nightjar.training.evaluate.lists.ItemVectors;
import dev.nightjar.training.evaluate.lists.KnownItems;
import dev.nightjar.training.evaluate.lists.ListBook;
import dev.nightjar.training.evaluate.lists.Measurement;
import dev.nightjar.training.evaluate.lists.Scenario;
import dev.nightjar.training.evaluate.lists.VarietyMeter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Measures the night under other settings on the same users, in the longest horizon and at the
 * headline's cut.
 *
 * @param variants runs them
 * @param book the lists of the night itself, to which the others are added
 * @param factors vectors of the items
 * @param progress receives a line to print before each long step
 */
record Comparison(
    Variants variants,
    ListBook book,
    KnownItems items,
    ItemVectors factors,
    Consumer<String> progress,
    BacktestConfig config) {
  private static final String CANDIDATES = "candidates.";
  private static final String LIST = "list";

  /** What each source that is on adds: the night less the night trained without it. */
  List<BacktestReport.Ablated> leaveOneOut(StageRunner.Listener listener) {
    List<String> sources = CandidateSources.namesOn(variants.pipeline().settings().candidates());
    progress.accept(
        String.format(
            Locale.ROOT,
            "Ablation: %s, about %.0f s each by the times of the night",
            Plural.of(sources.size(), "source"),
            variants.seconds(CANDIDATES + sources.get(0))));
    return sources.stream().map(source -> without(source, listener)).toList();
  }

  private BacktestReport.Ablated without(String source, StageRunner.Listener listener) {
    long start = System.nanoTime();
    String key = CANDIDATES + source;
    ListBook.Name name = new ListBook.Name(ListBook.Kind.VARIANT, "without_" + source);
    progress.accept("Without " + source + ":");
    try {
      read(name, variants.run(name.name(), key, 0, listener));
    } catch (ConfigProblems refused) {
      return new BacktestReport.Ablated(
          source, Map.of(), 0, "it cannot be left out: " + refused.getMessage());
    }
    Map<String, Interval> differences = new LinkedHashMap<>();
    for (Scenario scenario : Scenario.values()) {
      differences.put(scenario.key(), difference(scenario, name));
    }
    return new BacktestReport.Ablated(
        source, differences, Math.round((System.nanoTime() - start) / 1e6) / 1e3, "");
  }

  private Interval difference(Scenario scenario, ListBook.Name without) {
    Measurement users = measurement(scenario);
    int k = variants.split().headlineCut();
    return users.difference(
        users.values(ListBook.BLEND, ListMetric.NDCG, k),
        users.values(without, ListMetric.NDCG, k));
  }

  /** The night with one setting at several values. */
  List<BacktestReport.Varied> vary(String key, List<Double> values, StageRunner.Listener listener) {
    List<BacktestReport.Varied> varied = new ArrayList<>();
    for (double value : values) {
      ListBook.Name name = new ListBook.Name(ListBook.Kind.VARIANT, key + "=" + value);
      progress.accept("With " + name.name() + ":");
      String folder = key.replaceAll("[^a-z_.]", "_") + "-" + value;
      read(name, variants.run(folder, key, value, listener));
      varied.add(varied(key, value, name));
    }
    return varied;
  }

  private BacktestReport.Varied varied(String key, double value, ListBook.Name name) {
    int k = variants.split().headlineCut();
    Map<String, Interval> ndcg = new LinkedHashMap<>();
    for (Scenario scenario : Scenario.values()) {
      ndcg.put(scenario.key(), measurement(scenario).score(name, ListMetric.NDCG, k));
    }
    VarietyMeter meter =
        new VarietyMeter(measurement(Scenario.ALL), items, factors.of(book, List.of(name)));
    return new BacktestReport.Varied(key, value, ndcg, meter.measure(name, k));
  }

  private Measurement measurement(Scenario scenario) {
    return Measurement.of(
        book,
        items,
        scenario,
        variants.split().longestHorizon(),
        shopper -> !shopper.isCold(),
        config.resampling());
  }

  /** Adds the lists of the book's shoppers to it. */
  private void read(ListBook.Name name, Dataset<Row> ranked) {
    Map<String, Integer> shoppers = new HashMap<>();
    book.shoppers().forEach(shopper -> shoppers.put(shopper.id(), shoppers.size()));
    Dataset<Row> readers =
        ranked
            .sparkSession()
            .createDataset(List.copyOf(shoppers.keySet()), Encoders.STRING())
            .toDF(Users.USER_ID);
    book.open(name);
    ranked
        .join(broadcast(readers), new String[] {RankedItems.USER_ID}, "left_semi")
        .groupBy(RankedItems.USER_ID)
        .agg(collect_list(struct(col(RankedItems.RANK), col(RankedItems.ITEM_ID))).as(LIST))
        .toLocalIterator()
        .forEachRemaining(
            row ->
                book.put(
                    name,
                    shoppers.get(row.<String>getAs(RankedItems.USER_ID)),
                    inOrder(row.getList(row.fieldIndex(LIST)))));
  }

  private int[] inOrder(List<Row> list) {
    return list.stream()
        .sorted(Comparator.comparingInt(row -> row.<Integer>getAs(RankedItems.RANK)))
        .mapToInt(row -> items.indexOf(row.getAs(RankedItems.ITEM_ID)))
        .filter(item -> item >= 0)
        .toArray();
  }
}
