package dev.nightjar.pipeline.backtest.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.DataException;
import dev.nightjar.features.Plural;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.Users;
import dev.nightjar.pipeline.night.Pipeline;
import dev.nightjar.pipeline.night.StageRunner;
import dev.nightjar.pipeline.report.BacktestReport;
import dev.nightjar.pipeline.settings.BacktestConfig;
import dev.nightjar.pipeline.settings.CodeVersion;
import dev.nightjar.pipeline.settings.ConfigText;
import dev.nightjar.pipeline.stage.RankStage;
import dev.nightjar.pipeline.stage.ScoredCandidates;
import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.warehouse.Layout;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.candidate.source.CandidateSources;
import dev.nightjar.training.evaluate.Forecasts;
import dev.nightjar.training.evaluate.lists.Baselines;
import dev.nightjar.training.evaluate.lists.Cuts;
import dev.nightjar.training.evaluate.lists.HorizonFigures;
import dev.nightjar.training.evaluate.lists.HorizonMeter;
import dev.nightjar.training.evaluate.lists.ItemVectors;
import dev.nightjar.training.evaluate.lists.KnownItems;
import dev.nightjar.training.evaluate.lists.ListBook;
import dev.nightjar.training.evaluate.lists.Scenario;
import dev.nightjar.training.evaluate.lists.Shoppers;
import dev.nightjar.training.intent.model.IntentModel;
import dev.nightjar.training.table.ItemFactors;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Measures the lists of the night before a split on what was bought from the split on.
 *
 * @param pipeline the shop's
 * @param split the split and what to measure
 * @param config settings of the measurement
 */
public record Backtest(Pipeline pipeline, Split split, BacktestConfig config) {

  /**
   * Cleans the days after the split separately, runs the night, and measures.
   *
   * @param listener is notified of the stages
   * @param progress receives a line to print before each long step
   * @throws DataException where there is nothing to learn from, or nothing to measure
   * @throws dev.nightjar.features.config.ConfigProblems where a setting cannot be varied
   */
  public BacktestReport run(
      Extras extras, StageRunner.Listener listener, Consumer<String> progress) {
    long start = System.nanoTime();
    Variants variants = new Variants(pipeline, split, rankingStages());
    if (!extras.varied().isEmpty()) {
      variants.require(extras.varied(), extras.values());
    }
    String run = Layout.newRun();
    StepMeter meter = new StepMeter(listener);
    int intentDays = pipeline.settings().intent().horizonDays();
    int days = Math.max(split.longestHorizon(), intentDays);
    progress.accept("The days after the split, kept separate from the night:");
    DaysAfter after = DaysAfter.clean(pipeline, split, days, meter.as("days after"));
    LocalDate last = after.lastDay(days);
    progress.accept("The night of " + split.night() + ":");
    pipeline.run(split.night(), variants.stages(), false, meter);
    Measured measured = meter.measure("measure", () -> measure(after, last, intentDays));
    BacktestReport plain = report(run, measured, List.of(), List.of(), meter, start);
    if (!extras.isAny()) {
      return plain;
    }
    // The next steps may take hours: what was measured so far is written first.
    plain.write(pipeline.warehouse().storage());
    Comparison comparison = measured.comparison(variants, progress, config);
    List<BacktestReport.Ablated> ablation =
        extras.ablation()
            ? meter.measure("ablation", () -> comparison.leaveOneOut(listener))
            : List.of();
    List<BacktestReport.Varied> varied =
        extras.varied().isEmpty()
            ? List.of()
            : meter.measure(
                "vary", () -> comparison.vary(extras.varied(), extras.values(), listener));
    variants.clear();
    return report(run, measured, ablation, varied, meter, start);
  }

  private BacktestReport report(
      String run,
      Measured measured,
      List<BacktestReport.Ablated> ablation,
      List<BacktestReport.Varied> varied,
      StepMeter meter,
      long start) {
    return new BacktestReport(
        run,
        split.date().toString(),
        pipeline.settings().shop().zone().getId(),
        CodeVersion.current(),
        split.cuts(),
        split.headlineCut(),
        measured.shoppers().share(),
        measured.items().seen(),
        measured.items().size(),
        measured.horizons(),
        measured.intent(),
        ablation,
        varied,
        meter.steps(),
        Math.round((System.nanoTime() - start) / 1e6) / 1e3,
        notes(),
        ConfigText.redact(pipeline.settings().raw().root(), "").unwrapped());
  }

  /** Rows without a date, which may be newer than the split. */
  private List<String> notes() {
    return Stream.of(InputTable.ITEMS, InputTable.USERS)
        .flatMap(input -> pipeline.settings().sources().of(input).stream())
        .filter(source -> !source.tellsWhen())
        .map(
            source ->
                "rows of sources.%s have no date: their present values count as known before the split; map updated_at, or provide one file per day"
                    .formatted(source.table().key()))
        .toList();
  }

  /** The stages that {@code ranked_items} depends on, in order. */
  private List<Stage> rankingStages() {
    Set<String> needed = new HashSet<>(Set.of(RankedItems.TABLE.name()));
    List<Stage> stages = new ArrayList<>();
    for (int i = pipeline.stages().size() - 1; i >= 0; i--) {
      Stage stage = pipeline.stages().get(i);
      if (needed.stream().anyMatch(stage::writes)) {
        stages.add(0, stage);
        stage.reads().forEach(read -> needed.add(read.name()));
      }
    }
    return stages;
  }

  private record Measured(
      KnownItems items,
      Shoppers shoppers,
      ListBook book,
      ItemVectors factors,
      List<HorizonFigures> horizons,
      BacktestReport.Intent intent) {
    Comparison comparison(Variants variants, Consumer<String> progress, BacktestConfig config) {
      return new Comparison(variants, book, items, factors, progress, config);
    }
  }

  private Measured measure(DaysAfter after, LocalDate last, int intentDays) {
    Warehouse warehouse = pipeline.warehouse();
    Dataset<Row> before = before();
    Dataset<Row> users = warehouse.read(Users.TABLE, split.night());
    KnownItems items =
        KnownItems.collect(
            before,
            warehouse.read(Items.TABLE, split.night()),
            split.known(after.zone()),
            config.recentDays());
    Shoppers shoppers =
        Shoppers.collect(
            after.purchases(),
            before,
            users,
            items,
            new Shoppers.Draw(config.maxUsers(), config.seed()));
    requireShoppers(shoppers, items, last);
    ListBook book = new ListBook(shoppers.known(), split.longestCut());
    book.open(ListBook.BLEND);
    Baselines.write(book, items);
    Forecasts forecasts = new Forecasts(intentDays);
    long known = users.count();
    double share = Math.min(1.0, (double) config.maxUsers() / Math.max(1, known));
    ScoredCandidates candidates =
        pipeline.stages().stream()
            .filter(RankStage.class::isInstance)
            .map(RankStage.class::cast)
            .findFirst()
            .orElseThrow()
            .candidates(warehouse, split.night());
    new SourceLists(
            warehouse.read(RankedItems.TABLE, split.night()),
            warehouse.read(Candidates.TABLE, split.night()),
            candidates.scored(),
            after.purchases(),
            CandidateSources.namesOn(pipeline.settings().candidates()))
        .read(book, items, users.where(Shoppers.isDrawn(config.seed(), share)), forecasts);
    ItemVectors factors = new ItemVectors(warehouse.read(ItemFactors.TABLE, split.night()), items);
    HorizonMeter meter =
        new HorizonMeter(
            new Cuts(split.cuts(), split.headlineCut()),
            book,
            items,
            factors.of(book, book.names()),
            config.resampling());
    List<HorizonFigures> horizons =
        split.horizons().stream()
            .map(days -> meter.measure(days, last.toString(), shoppers))
            .toList();
    return new Measured(
        items,
        shoppers,
        book,
        factors,
        horizons,
        new BacktestReport.Intent(
            candidates.model().kind(),
            forecasts.horizonDays(),
            forecasts.size(),
            forecasts.metrics(),
            forecasts.reliability(config.reliabilityBins()),
            intentNotes(intentDays, last)));
  }

  /** The events the night knew, except returns, which are no sign of interest. */
  private Dataset<Row> before() {
    LocalDate first = split.date().minusDays(pipeline.settings().clean().historyDays());
    return pipeline
        .warehouse()
        .readDays(CleanEvents.TABLE, first, split.night())
        .where(not(col(CleanEvents.EVENT_TYPE).equalTo(EventTypes.RETURN)));
  }

  private void requireShoppers(Shoppers shoppers, KnownItems items, LocalDate last) {
    int days = split.longestHorizon();
    boolean hasAny =
        shoppers.known().stream()
            .filter(shopper -> !shopper.isCold())
            .anyMatch(shopper -> shopper.relevant(Scenario.ALL, days, items).length > 0);
    if (!hasAny) {
      throw new DataException(
          "there is nothing to measure: no user known before %s buys a known item in the %s from then on, and the last event is of %s; choose an earlier --split or a longer --horizon-days"
              .formatted(split.date(), Plural.of(days, "day"), last));
    }
  }

  /** The notes of the model's card, and one where the log ends too early. */
  private List<String> intentNotes(int intentDays, LocalDate last) {
    List<String> notes = new ArrayList<>();
    pipeline
        .warehouse()
        .card(IntentModel.NAME, split.night())
        .map(card -> (List<?>) card.get("notes"))
        .ifPresent(cardNotes -> cardNotes.forEach(note -> notes.add(note.toString())));
    LocalDate needed = split.date().plusDays(intentDays - 1L);
    if (last.isBefore(needed)) {
      notes.add(
          "the log ends on %s, the horizon of the intent model on %s: purchases after the log's end are not known, and probabilities look too high"
              .formatted(last, needed));
    }
    return notes;
  }
}
