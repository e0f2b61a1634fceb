package dev.nightjar.training.timing;

import dev.nightjar.training.ModelCard;
import dev.nightjar.training.table.SendHours;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A trained send-time model.
 *
 * @param sendHours columns of {@link SendHours}: 168 rows for every user of the snapshot,
 *     unordered, computed when read
 * @param card what it was trained on and how it performs on held-out days
 */
public record SendTimeModel(Dataset<Row> sendHours, ModelCard card) {}
