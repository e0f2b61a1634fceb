package dev.nightjar.pipeline.stage;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.table.PairFeatures;
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
  private static final Read.Rows PAIRS = Read.tonight(PairFeatures.TABLE);

  @Override
  public StageSpec spec() {
    return StageSpec.of("als", "collaborative filtering")
        .reading(List.of(PAIRS, History.events(clean)))
        .writing(UserFactors.TABLE, ItemFactors.TABLE)
        .dependingOn("shop.zone", "clean.history_days", "als");
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    Dataset<Row> pairs = in.rows(PAIRS);
    AlsFactors factors = AlsTrainer.train(pairs, als);
    out.write(UserFactors.TABLE, factors.users());
    out.write(ItemFactors.TABLE, factors.items());
    LocalDate firstDay = History.firstDayWithEvents(in, clean, date);
    out.writeCard(
        UserFactors.TABLE.name(),
        AlsCard.of(factors, pairs, new AsOf(date, shop.zone()), firstDay, als));
    return List.of();
  }
}
