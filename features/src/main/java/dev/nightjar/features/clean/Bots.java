package dev.nightjar.features.clean;

import static dev.nightjar.features.table.CleanEvents.EVENT_TYPE;
import static dev.nightjar.features.table.CleanEvents.USER_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.table.EventTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Finds the views and searches of a minute or day in which a user has too many. */
final class Bots {
  /** True for a view or search made by a bot. */
  static final String IS_BOT = "_is_bot";

  /** The user; a row that is already refused has a key of its own. */
  static final String OWNER = "_owner";

  private Bots() {}

  /** Adds {@link #IS_BOT} and {@link #OWNER} to the rows of {@link Copies}. */
  static Dataset<Row> find(Dataset<Row> rows, CleanConfig clean) {
    Column owner =
        when(Checked.isKept(), col(USER_ID)).otherwise(concat(lit("\u0000"), col(Copies.KEY)));
    Column isLook = Checked.isKept().and(col(EVENT_TYPE).isin(EventTypes.VIEW, EventTypes.SEARCH));
    Column look = when(isLook, 1);
    WindowSpec day = Window.partitionBy(col(OWNER), col(Checked.DAY));
    Column minutely = col(Copies.SECOND).minus(col(Copies.SECOND).mod(60));
    WindowSpec minute = Window.partitionBy(col(OWNER), col(Checked.DAY), minutely);
    Column isTooMany =
        count(look)
            .over(day)
            .gt(clean.botViewsPerDay())
            .or(count(look).over(minute).gt(clean.botViewsPerMinute()));
    return rows.withColumn(OWNER, owner).withColumn(IS_BOT, isLook.and(isTooMany));
  }
}
