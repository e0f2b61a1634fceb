package dev.nightjar.export.plan;

import dev.nightjar.export.policy.PushHistory;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a plan is made from, all of the same night.
 *
 * @param users {@code users}
 * @param suppressions {@code suppressions}
 * @param pushes earlier pushes, with the schedules of eight nights: in the week of a clock change
 *     the cap counts an hour of the eighth
 * @param rankedItems {@code ranked_items}
 * @param items {@code items}
 * @param sendHours {@code send_hours}
 * @param madeAt when the plan is made: what has passed of its window by then is left out
 */
public record PlanInputs(
    Dataset<Row> users,
    Dataset<Row> suppressions,
    PushHistory pushes,
    Dataset<Row> rankedItems,
    Dataset<Row> items,
    Dataset<Row> sendHours,
    Instant madeAt) {}
