package dev.nightjar.pipeline.stage;

import dev.nightjar.export.rank.RankConfig;
import dev.nightjar.export.rank.RankInputs;
import dev.nightjar.export.rank.Ranker;
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.pipeline.warehouse.Manifest;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.intent.FeatureDrift;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.UserSegments;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Scores every candidate and ranks each user's items. */
public record RankStage(ShopConfig shop, CleanConfig clean, RankConfig rank) implements Stage {
  private static final double PROFILED_CANDIDATES = 20_000;

  /** Drift is told against the last night of a week, if there was one. */
  private static final int REMEMBERED_DAYS = 7;

  @Override
  public String name() {
    return "rank";
  }

  @Override
  public String title() {
    return "each user's items, best first";
  }

  @Override
  public List<String> writes() {
    return List.of(RankedItems.TABLE.name());
  }

  @Override
  public List<Reads> reads(LocalDate date) {
    return Stream.concat(
            TonightSnapshot.reads(clean, date).stream(),
            Stream.of(
                Reads.of(Candidates.TABLE.name(), date),
                Reads.of(ItemFactors.TABLE.name(), date),
                Reads.of(UserSegments.TABLE.name(), date),
                Reads.of(IntentStage.MODEL, date)))
        .toList();
  }

  @Override
  public List<String> configSections() {
    return List.of("shop", "clean.history_days", "rank");
  }

  @Override
  public List<String> run(Warehouse warehouse, Warehouse.Writing writing, LocalDate date) {
    ScoredCandidates candidates = candidates(warehouse, date);
    RankInputs inputs =
        new RankInputs(
            candidates.tonight(),
            warehouse.read(ItemFactors.TABLE, date),
            warehouse.read(UserSegments.TABLE, date));
    writing.write(RankedItems.TABLE, date, Ranker.rank(candidates.scored(), inputs, rank));
    FeatureDrift drift =
        FeatureDrift.of(candidates.matrix(), share(warehouse, date), lastCard(warehouse, date));
    writing.writeCard(RankedItems.TABLE.name(), date, drift.asCard());
    return drift.notes();
  }

  /** Share of the users whose candidates are enough to profile the features. */
  private static double share(Warehouse warehouse, LocalDate date) {
    long candidates =
        warehouse.manifest(Candidates.TABLE.name(), date).map(Manifest::rows).orElse(0L);
    return PROFILED_CANDIDATES / Math.max(1, candidates);
  }

  private static Map<String, Object> lastCard(Warehouse warehouse, LocalDate date) {
    return date.minusDays(REMEMBERED_DAYS)
        .datesUntil(date)
        .flatMap(day -> warehouse.card(RankedItems.TABLE.name(), day).stream())
        .reduce((earlier, later) -> later)
        .orElse(Map.of());
  }

  /** The candidates of a night as they are ranked. */
  public ScoredCandidates candidates(Warehouse warehouse, LocalDate date) {
    return ScoredCandidates.read(warehouse, date, shop, clean);
  }
}
