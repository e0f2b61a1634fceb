package dev.nightjar.export.plan;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;

import dev.nightjar.export.table.PushList;
import org.apache.spark.sql.Column;

/**
 * A user's best items, distributed over the pushes of the night in order of rank.
 *
 * @param itemsPerPush items shown in one push
 */
record Basket(int itemsPerPush) {
  /** Items that the push of a round shows, best first. */
  Column items(int round) {
    return slice(col(PlanUsers.BASKET), (round - 1) * itemsPerPush + 1, itemsPerPush);
  }

  /** Whether an item is left for the push of a round. */
  Column hasItems(int round) {
    return size(col(PlanUsers.BASKET)).gt((round - 1) * itemsPerPush);
  }

  /** Items that this many pushes show together, best first. */
  Column shown(Column pushes) {
    return slice(col(PlanUsers.BASKET), lit(1), pushes.multiply(itemsPerPush));
  }

  /** Open probability times the value of the round's items, in the shop's currency. */
  Column expectedValue(Column slot, int round) {
    Column sum =
        aggregate(
            items(round),
            lit(0.0),
            (total, item) ->
                total.plus(
                    item.getField(PushList.PURCHASE_PROBABILITY)
                        .multiply(item.getField(PlanUsers.VALUE))));
    return slot.getField(PlanUsers.OPEN_PROBABILITY).multiply(coalesce(sum, lit(0.0)));
  }
}
