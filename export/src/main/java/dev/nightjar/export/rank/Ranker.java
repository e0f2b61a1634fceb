package dev.nightjar.export.rank;

import dev.nightjar.export.table.RankedItems;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Sorts every user's candidates and gives a reason in words for each. */
public final class Ranker {
  private Ranker() {}

  /**
   * The list of every user, with reasons.
   *
   * <p>The score is {@code order_score} times the price to the power of {@code rank.price_power},
   * lowered for pushes that were not opened, and rounded to 9 decimals so that equal scores are
   * equal; ties go to the smaller item id. A list keeps the best items of a user and the best of
   * those never bought. The first places are then re-ordered for variety, if configured.
   *
   * @param scored {@code candidates} with columns {@code purchase_probability} and {@code
   *     order_score}
   * @return {@code ranked_items}, unordered
   */
  public static Dataset<Row> rank(Dataset<Row> scored, RankInputs inputs, RankConfig config) {
    Dataset<Row> ordered = ordered(scored, inputs, config);
    return ReasonFacts.join(ordered, inputs)
        .withColumn(RankedItems.REASON, Reasons.of(config.newItemDays()))
        .select(
            Arrays.stream(RankedItems.SCHEMA.fieldNames())
                .map(functions::col)
                .toArray(Column[]::new));
  }

  private static Dataset<Row> ordered(Dataset<Row> scored, RankInputs inputs, RankConfig config) {
    Dataset<Row> shortlist = Shortlist.of(scored, inputs, config);
    return config.isVaried()
        ? VarietyOrder.apply(
            shortlist, ItemKinds.collect(inputs.tonight().items(), inputs.itemFactors()), config)
        : shortlist;
  }
}
