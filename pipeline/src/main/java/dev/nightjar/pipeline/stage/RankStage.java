package dev.nightjar.pipeline.stage;

import dev.nightjar.export.rank.RankConfig;
import dev.nightjar.export.rank.Ranker;
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.training.table.Candidates;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
            Stream.of(Reads.of(Candidates.TABLE.name(), date), Reads.of(IntentStage.MODEL, date)))
        .toList();
  }

  @Override
  public List<String> configSections() {
    return List.of("shop", "clean.history_days", "rank");
  }

  @Override
  public List<String> run(Warehouse warehouse, Warehouse.Writing writing, LocalDate date) {
    Snapshot tonight = TonightSnapshot.read(warehouse, date, shop, clean);
    Dataset<Row> scored = ScoredCandidates.score(warehouse, date, tonight);
    writing.write(
        RankedItems.TABLE,
        date,
        Ranker.rank(scored, tonight.pairFeatures(), tonight.items(), rank));
    return List.of();
  }
}
