package dev.nightjar.pipeline.stage;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.training.als.AlsCard;
import dev.nightjar.training.als.AlsConfig;
import dev.nightjar.training.als.AlsFactors;
import dev.nightjar.training.als.AlsTrainer;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.UserFactors;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Trains collaborative filtering on the strength of each pair. */
public record AlsStage(ShopConfig shop, CleanConfig clean, AlsConfig als) implements Stage {
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
    return List.of("shop.zone", "clean.history_days", "als");
  }

  @Override
  public List<String> run(Warehouse warehouse, Warehouse.Writing writing, LocalDate date) {
    Dataset<Row> pairs = warehouse.read(PairFeatures.TABLE, date);
    AlsFactors factors = AlsTrainer.train(pairs, als);
    writing.write(UserFactors.TABLE, date, factors.users());
    writing.write(ItemFactors.TABLE, date, factors.items());
    LocalDate firstDay = History.firstDayWithEvents(warehouse, clean, date);
    writing.writeCard(
        UserFactors.TABLE.name(),
        date,
        AlsCard.of(factors, pairs, new AsOf(date, shop.zone()), firstDay, als));
    return List.of();
  }
}
