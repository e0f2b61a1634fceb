package dev.nightjar.pipeline.permission;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.table.Users;
import dev.nightjar.pipeline.stage.Read;
import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.stage.StageInputs;
import dev.nightjar.pipeline.stage.StageOutputs;
import dev.nightjar.pipeline.stage.StageSpec;
import dev.nightjar.training.table.SendHours;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** In place of all that is learned: the same three items and the same hours for everybody. */
record ListsStage() implements Stage {
  private static final Read.Rows USERS = Read.tonight(Users.TABLE);

  @Override
  public StageSpec spec() {
    return StageSpec.of("lists", "a list and hours for everybody")
        .reading(List.of(USERS))
        .writing(RankedItems.TABLE, SendHours.TABLE);
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    Dataset<Row> users = in.rows(USERS).select(Users.USER_ID);
    out.write(
        RankedItems.TABLE,
        RankedItems.TABLE
            .values()
            .set(RankedItems.ITEM_ID, concat(lit("i"), col(RankedItems.RANK).minus(1)))
            .set(RankedItems.PURCHASE_PROBABILITY, lit(0.5))
            .set(RankedItems.SCORE, lit(1.0).divide(col(RankedItems.RANK)))
            .set(RankedItems.SOURCES, array(lit("popular")))
            .set(RankedItems.REASON, lit("popular"))
            .select(each(users, RankedItems.RANK, 1, 3)));
    out.write(
        SendHours.TABLE,
        SendHours.TABLE
            .values()
            .set(SendHours.OPEN_PROBABILITY, lit(0.1))
            .set(SendHours.EVIDENCE, lit("shop"))
            .select(each(users, SendHours.HOUR_OF_WEEK, 0, 167)));
    return List.of();
  }

  private static Dataset<Row> each(Dataset<Row> users, String column, int from, int to) {
    return users.withColumn(column, explode(sequence(lit(from), lit(to))));
  }
}
