package dev.nightjar.training.als;

import static org.apache.spark.sql.functions.col;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.ModelCard;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** States what factors were fitted to. */
public final class AlsCard {
  private AlsCard() {}

  /**
   * The card of one fit; counts users, items and pairs. It holds no metrics: a night's factors are
   * fitted to every purchase, so none is held out to measure them on.
   *
   * @param factors the result of {@link AlsTrainer}
   * @param pairFeatures what they were fitted to
   * @param asOf the moment of the pairs
   * @param historyStart first day of data
   */
  public static ModelCard of(
      AlsFactors factors,
      Dataset<Row> pairFeatures,
      AsOf asOf,
      LocalDate historyStart,
      AlsConfig config) {
    Map<String, Long> rows = new LinkedHashMap<>();
    rows.put("users", factors.users().count());
    rows.put("items", factors.items().count());
    rows.put("pairs", pairFeatures.where(col(PairFeatures.STRENGTH).gt(0)).count());
    return new ModelCard(
        "als",
        historyStart.toString(),
        asOf.date().toString(),
        rows,
        ModelCard.settings(config),
        config.seed(),
        Map.of(),
        Map.of(),
        List.of("not measured: it is fitted to every purchase, none is held out"));
  }
}
