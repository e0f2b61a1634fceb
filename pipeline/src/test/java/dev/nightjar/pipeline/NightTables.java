package dev.nightjar.pipeline;

import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.Table;
import dev.nightjar.pipeline.night.Nightly;
import dev.nightjar.pipeline.settings.ConfigLoader;
import dev.nightjar.pipeline.settings.Settings;
import java.util.List;

/** The tables of a night. */
final class NightTables {
  private NightTables() {}

  /** Every table that a stage declares, in the order they are written. */
  static List<Table> all() {
    Settings settings = Settings.from(ConfigLoader.load(List.of(), List.of()));
    return Nightly.tables(Nightly.stages(settings, TestSpark.session()));
  }
}
