package dev.nightjar.pipeline.stage;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.table.Table;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.training.als.AlsFactors;
import dev.nightjar.training.candidate.CandidateGenerator;
import dev.nightjar.training.candidate.CandidateTables;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.candidate.learning.CandidateConfig;
import dev.nightjar.training.table.AssociationRules;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.ItemNeighbours;
import dev.nightjar.training.table.Segments;
import dev.nightjar.training.table.UserFactors;
import dev.nightjar.training.table.UserSegments;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** Proposes to every user the items worth scoring. */
public record CandidateStage(ShopConfig shop, CleanConfig clean, CandidateConfig candidates)
    implements Stage {
  @Override
  public String name() {
    return "candidates";
  }

  @Override
  public String title() {
    return "items worth scoring for each user";
  }

  @Override
  public List<String> writes() {
    return Stream.of(
            Candidates.TABLE,
            ItemNeighbours.TABLE,
            AssociationRules.TABLE,
            Segments.TABLE,
            UserSegments.TABLE)
        .map(Table::name)
        .toList();
  }

  @Override
  public List<Reads> reads(LocalDate date) {
    return Stream.concat(
            TonightSnapshot.reads(clean, date).stream(),
            Stream.of(
                Reads.of(UserFactors.TABLE.name(), date), Reads.of(ItemFactors.TABLE.name(), date)))
        .toList();
  }

  @Override
  public List<String> configSections() {
    return List.of("shop", "clean.history_days", "candidates");
  }

  @Override
  public List<String> run(Warehouse warehouse, Warehouse.Writing writing, LocalDate date) {
    Snapshot tonight = TonightSnapshot.read(warehouse, date, shop, clean);
    AlsFactors factors =
        new AlsFactors(
            warehouse.read(UserFactors.TABLE, date), warehouse.read(ItemFactors.TABLE, date));
    CandidateTables tables = CandidateGenerator.learn(tonight, factors, candidates);
    writing.write(Candidates.TABLE, date, tables.candidates());
    writing.write(ItemNeighbours.TABLE, date, tables.itemNeighbours());
    writing.write(AssociationRules.TABLE, date, tables.associationRules());
    writing.write(Segments.TABLE, date, tables.segments());
    writing.write(UserSegments.TABLE, date, tables.userSegments());
    return List.of();
  }
}
