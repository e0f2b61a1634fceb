package dev.nightjar.pipeline.stage;

import dev.nightjar.export.rank.RankConfig;
import dev.nightjar.export.rank.RankInputs;
import dev.nightjar.export.rank.Ranker;
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.training.table.Candidates;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.UserSegments;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** Scores every candidate and ranks each user's items. */
public record RankStage(ShopConfig shop, CleanConfig clean, RankConfig rank) implements Stage {
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
    return List.of();
  }

  /** The candidates of a night as they are ranked. */
  public ScoredCandidates candidates(Warehouse warehouse, LocalDate date) {
    return ScoredCandidates.read(warehouse, date, shop, clean);
  }
}
