package dev.nightjar.export.plan;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a plan is made from, all of the same night.
 *
 * @param users {@code users}
 * @param suppressions {@code suppressions}
 * @param pushes {@code pushes}: the mailer's log
 * @param earlierSchedules {@code push_schedule} of the seven nights before this one, those that
 *     exist
 * @param rankedItems {@code ranked_items}
 * @param items {@code items}
 * @param sendHours {@code send_hours}
 */
public record PlanInputs(
    Dataset<Row> users,
    Dataset<Row> suppressions,
    Dataset<Row> pushes,
    Dataset<Row> earlierSchedules,
    Dataset<Row> rankedItems,
    Dataset<Row> items,
    Dataset<Row> sendHours) {}
