package dev.nightjar.export.policy;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is known of earlier pushes, from both sides.
 *
 * @param pushes {@code pushes}: what the mailer says that it sent
 * @param log {@code push_log}: what it says besides
 * @param schedules {@code push_schedule} of the nights before this one, those that exist
 */
public record PushHistory(Dataset<Row> pushes, Dataset<Row> log, Dataset<Row> schedules) {}
