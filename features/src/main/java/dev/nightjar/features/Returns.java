package dev.nightjar.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Cancels purchases by returns: a return takes back the units of the same (user, item) bought last
 * before it.
 *
 * <p>The units a user holds of an item are a stack. Let S be the running sum of units bought less
 * units returned; the height of the stack is B = S - min(0, running minimum of S), since a return
 * finds at most what is there. The units of a purchase fill the stack from the height before it to
 * the height after it; those below the lowest later height are kept.
 */
final class Returns {
  /** Units of a purchase that no later return took back; the quantity of any other event. */
  static final String KEPT = "kept_quantity";

  private static final String BALANCE = "balance";
  private static final String LOWEST = "lowest";
  private static final String HEIGHT = "height";
  private static final String LOWEST_AFTER = "lowest_after";

  private Returns() {}

  /**
   * Adds {@link #KEPT} to every event, returns included. A return without an earlier purchase is
   * ignored; one at the same moment as the purchase counts as after it. Events of other types are
   * left as they are.
   *
   * @param events {@code clean_events}; of a past moment, those before it
   * @return the events with one more column, unordered
   */
  static Dataset<Row> withKept(Dataset<Row> events) {
    Column isTrade = col(CleanEvents.EVENT_TYPE).isin(EventTypes.PURCHASE, EventTypes.RETURN);
    Dataset<Row> others =
        events.where(not(isTrade)).withColumn(KEPT, col(CleanEvents.QUANTITY).cast("long"));
    return others.unionByName(cancel(events.where(isTrade)));
  }

  private static Dataset<Row> cancel(Dataset<Row> trades) {
    Column[] pair = {col(CleanEvents.USER_ID), col(CleanEvents.ITEM_ID)};
    Column time = col(CleanEvents.EVENT_TIME);
    Column id = col(CleanEvents.EVENT_ID);
    Column quantity = col(CleanEvents.QUANTITY);
    WindowSpec upToNow =
        Window.partitionBy(pair)
            .orderBy(time, isReturn(), id, quantity)
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    // Backwards rather than a frame that runs to the end, which Spark recomputes for each row.
    WindowSpec fromNow =
        Window.partitionBy(pair)
            .orderBy(time.desc(), isReturn().desc(), id.desc(), quantity.desc())
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column bought = when(isReturn(), quantity.multiply(-1)).otherwise(quantity);
    Column heightBefore = col(HEIGHT).minus(quantity);
    return trades
        .withColumn(BALANCE, sum(bought).over(upToNow))
        .withColumn(LOWEST, min(BALANCE).over(upToNow))
        .withColumn(HEIGHT, col(BALANCE).minus(least(col(LOWEST), lit(0L))))
        .withColumn(LOWEST_AFTER, min(HEIGHT).over(fromNow))
        .withColumn(
            KEPT,
            when(isReturn(), quantity)
                .otherwise(greatest(col(LOWEST_AFTER).minus(heightBefore), lit(0L)))
                .cast("long"))
        .drop(BALANCE, LOWEST, HEIGHT, LOWEST_AFTER);
  }

  /** True for a purchase of which at least one unit was kept; rows must have {@link #KEPT}. */
  static Column isKeptPurchase() {
    return col(CleanEvents.EVENT_TYPE).equalTo(EventTypes.PURCHASE).and(col(KEPT).gt(0));
  }

  /** False for a purchase that was wholly returned; rows must have {@link #KEPT}. */
  static Column isKept() {
    return col(KEPT).gt(0);
  }

  private static Column isReturn() {
    return col(CleanEvents.EVENT_TYPE).equalTo(EventTypes.RETURN);
  }
}
