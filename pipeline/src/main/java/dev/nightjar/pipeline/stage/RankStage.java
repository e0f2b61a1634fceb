package dev.nightjar.pipeline.stage;

import dev.nightjar.export.policy.PushHistory;
import dev.nightjar.export.rank.RankConfig;
import dev.nightjar.export.rank.RankInputs;
import dev.nightjar.export.rank.Ranker;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.table.PushLog;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.training.intent.FeatureDrift;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.UserSegments;
import java.time.LocalDate;
import java.util.List;

/** Scores every candidate and ranks each user's items. */
public record RankStage(ShopConfig shop, CleanConfig clean, RankConfig rank) implements Stage {
  private static final Read.Rows ITEM_FACTORS = Read.tonight(ItemFactors.TABLE);
  private static final Read.Rows USER_SEGMENTS = Read.tonight(UserSegments.TABLE);

  private static final Read.Rows PUSH_LOG = Read.tonight(PushLog.TABLE);

  /** What earlier pushes showed; older ones change no score by much. */
  private static final Read.Rows PLANNED_LATELY = Read.nightsBefore(PushSchedule.TABLE, 30);

  /**
   * Drift is measured against the last night of a week, if there was one. The profiles change no
   * row, but they do change the card and its notes: a night is ranked again where the profiles it
   * was compared with are no longer the same, and not merely because that night was run again.
   */
  private static final Read.LastCard LAST_PROFILES =
      Read.lastCard(RankedItems.TABLE, 7, FeatureDrift.PROFILES);

  @Override
  public StageSpec spec() {
    return StageSpec.of("rank", "each user's items, best first")
        .reading(
            TonightSnapshot.reads(
                clean,
                ScoredCandidates.CANDIDATES,
                ScoredCandidates.MODEL,
                ITEM_FACTORS,
                USER_SEGMENTS,
                PUSH_LOG,
                PLANNED_LATELY,
                LAST_PROFILES))
        .writing(RankedItems.TABLE)
        .dependingOn("shop", "clean.history_days", "rank");
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    ScoredCandidates candidates = ScoredCandidates.read(in, date, shop, clean);
    PushHistory pushes =
        new PushHistory(candidates.tonight().pushes(), in.rows(PUSH_LOG), in.rows(PLANNED_LATELY));
    RankInputs inputs =
        new RankInputs(candidates.tonight(), in.rows(ITEM_FACTORS), in.rows(USER_SEGMENTS), pushes);
    out.write(RankedItems.TABLE, Ranker.rank(candidates.scored(), inputs, rank));
    long proposed = in.days(ScoredCandidates.CANDIDATES).get(0).rows();
    FeatureDrift drift = FeatureDrift.of(candidates.matrix(), proposed, in.card(LAST_PROFILES));
    out.writeCard(RankedItems.TABLE.name(), drift.asCard());
    return drift.notes();
  }

  /** The candidates of a night as they are ranked. */
  public ScoredCandidates candidates(Warehouse warehouse, LocalDate date) {
    return ScoredCandidates.read(StageInputs.open(this, warehouse, date), date, shop, clean);
  }
}
