package dev.nightjar.pipeline.stage;

import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.training.als.AlsConfig;
import dev.nightjar.training.als.AlsFactors;
import dev.nightjar.training.als.AlsTrainer;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.UserFactors;
import java.time.LocalDate;
import java.util.List;

/** Trains collaborative filtering on the strength of each pair. */
public record AlsStage(AlsConfig als) implements Stage {
  @Override
  public String name() {
    return "als";
  }

  @Override
  public String title() {
    return "collaborative filtering";
  }

  @Override
  public List<String> writes() {
    return List.of(UserFactors.TABLE.name(), ItemFactors.TABLE.name());
  }

  @Override
  public List<Reads> reads(LocalDate date) {
    return List.of(Reads.of(PairFeatures.TABLE.name(), date));
  }

  @Override
  public List<String> configSections() {
    return List.of("als");
  }

  @Override
  public List<String> run(Warehouse warehouse, Warehouse.Writing writing, LocalDate date) {
    AlsFactors factors = AlsTrainer.train(warehouse.read(PairFeatures.TABLE, date), als);
    writing.write(UserFactors.TABLE, date, factors.users());
    writing.write(ItemFactors.TABLE, date, factors.items());
    return List.of();
  }
}
