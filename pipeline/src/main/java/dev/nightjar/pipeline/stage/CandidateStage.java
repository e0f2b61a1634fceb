package dev.nightjar.pipeline.stage;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
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

/** Proposes to every user the items worth scoring. */
public record CandidateStage(ShopConfig shop, CleanConfig clean, CandidateConfig candidates)
    implements Stage {
  private static final Read.Rows USER_FACTORS = Read.tonight(UserFactors.TABLE);
  private static final Read.Rows ITEM_FACTORS = Read.tonight(ItemFactors.TABLE);

  @Override
  public StageSpec spec() {
    return StageSpec.of("candidates", "items worth scoring for each user")
        .reading(TonightSnapshot.reads(clean, USER_FACTORS, ITEM_FACTORS))
        .writing(
            Candidates.TABLE,
            ItemNeighbours.TABLE,
            AssociationRules.TABLE,
            Segments.TABLE,
            UserSegments.TABLE)
        .dependingOn("shop", "clean.history_days", "candidates");
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    Snapshot tonight = TonightSnapshot.read(in, date, shop, clean);
    AlsFactors factors = new AlsFactors(in.rows(USER_FACTORS), in.rows(ITEM_FACTORS));
    CandidateTables tables = CandidateGenerator.learn(tonight, factors, candidates);
    out.write(Candidates.TABLE, tables.candidates());
    out.write(ItemNeighbours.TABLE, tables.itemNeighbours());
    out.write(AssociationRules.TABLE, tables.associationRules());
    out.write(Segments.TABLE, tables.segments());
    out.write(UserSegments.TABLE, tables.userSegments());
    return tables.notes();
  }
}
