package dev.nightjar.pipeline.stage;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.UserFeatures;
import dev.nightjar.pipeline.stage.Stage.Reads;
import dev.nightjar.pipeline.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** Tonight's snapshot, its features as they were written. */
final class TonightSnapshot {
  private TonightSnapshot() {}

  static List<Reads> reads(CleanConfig clean, LocalDate date) {
    return Stream.concat(
            History.reads(clean, date).stream(),
            Stream.of(
                Reads.of(UserFeatures.TABLE.name(), date),
                Reads.of(ItemFeatures.TABLE.name(), date),
                Reads.of(PairFeatures.TABLE.name(), date)))
        .toList();
  }

  static Snapshot read(Warehouse warehouse, LocalDate date, ShopConfig shop, CleanConfig clean) {
    History history = History.read(warehouse, date, shop, clean);
    return new Snapshot(
        history.asOf(),
        history.events(),
        history.items(),
        history.users(),
        history.pushes(),
        warehouse.read(UserFeatures.TABLE, date),
        warehouse.read(ItemFeatures.TABLE, date),
        warehouse.read(PairFeatures.TABLE, date));
  }
}
