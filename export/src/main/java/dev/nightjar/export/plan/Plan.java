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

  private static final String ONE = "one";

  private final Dataset<Row> planned;
  private final Basket basket;
  private final Column knownUntil;

  /**
   * Keeps the plan.
   *
   * @param knownUntil the moment up to which everything was known
   */
  Plan(Dataset<Row> planned, Basket basket, Column knownUntil) {
    this.planned = planned.persist(StorageLevel.MEMORY_AND_DISK());
    this.basket = basket;
    this.knownUntil = knownUntil;
  }

  /** {@code push_schedule}: one row per planned push, unordered. */
  public Dataset<Row> schedule() {
    return PushSchedule.TABLE.select(
        sent()
            .select(col(PlanUsers.USER_ID), col(PlanUsers.ZONE), explode(col(PUSHES)).as(ONE))
            .select(PlanUsers.USER_ID, PlanUsers.ZONE, ONE + ".*")
            .withColumn(PushSchedule.PLANNED_AT, knownUntil));
  }

  /** {@code push_list}: the items that the planned pushes show, unordered. */
  public Dataset<Row> list() {
    Column shown = basket.shown(size(col(PUSHES)));
    return PushList.TABLE.select(
        sent()
            .select(col(PlanUsers.USER_ID), explode(shown).as(ONE))
            .select(PlanUsers.USER_ID, ONE + ".*"));
  }

  /** {@code decisions}: one row per user of {@code users}, unordered. */
  public Dataset<Row> decisions() {
    return Decisions.TABLE.select(planned);
  }

  /** Releases the cached rows; the tables must not be read after it. */
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
