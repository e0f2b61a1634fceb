package dev.nightjar.pipeline.stage;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.UserFeatures;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Reads tonight's snapshot, with the features as they were written. */
final class TonightSnapshot {
  private static final Read.Rows USER_FEATURES = Read.tonight(UserFeatures.TABLE);
  private static final Read.Rows ITEM_FEATURES = Read.tonight(ItemFeatures.TABLE);
  private static final Read.Rows PAIR_FEATURES = Read.tonight(PairFeatures.TABLE);

  private TonightSnapshot() {}

  /** The inputs of a stage that needs the snapshot, and {@code more}. */
  static List<Read> reads(CleanConfig clean, Read... more) {
    List<Read> reads = new ArrayList<>(History.reads(clean));
    reads.addAll(List.of(USER_FEATURES, ITEM_FEATURES, PAIR_FEATURES));
    reads.addAll(List.of(more));
    return List.copyOf(reads);
  }

  static Snapshot read(StageInputs in, LocalDate date, ShopConfig shop, CleanConfig clean) {
    History history = History.read(in, date, shop, clean);
    return new Snapshot(
        history.asOf(),
        history.events(),
        history.items(),
        history.users(),
        history.pushes(),
        in.rows(USER_FEATURES),
        in.rows(ITEM_FEATURES),
        in.rows(PAIR_FEATURES));
  }
}
