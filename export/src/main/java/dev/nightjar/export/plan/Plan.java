package dev.nightjar.export.plan;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;

import dev.nightjar.export.table.Decisions;
import dev.nightjar.export.table.PushList;
import dev.nightjar.export.table.PushSchedule;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Tomorrow's plan: three tables over one row per user, which is computed once and kept until {@link
 * #close()}.
 */
public final class Plan implements AutoCloseable {
  /** Array of the user's pushes in the order they were chosen. */
  static final String PUSHES = "planned_pushes";

  private final Dataset<Row> planned;
  private final Basket basket;

  Plan(Dataset<Row> planned, Basket basket) {
    this.planned = planned.persist(StorageLevel.MEMORY_AND_DISK());
    this.basket = basket;
  }

  /** {@code push_schedule}: one row per planned push, unordered. */
  public Dataset<Row> schedule() {
    Column push = col("push");
    return sent()
        .select(col(PlanUsers.USER_ID), col(PlanUsers.ZONE), explode(col(PUSHES)).as("push"))
        .select(
            push.getField(PushSchedule.PUSH_ID).as(PushSchedule.PUSH_ID),
            col(PlanUsers.USER_ID),
            push.getField(PushSchedule.ITEMS).as(PushSchedule.ITEMS),
            push.getField(PushSchedule.SEND_AT).as(PushSchedule.SEND_AT),
            push.getField(PushSchedule.LOCAL_HOUR).as(PushSchedule.LOCAL_HOUR),
            col(PlanUsers.ZONE),
            push.getField(PushSchedule.OPEN_PROBABILITY).as(PushSchedule.OPEN_PROBABILITY),
            push.getField(PushSchedule.EXPECTED_VALUE).as(PushSchedule.EXPECTED_VALUE),
            push.getField(PushSchedule.ARM).as(PushSchedule.ARM),
            push.getField(PushSchedule.PROPENSITY).as(PushSchedule.PROPENSITY));
  }

  /** {@code push_list}: the items that the planned pushes show, unordered. */
  public Dataset<Row> list() {
    Column item = col("item");
    return sent()
        .select(col(PlanUsers.USER_ID), explode(basket.shown(size(col(PUSHES)))).as("item"))
        .select(
            col(PlanUsers.USER_ID),
            item.getField(PushList.RANK).as(PushList.RANK),
            item.getField(PushList.ITEM_ID).as(PushList.ITEM_ID),
            item.getField(PushList.PURCHASE_PROBABILITY).as(PushList.PURCHASE_PROBABILITY),
            item.getField(PushList.SCORE).as(PushList.SCORE),
            item.getField(PushList.REASON).as(PushList.REASON));
  }

  /** {@code decisions}: one row per user of {@code users}, unordered. */
  public Dataset<Row> decisions() {
    return planned.select(
        Arrays.stream(Decisions.TABLE.columns()).map(name -> col(name)).toArray(Column[]::new));
  }

  /** Frees what was kept; the tables must not be read any more. */
  @Override
  public void close() {
    planned.unpersist();
  }

  /** Times of the user's pushes, in the user's zone, earliest first. */
  static Column localTimes() {
    Column times =
        transform(col(PUSHES), push -> Words.localTime(push.getField(PushSchedule.SEND_AT)));
    return array_join(array_sort(times), " and ");
  }

  private Dataset<Row> sent() {
    return planned.where(col(Decisions.DECISION).equalTo(Verdict.SEND));
  }
}
